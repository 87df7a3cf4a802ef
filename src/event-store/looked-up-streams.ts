import { type Decider, fold } from '../domain/decider.js';
import type { Appended } from './append.js';
import type { Database } from './database.js';
import { readEntry, type SealedEntry } from './entry.js';
import type { LatestEvents } from './latest-events.js';
import { existingStreams, headOf, readKind, readStream } from './read.js';
import { Past } from './past.js';
import { type Folded, RecentStreams } from './recent-streams.js';

/** What it takes to fold a kind of stream. */
export type Folder<State, Event> = Pick<Decider<State, never, Event>, 'kind' | 'initial' | 'evolve'>;

/** A stream that was looked up; without any past it does not exist. */
export interface Look<State> extends Folded<State> {
  readonly stream: string;
  /** It is what this process knew of it, or assumes: the log may have more. */
  readonly isRecent: boolean;
}

/**
 * `now`: as the log has it; `recent`: as this process knows it, where it does; `assumed`: as this process knows it, and as
 * one that does not exist where it does not, which is true of whatever is about to come into being.
 */
export type Freshness = 'now' | 'recent' | 'assumed';

/** The streams of all logs, folded. */
export class LookedUpStreams {
  private readonly recent = new RecentStreams();

  constructor(
    private readonly db: Database,
    private readonly latest: LatestEvents,
  ) {}

  async lookUp<State, Event>(
    decider: Folder<State, Event>,
    log: string,
    id: string | number,
    freshness: Freshness,
  ): Promise<Look<State>> {
    const stream = `${decider.kind}-${id}`;
    const known = this.recent.get(log, stream) as Folded<State> | undefined;
    if (known && freshness !== 'now') return { stream, isRecent: true, ...known };
    if (freshness === 'assumed') return { state: decider.initial, past: Past.none, stream, isRecent: true };
    const folded =
      (known && (await this.goOn(decider, log, stream, known))) ?? (await this.read(decider, log, stream));
    if (folded.past.length > 0) this.recent.keep(log, stream, folded);
    return { stream, isRecent: false, ...folded };
  }

  /** All that is known may be of another record. */
  forgetAll(): void {
    this.recent.forgetAll();
  }

  /** True when this process knows more of the stream than was looked up. */
  isKnownBeyond(log: string, { stream, past }: Look<unknown>): boolean {
    return (this.recent.get(log, stream)?.past.length ?? 0) > past.length;
  }

  /** What is known of a stream with what has come after it; undefined where the log has something else, as after a restore. */
  private async goOn<State, Event>(
    decider: Folder<State, Event>,
    log: string,
    stream: string,
    { state, past }: Folded<State>,
  ): Promise<Folded<State> | undefined> {
    const [last, ...events] = await readStream(this.db, log, stream, past.length);
    if (last?.position === past.position)
      return { state: fold(decider, events as unknown as Event[], state), past: past.after(events) };
    this.recent.forget(log, stream);
    return undefined;
  }

  private async read<State, Event>(
    decider: Folder<State, Event>,
    log: string,
    stream: string,
  ): Promise<Folded<State>> {
    const events = await readStream(this.db, log, stream);
    return { state: fold(decider, events as unknown as Event[]), past: Past.of(events) };
  }

  /** Everything that was ever done in a stream: of a long one it is not known here. */
  async wholePast(log: string, stream: string): Promise<Past> {
    return Past.wholeOf(await readStream(this.db, log, stream));
  }

  /** Takes note of what was appended to a stream after it was looked up. */
  grow<State, Event>(
    decider: Folder<State, Event>,
    log: string,
    { stream, state, past }: Look<State>,
    entries: readonly SealedEntry[],
    { position, recordedAt: recorded_at }: Appended,
  ): void {
    const first = position - entries.length + 1;
    const events = entries.map(({ text }, index) =>
      readEntry({ entry: text, position: first + index, recorded_at }),
    );
    this.latest.note(log, events);
    const grown = fold(decider, events as unknown as Event[], state);
    this.recent.keep(log, stream, { state: grown, past: past.after(events) });
  }

  /** Those of `streams` that exist in the log. */
  async existing(log: string, streams: readonly string[]): Promise<Set<string>> {
    const unsure = streams.filter((stream) => !this.recent.exists(log, stream));
    const found = unsure.length > 0 ? await existingStreams(this.db, log, unsure) : new Set<string>();
    for (const stream of found) this.recent.noteExisting(log, stream);
    return new Set(streams.filter((stream) => !unsure.includes(stream) || found.has(stream)));
  }

  /** The states of all streams of a kind by their ids, as of the position where the log ends now. */
  async all<State, Event>(
    decider: Folder<State, Event>,
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
