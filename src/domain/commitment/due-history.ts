import { addDays, type Day, daysBetween, type PartialDate, windowOf } from '../calendar.js';
import { deadlineOf } from '../due.js';
import { type CommitmentStatus, unclaimedStatuses } from './life-cycle.js';
import type { Commitment, DueChange, Rest } from './state.js';

/**
 * Days on which the commitment was overdue, from its first due date until `today` (exclusive). Each date counts for the
 * time in which it held, so that an extension granted after the end erases nothing; while delivery was claimed,
 * or the commitment had ended, nothing was overdue (domain.md 6.5 and 8).
 */
export function daysOverdue(
  { changes, rests }: Pick<Commitment['due'], 'changes' | 'rests'>,
  today: Day,
): number {
  return changes.reduce((sum, change, index) => {
    const overdue = overdueUnder(change, changes[index + 1], today);
    if (!overdue) return sum;
    const rested = rests.reduce((days, rest) => days + daysShared(overdue, spanOf(rest, today)), 0);
    return sum + Math.max(0, daysBetween(overdue.from, overdue.until) - rested);
  }, 0);
}

/** The times of rest after the state has gone from `before` to `after` on a day. */
export function restsAfter(
  rests: readonly Rest[],
  before: CommitmentStatus,
  after: CommitmentStatus,
  on: PartialDate,
): readonly Rest[] {
  const [waited, waits] = [unclaimedStatuses.includes(before), unclaimedStatuses.includes(after)];
  if (waited === waits || before === 'proposed') return rests;
  const last = rests.at(-1);
  return waits && last ? [...rests.slice(0, -1), { ...last, until: on }] : [...rests, { from: on }];
}

/** Days from `from` to before `until`. */
interface Span {
  readonly from: Day;
  readonly until: Day;
}

/** The days after its end on which a date held. */
function overdueUnder({ due, on }: DueChange, next: DueChange | undefined, today: Day): Span | undefined {
  const end = deadlineOf(due);
  if (!end) return undefined;
  const until = next ? earlier(windowOf(next.on).start, today) : today;
  return { from: later(addDays(end, 1), windowOf(on).start), until };
}

/** A rest begins when it surely has: a date told less precisely than it is known takes no overdue day away. */
function spanOf({ from, until }: Rest, today: Day): Span {
  return { from: windowOf(from).end, until: until ? windowOf(until).start : today };
}

function daysShared(one: Span, other: Span): number {
  return Math.max(0, daysBetween(later(one.from, other.from), earlier(one.until, other.until)));
}

function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}
