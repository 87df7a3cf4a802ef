import { isSameMarking, type Marking, maySee, type Reader } from '../domain/confidentiality.js';
import type { PactaEvent } from '../domain/vocabulary.js';

/** What is kept of an event. */
type Happened = Pick<PactaEvent, 'position' | 'causationId'> & { readonly confidentiality: Marking };

/** Events of one marking: how many, and the position of the last. */
interface Tally {
  readonly marking: Marking;
  readonly events: number;
  readonly position: number;
}

/** An event of a command that is in the stream, and the stream right after it. */
interface Done {
  readonly causationId: string;
  readonly position: number;
  readonly version: number;
  /** Where some may not see all of it; that is seldom, and much would be kept for it. */
  readonly tallies: readonly Tally[] | undefined;
  /** The event before, as far back as it is kept. */
  readonly before: Done | undefined;
}

/** A stream as someone sees it: a gap in its versions would tell of what they may not see. */
export interface Seen {
  readonly version: number;
  /** Position of the last event; 0 where there is none. */
  readonly position: number;
}

/**
 * Events of which it is kept by which command they came: the last so many, and up to as many again. That is more than ever come
 * between a command and its repeat, but for rare cases.
 */
const KEPT = 100;

/**
 * What a writer must know of a stream's events that its state does not tell. As long as it is short whatever the length of
 * the stream: whoever adds to a long one pays no more.
 */
export class Past {
  static readonly none = new Past([], 0, undefined, undefined);

  private constructor(
    private readonly tallies: readonly Tally[],
    /** Version after which every event is kept. */
    private readonly since: number,
    /** The last event, and before it what else there is of the last {@link KEPT} at most. */
    private readonly recent: Done | undefined,
    /** The last of the {@link KEPT} events before those. */
    private readonly earlier: Done | undefined,
  ) {}

  /** The whole of it: every event is kept. */
  static wholeOf(events: readonly Happened[]): Past {
    return Past.none.after(events, Infinity);
  }

  static of(events: readonly Happened[]): Past {
    return Past.none.after(events);
  }

  /** Number of events: the version of the stream. */
  get length(): number {
    return lengthOf(this.tallies);
  }

  /** Position of the last event; 0 where there is none. */
  get position(): number {
    return lastOf(this.tallies);
  }

  /** What it counts for where memory is limited: the number of events that are kept. */
  get weight(): number {
    return this.length - this.since;
  }

  /** The stream as `reader` sees it. */
  seenBy(reader: Reader): Seen {
    return seenIn(this.tallies, reader);
  }

  /**
   * Where a command left the stream, as `reader` sees it, and the position of its last event; undefined for one that is not among
   * those that are kept.
   */
  doneBy(causationId: string, reader: Reader): Seen | undefined {
    const done = lastBy(causationId, this.recent) ?? lastBy(causationId, this.earlier);
    if (!done) return undefined;
    const { version, position, tallies } = done;
    return { version: tallies ? seenIn(tallies, reader).version : version, position };
  }

  /** True when every command that was done after a version of the stream is among those that are kept. */
  knowsAllAfter(version: number): boolean {
    return this.since <= version;
  }

  /** The past after further events. What is kept is shared with the past before: each event of a long stream costs the same. */
  after(events: readonly Happened[], kept = KEPT): Past {
    let { tallies, length: version, since, recent, earlier } = this;
    for (const { causationId, position, confidentiality } of events) {
      if (version > 0 && version % kept === 0) {
        if (earlier) since = earlier.version;
        [earlier, recent] = [recent, undefined];
      }
      tallies = tallied(tallies, confidentiality, position);
      version++;
      const ifMarked = isPublic(tallies) ? undefined : tallies;
      recent = { causationId, position, version, tallies: ifMarked, before: recent };
    }
    return new Past(tallies, since, recent, earlier);
  }
}

function lastBy(causationId: string, last: Done | undefined): Done | undefined {
  let done = last;
  while (done && done.causationId !== causationId) done = done.before;
  return done;
}

/** True where everyone sees everything. */
function isPublic(tallies: readonly Tally[]): boolean {
  return tallies.every(({ marking }) => marking === 'public');
}

function lengthOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { events }) => sum + events, 0);
}

function seenIn(tallies: readonly Tally[], reader: Reader): Seen {
  const seen = tallies.filter(({ marking }) => maySee(reader, marking));
  return { version: lengthOf(seen), position: lastOf(seen) };
}

function lastOf(tallies: readonly Tally[]): number {
  return Math.max(0, ...tallies.map(({ position }) => position));
}

function tallied(tallies: readonly Tally[], marking: Marking, position: number): readonly Tally[] {
  const at = tallies.findIndex((each) => isSameMarking(each.marking, marking));
  if (at < 0) return [...tallies, { marking, events: 1, position }];
  return tallies.with(at, { marking, events: tallies[at]!.events + 1, position });
}
