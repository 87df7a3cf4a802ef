import { randomUUID } from 'node:crypto';
import type { Reader } from '../domain/confidentiality.js';
import type { Circumstances, Decider } from '../domain/decider.js';
import type { Circumstance, Entry, Fact } from '../domain/event.js';
import { Refusal } from '../domain/refusal.js';
import { VOCABULARY_VERSION } from '../domain/vocabulary.js';
import type { Appender, StreamVersion } from './append.js';
import type { Database } from './database.js';
import { seal } from './entry.js';
import { LatestEvents } from './latest-events.js';
import { type Freshness, type Look, LookedUpStreams } from './looked-up-streams.js';
import { WrongVersion } from './overtaken.js';
import { SCHEMA_VERSION } from './upcasters.js';

/** Where a command left its stream. */
export interface Decided {
  readonly stream: string;
  /** Number of its events that the actor may see: a gap would tell of the others. */
  readonly version: number;
  /** Position in the log of the last of them. */
  readonly position: number;
  /** False when nothing was left to do: it is as it was. */
  readonly changed: boolean;
}

/** The caller had seen the stream as of a position, and it has changed since (RFC 9110, section 13.1.1). */
export class PreconditionFailed extends Error {
  override readonly name = 'PreconditionFailed';

  constructor(readonly current: Pick<Decided, 'version' | 'position'>) {
    super(`The resource has changed: it is now at version ${current.version}, position ${current.position}.`);
  }
}

export interface Run<Command, Around> {
  readonly log: string;
  /** Id within the kind of stream, for example a focus area's code. */
  readonly id: string;
  readonly command: Command;
  readonly around: Around;
  readonly circumstance: Circumstance;
  /** The command was named just now, so it cannot be in the stream already. */
  readonly isNew?: boolean;
  /** Position as of which the caller knows the stream; anything later makes the command fail. */
  readonly unchangedSince?: number | undefined;
  /** Other streams of the log that were looked at for `around` and must still be so. */
  readonly restsOn?: readonly StreamVersion[] | undefined;
  /** The actor as a reader of the log: what they may not see does not count as a change. */
  readonly reader: Reader;
}

/** What is kept of a command over all tries of it. */
interface Tried {
  /** Its place in the line of those who append. */
  readonly turn: number;
  /** Version of the stream up to which it is known not to be in there. */
  searchedUpTo: number;
}

/** Decides and appends again when another writer came between, up to this many times: as many may ask for the same at once. */
const MAX_RUNS = 50;

/** The write path: look the stream up, decide, append. */
export class DeciderRunner {
  readonly streams: LookedUpStreams;

  constructor(
    db: Database,
    private readonly appender: Appender,
    latest = new LatestEvents(),
  ) {
    this.streams = new LookedUpStreams(db, latest);
  }

  /**
   * Decides first on what is known of the stream in this process, or as on one that does not exist: that costs no reading,
   * and the append checks it. Anything but an append is decided anew on what the log has.
   *
   * A command that is in the stream already, by its `causationId`, is not decided again: it is answered as it
   * was then, whatever happened since. Throws the domain's Refusal, {@link PreconditionFailed} when the stream has moved on from
   * `unchangedSince`, {@link WrongVersion} when other writers kept coming between, or {@link Outrun} when what it rests on
   * has changed.
   */
  async run<State, Command, Event extends Fact, Around extends Circumstances>(
    decider: Decider<State, Command, Event, Around>,
    run: Run<Command, Around>,
  ): Promise<Decided> {
    let freshness: Freshness = 'assumed';
    const tried: Tried = { turn: this.appender.takeTurn(), searchedUpTo: 0 };
    for (let count = 1; ; count++) {
      const look = await this.streams.lookUp(decider, run.log, run.id, freshness);
      freshness = 'now';
      try {
        const decided = await this.decideOn(look, decider, run, tried);
        if (decided.changed || !look.isRecent) return decided;
      } catch (error) {
        const isSure = !look.isRecent || !isAnswer(error);
        if (isSure && !(error instanceof WrongVersion)) throw error;
        if (count === MAX_RUNS && run.unchangedSince === undefined) throw error;
        // Where it was another caller of this process, what that one left is known.
        if (!isAnswer(error) && this.streams.isKnownBeyond(run.log, look)) freshness = 'recent';
      }
    }
  }

  private async decideOn<State, Command, Event extends Fact, Around extends Circumstances>(
    look: Look<State>,
    decider: Decider<State, Command, Event, Around>,
    run: Run<Command, Around>,
    tried: Tried,
  ): Promise<Decided> {
    const { stream, state, past } = look;
    const before = { stream, ...past.seenBy(run.reader), changed: false };
    const done = run.isNew ? undefined : await this.doneBefore(look, run, tried);
    if (done) return { stream, ...done, changed: true };
    decider.mustBeSeen?.(state, run.command, run.around);
    if (run.unchangedSince !== undefined && before.position > run.unchangedSince)
      throw new PreconditionFailed(before);
    const facts = decider.decide(state, run.command, run.around);
    if (facts.length === 0) return before;
    const entries = facts.map((fact, index) => seal(entryOf(fact, run, stream, past.length + 1 + index)));
    const { restsOn, log } = run;
    const append = { stream, expectedVersion: past.length, entries, restsOn, turn: tried.turn };
    const appended = await this.appender.append(log, append);
    this.streams.grow(decider, log, look, entries, appended);
    return { stream, version: before.version + facts.length, position: appended.position, changed: true };
  }

  /**
   * Where the command left the stream, if it is in there already. A long stream is searched once, however often the command is
   * decided: to read it takes so long that others would come between each time.
   */
  private async doneBefore(
    { stream, past }: Look<unknown>,
    { log, circumstance: { causationId }, reader }: Run<unknown, unknown>,
    tried: Tried,
  ) {
    const done = past.doneBy(causationId, reader);
    if (done || past.knowsAllAfter(tried.searchedUpTo)) return done;
    const whole = await this.streams.wholePast(log, stream);
    tried.searchedUpTo = whole.length;
    return whole.doneBy(causationId, reader);
  }
}

/** True of what a caller is told instead of an append, which is right only where the log is as it was thought to be. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Refusal || error instanceof PreconditionFailed;
}

function entryOf(fact: Fact, run: Run<unknown, unknown>, stream: string, version: number): Entry {
  // Members of its own stand before what is spread: after it V8 would give each object a shape of its own, at a microsecond a member.
  return {
    id: randomUUID(),
    log: run.log,
    stream,
    version,
    type: fact.type,
    schemaVersion: SCHEMA_VERSION,
    data: fact.data,
    vocabularyVersion: VOCABULARY_VERSION,
    ...run.circumstance,
    confidentiality: fact.confidentiality ?? run.circumstance.confidentiality ?? 'public',
  };
}
