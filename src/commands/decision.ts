import { type Reader, readerIn } from '../domain/confidentiality.js';
import type { Circumstances, Decider } from '../domain/decider.js';
import { type Dialogue, dialogue, type KnownParty, partiesNow, type Party } from '../domain/dialogue.js';
import type { Fact } from '../domain/event.js';
import { followUp } from '../domain/follow-up.js';
import { NotFound } from '../domain/refusal.js';
import type { StreamVersion } from '../event-store/append.js';
import type { Database } from '../event-store/database.js';
import type { Folder, Freshness } from '../event-store/looked-up-streams.js';
import { whileParked } from '../event-store/parked.js';
import type { Decided, DeciderRunner } from '../event-store/run-decider.js';
import type { Asked, Reference } from './asked.js';
import { circumstanceOf } from './circumstance.js';
import type { Clock } from './clock.js';
import { withheldCommitments } from './withheld-commitments.js';

/** A dialogue as a decision sees it: `parties` are those that take part, `everyParty` also those that left. */
export interface DialogueNow extends Dialogue {
  readonly everyParty: readonly KnownParty[];
}

/**
 * One attempt at a decision: what command handlers do before and after the domain decides. It rests on every stream of
 * its log that was looked at for it: where one has changed by the time of the append, that fails.
 */
export class Decision {
  private readonly looked = new Map<string, { log: string; stream: string; version: number }>();
  private onRecent = false;

  constructor(
    private readonly db: Database,
    private readonly runner: DeciderRunner,
    private readonly clock: Clock,
    private readonly freshness: Freshness,
  ) {}

  /** Some of what was looked at is what this process knew of it: others may have changed it since. */
  get restsOnRecent(): boolean {
    return this.onRecent;
  }

  /** The dialogue with this slug. Throws {@link NotFound}. */
  async dialogue(slug: string): Promise<DialogueNow> {
    const state = await this.load(dialogue, slug, slug);
    if (state) return { everyParty: state.parties, ...state, parties: partiesNow(state) };
    throw new NotFound('no-such-dialogue', `There is no dialogue ${slug}.`);
  }

  /** The state of a stream, looked at for a decision about this one or another. */
  async load<State, Event>(decider: Folder<State, Event>, log: string, id: string | number): Promise<State> {
    const { stream, state, past, isRecent } = await this.runner.streams.lookUp(
      decider,
      log,
      id,
      this.freshness,
    );
    this.onRecent ||= isRecent;
    this.looked.set(`${log} ${stream}`, { log, stream, version: past.length });
    return state;
  }

  /** Does something while a subscription cannot move along a log. See {@link whileParked}. */
  whileParked<Result>(
    subscription: string,
    log: string,
    act: (parkedAt: number | undefined) => Promise<Result>,
  ): Promise<Result> {
    return whileParked(this.db, subscription, log, act);
  }

  /** The states of all streams of a kind, as of one position; the decision does not rest on them. */
  get all(): DeciderRunner['streams']['all'] {
    return this.runner.streams.all.bind(this.runner.streams);
  }

  /**
   * Refuses a command that names something which is not on record, with the field that names it. A commitment that
   * `reader` may not see is none, nor is a follow-up about nothing else; without a reader only what is public is.
   */
  async mustExist(references: readonly Reference[], reader?: Reader): Promise<void> {
    for (const log of new Set(references.map((reference) => reference.log))) {
      const wanted = references.filter((reference) => reference.log === log);
      const found = await this.runner.streams.existing(log, wanted.map(streamOf));
      const commitments = wanted.filter(({ kind }) => kind === 'commitment').map(({ id }) => String(id));
      const withheld = await this.withheldFrom(reader, log, commitments);
      for (const { id } of wanted.filter(({ kind }) => kind === followUp.kind)) {
        if (await this.isFollowUpWithheld(reader, log, String(id))) found.delete(`${followUp.kind}-${id}`);
      }
      const missing = wanted.find(
        (each) => !found.has(streamOf(each)) || (each.kind === 'commitment' && withheld.has(String(each.id))),
      );
      if (missing) {
        const kind = missing.kind.replace('-', ' ');
        throw new NotFound(
          `no-such-${missing.kind}`,
          `There is no ${kind} ${missing.id} on record.`,
          missing.field,
        );
      }
    }
  }

  /** True of a follow-up about nothing but commitments that `reader` may not see. */
  async isFollowUpWithheld(reader: Reader, log: string, id: string): Promise<boolean> {
    const state = await this.load(followUp, log, id);
    if (state.status === 'unknown' || state.commitments.length === 0) return false;
    return (await this.withheldFrom(reader, log, state.commitments)).size === state.commitments.length;
  }

  /**
   * Lets the decider decide and appends what follows. `parties` are those of the dialogue; empty for the registry.
   * Throws what {@link DeciderRunner.run} throws.
   */
  async decide<State, Command, Event extends Fact, Around extends Circumstances>(
    decider: Decider<State, Command, Event, Around>,
    asked: Asked<Command>,
    parties: readonly Party[],
    around: Omit<Around, keyof Circumstances>,
  ): Promise<Decided> {
    const { log, id, command, actor, unchangedSince } = asked;
    const now = this.clock.now();
    const circumstance = circumstanceOf(asked, parties, now);
    await this.mustExist(
      (circumstance.sources ?? []).map(({ document }, index) => ({
        log,
        kind: 'source-document',
        id: document,
        field: `/sources/${index}/document`,
      })),
    );
    return this.runner.run(decider, {
      log,
      id,
      command,
      around: { actor, now, ...around } as unknown as Around,
      circumstance,
      isNew: asked.causationId === undefined,
      unchangedSince,
      restsOn: this.otherStreams(log, `${decider.kind}-${id}`),
      reader: readerIn(parties, actor),
    });
  }

  private withheldFrom(reader: Reader, log: string, commitments: readonly string[]): Promise<Set<string>> {
    return withheldCommitments(this.db, log, commitments, reader, this.clock.now());
  }

  private otherStreams(log: string, own: string): readonly StreamVersion[] {
    return [...this.looked.values()].filter((each) => each.log === log && each.stream !== own);
  }
}

function streamOf({ kind, id }: Reference): string {
  return `${kind}-${id}`;
}
