import type { Day } from './calendar.js';
import { type CommitmentStatus, openStatuses } from './commitment/life-cycle.js';
import { NotFound, Refusal } from './refusal.js';

export interface RoundClose {
  readonly on: Day;
  /** Ids of open commitments that end here undelivered, by decision. */
  readonly lapsed: readonly string[];
}

/** What a close fixes: the open commitments that the next round takes up. */
export interface CarryOver {
  readonly carryOver: readonly string[];
  /** Position of the log as of which the commitments were looked at. */
  readonly asOf: number;
}

/** A dialogue's commitments as of a position of its log. */
export interface Review {
  readonly asOf: number;
  readonly commitments: readonly CommitmentReviewed[];
}

export interface CommitmentReviewed {
  readonly id: string;
  readonly status: CommitmentStatus;
  /** Number of the round it comes from. */
  readonly round?: number | undefined;
}

/** Ids that a refusal names; more would not be read. */
const NAMED = 20;

/**
 * True for what is up for review at round `number`: what comes from it, from an earlier round or from none. What a
 * later round has brought is that round's business.
 */
export function isUpForReview({ round }: Pick<CommitmentReviewed, 'round'>, number: number): boolean {
  return round === undefined || round <= number;
}

/**
 * Fixes which open commitments are carried over when round `number` is closed: all that do not lapse (domain.md 6.2).
 * Throws {@link Refusal} `proposals-undecided` while proposals are, and refuses to let end what is not open or not on record.
 */
export function closeList(
  number: number,
  lapsed: readonly string[],
  { asOf, commitments }: Review,
): CarryOver {
  const reviewed = commitments.filter((each) => isUpForReview(each, number));
  const undecided = reviewed.filter(({ status }) => status === 'proposed').map(({ id }) => id);
  if (undecided.length > 0) {
    throw new Refusal(
      'proposals-undecided',
      `Round ${number} cannot be closed while proposals are undecided: ${named(undecided.toSorted())}.`,
    );
  }
  const byId = new Map(commitments.map((each) => [each.id, each]));
  lapsed.forEach((id, index) => mustBeAbleToLapse(id, byId.get(id), number, `/lapsed/${index}`));
  const ends = new Set(lapsed);
  const carryOver = reviewed.filter(({ id, status }) => openStatuses.includes(status) && !ends.has(id));
  return { carryOver: carryOver.map(({ id }) => id).toSorted(), asOf };
}

function mustBeAbleToLapse(
  id: string,
  commitment: CommitmentReviewed | undefined,
  number: number,
  field: string,
): void {
  if (!commitment) throw new NotFound('no-such-commitment', `There is no commitment ${id} on record.`, field);
  if (!isUpForReview(commitment, number)) {
    throw new Refusal(
      'commitment-of-later-round',
      `${id} comes from round ${commitment.round}; it is not up for review at round ${number}.`,
      field,
    );
  }
  if (!openStatuses.includes(commitment.status)) {
    throw new Refusal(
      `commitment-${commitment.status}`,
      `Only an open commitment can lapse; ${id} is ${commitment.status.replace('-', ' ')}.`,
      field,
    );
  }
}

function named(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
