import { randomUUID } from 'node:crypto';
import { type Marking, maySee, type Reader } from '../domain/confidentiality.js';
import { type Circumstances, type Decider, fold } from '../domain/decider.js';
import type { Circumstance, Entry, Fact } from '../domain/event.js';
import { type PactaFact, VOCABULARY_VERSION } from '../domain/vocabulary.js';
import { type Appender, type RestsOn, WrongVersion } from './append.js';
import type { Database } from './database.js';
import { seal } from './entry.js';
import { headOf, readKind, readStream } from './read.js';
import { SCHEMA_VERSION } from './upcasters.js';

/** Where a command left its stream. */
export interface Decided {
  readonly stream: string;
  /** Number of its events that the actor may see: a gap would tell of the others. */
  readonly version: number;
  /** Position in the log of the last of them. */
  readonly position: number;
}

/** The caller had seen the stream as of a position, and it has changed since (RFC 9110, section 13.1.1). */
export class PreconditionFailed extends Error {
  override readonly name = 'PreconditionFailed';

  constructor(readonly current: Decided) {
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
  /** Position as of which the caller knows the stream; anything later makes the command fail. */
  readonly unchangedSince?: number | undefined;
  /** What of the log was looked at for `around` that must still be so. */
  readonly restsOn?: RestsOn | undefined;
  /** The actor as a reader of the log: what they may not see does not count as a change. */
  readonly reader: Reader;
}

/** Loads, folds, decides and appends again when another writer came between, up to this many times. */
const MAX_RUNS = 5;

/** The write path: load the stream, fold it, decide, append. */
export class DeciderRunner {
  constructor(
    private readonly db: Database,
    private readonly appender: Appender,
  ) {}

  /**
   * A command that is in the stream already, by its `causationId`, is not decided again: it is answered as it
   * was then, whatever happened since. Throws the domain's Refusal, {@link PreconditionFailed} when the stream has moved on from
   * `unchangedSince`, {@link WrongVersion} when other writers kept coming between, or {@link Outrun} when what it rests on
   * has changed.
   */
  async run<State, Command, Event extends Fact, Around extends Circumstances>(
    decider: Decider<State, Command, Event, Around>,
    run: Run<Command, Around>,
  ): Promise<Decided> {
    const stream = `${decider.kind}-${run.id}`;
    for (let count = 1; ; count++) {
      const past = await readStream(this.db, run.log, stream);
      const seen = past.filter(({ confidentiality }) => maySee(run.reader, confidentiality));
      const before = { stream, version: seen.length, position: seen.at(-1)?.position ?? 0 };
      const done = past.findLast(({ causationId }) => causationId === run.circumstance.causationId);
      if (done) {
        const version = seen.filter((each) => each.version <= done.version).length;
        return { stream, version, position: done.position };
      }
      const state = fold(decider, past as unknown as Event[]);
      decider.mustBeSeen?.(state, run.command, run.around);
      if (run.unchangedSince !== undefined && before.position > run.unchangedSince)
        throw new PreconditionFailed(before);
      const facts = decider.decide(state, run.command, run.around);
      if (facts.length === 0) return before;
      const entries = facts.map((fact, index) => seal(entryOf(fact, run, stream, past.length + 1 + index)));
      try {
        const { position } = await this.appender.append(run.log, {
          stream,
          expectedVersion: past.length,
          entries,
          restsOn: run.restsOn,
        });
        return { stream, version: before.version + facts.length, position };
      } catch (error) {
        if (!(error instanceof WrongVersion)) throw error;
        if (count === MAX_RUNS && run.unchangedSince === undefined) throw error;
      }
    }
  }

  /** The state of one stream, for decisions about another that refers to it. */
  async load<State, Event extends PactaFact>(
    decider: Pick<Decider<State, never, Event>, 'kind' | 'initial' | 'evolve'>,
    log: string,
    id: string,
  ): Promise<State> {
    return fold(decider, (await readStream(this.db, log, `${decider.kind}-${id}`)) as unknown as Event[]);
  }

  /** The states of all streams of a kind by their ids, as of the position where the log ends now. */
  async loadAll<State, Event extends PactaFact>(
    decider: Pick<Decider<State, never, Event>, 'kind' | 'initial' | 'evolve'>,
    log: string,
  ): Promise<{ readonly asOf: number; readonly states: ReadonlyMap<string, State> }> {
    const asOf = await headOf(this.db, log);
    const states = new Map<string, State>();
    for await (const events of readKind(this.db, log, decider.kind, asOf)) {
      for (const event of events) {
        const id = event.stream.slice(decider.kind.length + 1);
        const before = states.has(id) ? states.get(id)! : decider.initial;
        states.set(id, decider.evolve(before, event as unknown as Event));
      }
    }
    return { asOf, states };
  }
}

/** A fact with who may read it, where that follows from what it is about. */
type MarkedFact = Fact & { readonly confidentiality?: Marking | undefined };

function entryOf(fact: MarkedFact, run: Run<unknown, unknown>, stream: string, version: number): Entry {
  return {
    ...run.circumstance,
    id: randomUUID(),
    log: run.log,
    stream,
    version,
    type: fact.type,
    schemaVersion: SCHEMA_VERSION,
    data: fact.data,
    confidentiality: fact.confidentiality ?? run.circumstance.confidentiality ?? 'public',
    vocabularyVersion: VOCABULARY_VERSION,
  };
}
