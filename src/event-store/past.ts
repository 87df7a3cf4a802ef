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

/** A command that is in the stream, and the stream right after the last event that it caused. */
interface Done {
  readonly causationId: string;
  readonly position: number;
  readonly version: number;
  /** Where some may not see all of it; that is seldom, and much would be kept for it. */
  readonly tallies: readonly Tally[] | undefined;
}

/** A stream as someone sees it: a gap in its versions would tell of what they may not see. */
export interface Seen {
  readonly version: number;
  /** Position of the last event; 0 where there is none. */
  readonly position: number;
}

/** Commands of which it is kept that they were done: more than ever come between a command and its repeat, but for rare cases. */
const KEPT = 100;

/**
 * What a writer must know of a stream's events that its state does not tell. As long as it is short whatever the length of
 * the stream: whoever adds to a long one pays no more.
 */
export class Past {
  static readonly none = new Past([], []);

  private constructor(
    private readonly tallies: readonly Tally[],
    /** The commands that were done last, the latest last. */
    private readonly done: readonly Done[],
  ) {}

  /** The whole of it: of all commands it is kept that they were done. */
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

  /** What it counts for where memory is limited. */
  get weight(): number {
    return this.done.length;
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
    const done = this.done.findLast((each) => each.causationId === causationId);
    if (!done) return undefined;
    const { version, position, tallies } = done;
    return { version: tallies ? seenIn(tallies, reader).version : version, position };
  }

  /** True when every command that was done after a version of the stream is among those that are kept. */
  knowsAllAfter(version: number): boolean {
    const [first] = this.done;
    return first === undefined || first.version <= version + 1;
  }

  /** The past after further events. */
  after(events: readonly Happened[], kept = KEPT): Past {
    let { tallies, length: version } = this;
    const done = this.done.slice(Math.max(0, this.done.length + events.length - kept));
    for (const { causationId, position, confidentiality } of events) {
      tallies = tallied(tallies, confidentiality, position);
      done.push({
        causationId,
        position,
        version: ++version,
        tallies: isPublic(tallies) ? undefined : tallies,
      });
    }
    return new Past(tallies, done.length > kept ? done.slice(-kept) : done);
  }
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
