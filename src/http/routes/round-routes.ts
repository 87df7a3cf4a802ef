import { ChangeRound, holdRound, nameCoChair, scheduleRound } from '../../commands/round.js';
import type { ChangeRoute, Params } from '../change-route.js';

const ofNumber = (_data: unknown, { number }: Params) => number!;

/** Changes of a round. */
export const roundRoutes: readonly ChangeRoute[] = [
  {
    command: 'ScheduleRound',
    method: 'POST',
    path: 'dialogues/:dialogue/rounds',
    summary: 'Schedule a round',
    body: scheduleRound,
    Request: ChangeRound,
    id: ({ number }: { number: number }) => String(number),
    created: (log) => `/v1/dialogues/${log}/rounds`,
  },
  {
    command: 'HoldRound',
    method: 'PUT',
    path: 'dialogues/:dialogue/rounds/:number/holding',
    summary: 'Record that a round was held',
    body: holdRound,
    Request: ChangeRound,
    id: ofNumber,
  },
  {
    command: 'NameCoChair',
    method: 'POST',
    path: 'dialogues/:dialogue/rounds/:number/co-chairs',
    summary: 'Name a co-chair of a round',
    body: nameCoChair,
    Request: ChangeRound,
    id: ofNumber,
    created: (log) => `/v1/dialogues/${log}/rounds`,
  },
];
