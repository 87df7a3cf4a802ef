import { addDays, type Day, type PartialDate, windowOf } from '../../domain/calendar.js';
import type { CodedEnding } from '../../domain/coded.js';

/**
 * A name with the days that it holds, both included. The first name on record says no `since`: it holds from
 * the beginning; the last says no `until`: it holds still.
 */
export type OverTime<Names> = Names & { readonly since?: PartialDate; readonly until?: Day };

/** How, when and why something that is known by a code ended, and what took its place. */
export interface Ended {
  readonly how: CodedEnding;
  readonly on: PartialDate;
  readonly reason?: string | undefined;
  readonly successors: readonly string[];
}

/** What the documents of all that is known by a code say beside what it was defined with. */
export interface CodedDocument<Names> {
  readonly status: 'active' | CodedEnding;
  readonly ended?: Ended;
  /** Every name that it ever bore, oldest first. */
  readonly nameHistory: readonly OverTime<Names>[];
}

/** `history` with another name in force from the first day that `from` can mean. */
export function followedBy<Names>(
  history: readonly OverTime<Names>[],
  next: Names,
  from: PartialDate,
): OverTime<Names>[] {
  const until = addDays(windowOf(from).start, -1);
  return [
    ...history.slice(0, -1),
    ...history.slice(-1).map((last) => ({ ...last, until })),
    { ...next, since: from },
  ];
}

/** The name that held on `day`. */
export function nameOn<Names>(history: readonly OverTime<Names>[], day: Day): OverTime<Names> | undefined {
  return history.findLast(({ since }) => since === undefined || windowOf(since).start <= day);
}

/** What an ending event says about the end. */
export function endOf(
  how: CodedEnding,
  event: {
    readonly occurredOn: PartialDate;
    readonly reason?: string | undefined;
    readonly data: { readonly into?: string | readonly string[] };
  },
): Ended {
  const { occurredOn: on, reason, data } = event;
  return { how, on, ...(reason && { reason }), successors: [data.into ?? []].flat() };
}

/** The change of a document by which it ends. */
export function ending(how: CodedEnding, event: Parameters<typeof endOf>[1]) {
  return { status: how, ended: endOf(how, event) };
}
