import { ChangeFollowUp, holdFollowUp, scheduleFollowUp } from '../../commands/follow-up.js';
import { newId } from '../../commands/new-id.js';
import type { ChangeRoute } from '../change-route.js';

/** Changes of a follow-up. */
export const followUpRoutes: readonly ChangeRoute[] = [
  {
    command: 'ScheduleFollowUp',
    method: 'POST',
    path: 'dialogues/:dialogue/follow-ups',
    summary: 'Schedule a follow-up',
    body: scheduleFollowUp,
    Request: ChangeFollowUp,
    id: ({ id }: { id?: string }) => id ?? newId(),
    created: (log) => `/v1/dialogues/${log}/follow-ups`,
  },
  {
    command: 'HoldFollowUp',
    method: 'PUT',
    path: 'dialogues/:dialogue/follow-ups/:id/holding',
    summary: 'Record that a follow-up was held',
    body: holdFollowUp,
    Request: ChangeFollowUp,
  },
];
