import type { CommitmentCircumstances } from './circumstances.js';
import type { Day } from '../calendar.js';
import type { Commitment } from './state.js';

/** A round of the dialogue as a due date sees it. */
export interface RoundAhead {
  readonly number: number;
  readonly status: 'scheduled' | 'postponed' | 'held' | 'closed' | 'cancelled';
  /** The day on which it was held, or else the first of what it is planned for. */
  readonly startsOn: Day;
}

/**
 * The round that "next round" means (domain.md 6.5): the one that it was resolved by before; for the terms first agreed
 * the one that follows the commitment's own; for terms agreed later the next to come. A cancelled round is passed
 * over, one that is postponed has no day yet.
 */
export function nextRoundFor(
  { statement, due }: Pick<Commitment, 'statement' | 'due'>,
  rounds: readonly RoundAhead[],
): CommitmentCircumstances['nextRound'] {
  const isFirst = statement.round !== undefined && due.changes.every(({ how }) => how === 'agreed');
  const candidates = rounds
    .filter(({ number, status }) => {
      if (status === 'cancelled') return false;
      if (due.round !== undefined) return number >= due.round;
      return number > (statement.round ?? 0) && (isFirst || isAhead(status));
    })
    .toSorted((one, other) => one.number - other.number);
  const [next] = candidates;
  return next && { number: next.number, startsOn: next.status === 'postponed' ? undefined : next.startsOn };
}

function isAhead(status: RoundAhead['status']): boolean {
  return status === 'scheduled' || status === 'postponed';
}
