import {
  adoptOutcomeDocument,
  cancelRound,
  ChangeRound,
  closeRound,
  holdRound,
  nameCoChair,
  postponeRound,
  rescheduleRound,
  scheduleRound,
} from '../../commands/round.js';
import type { ChangeRoute } from '../change-route.js';
import { changesBelow } from './changes-below.js';

const rounds = 'dialogues/:dialogue/rounds';

/** A change of a round that exists, at an address below its own. */
const of = changesBelow(`${rounds}/:number`, ChangeRound, ({ number }) => number!);

/** Changes of a round. */
export const roundRoutes: readonly ChangeRoute[] = [
  {
    command: 'ScheduleRound',
    method: 'POST',
    path: rounds,
    summary: 'Schedule a round',
    body: scheduleRound,
    Request: ChangeRound,
    id: ({ number }: { number: number }) => String(number),
    created: (log, id) => `/v1/dialogues/${log}/rounds/${id}`,
  },
  of(
    'RescheduleRound',
    'POST',
    'reschedulings',
    rescheduleRound,
    'Move a round to another time, with the reason',
  ),
  of(
    'PostponeRound',
    'POST',
    'postponements',
    postponeRound,
    'Postpone a round without a new date, with the reason',
  ),
  of('HoldRound', 'PUT', 'holding', holdRound, 'Record that a round was held'),
  of('NameCoChair', 'POST', 'co-chairs', nameCoChair, 'Name a co-chair of a round'),
  of(
    'AdoptOutcomeDocument',
    'POST',
    'outcome-documents',
    adoptOutcomeDocument,
    'Record that a round adopted a document that all parties put their name to',
  ),
  of(
    'CloseRound',
    'PUT',
    'close',
    closeRound,
    'Close a round: name what lapses; every other open commitment is carried over',
  ),
  of('CancelRound', 'PUT', 'cancellation', cancelRound, 'Cancel a round, with the reason'),
];
