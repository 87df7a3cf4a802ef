import {
  cancelFollowUp,
  ChangeFollowUp,
  holdFollowUp,
  recordFollowUpMissed,
  recordFollowUpOutcome,
  rescheduleFollowUp,
  scheduleFollowUp,
} from '../../commands/follow-up.js';
import { newId } from '../../commands/new-id.js';
import type { ChangeRoute } from '../change-route.js';
import { changesBelow } from './changes-below.js';

const followUps = 'dialogues/:dialogue/follow-ups';

/** A change of a follow-up that exists, at an address below its own. */
const of = changesBelow(`${followUps}/:id`, ChangeFollowUp);

/** Changes of a follow-up. */
export const followUpRoutes: readonly ChangeRoute[] = [
  {
    command: 'ScheduleFollowUp',
    method: 'POST',
    path: followUps,
    summary: 'Schedule a follow-up',
    body: scheduleFollowUp,
    Request: ChangeFollowUp,
    id: ({ id }: { id?: string }) => id ?? newId(),
    created: (log, id) => `/v1/dialogues/${log}/follow-ups/${id}`,
  },
  of('RescheduleFollowUp', 'POST', 'reschedulings', rescheduleFollowUp, 'Move a follow-up to another time'),
  of('HoldFollowUp', 'PUT', 'holding', holdFollowUp, 'Record that a follow-up was held'),
  of(
    'RecordFollowUpOutcome',
    'POST',
    'outcomes',
    recordFollowUpOutcome,
    'Record what came of a follow-up that was held, and the next step',
  ),
  of('CancelFollowUp', 'PUT', 'cancellation', cancelFollowUp, 'Cancel a follow-up, with the reason'),
  of(
    'RecordFollowUpMissed',
    'POST',
    'misses',
    recordFollowUpMissed,
    'Record that a follow-up did not take place, after its time has passed everywhere',
  ),
];
