import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Head } from './append-statement.js';
import type { SealedEntry } from './entry.js';
import { KnownHeads } from './known-heads.js';
import { WrongVersion } from './overtaken.js';
import { isPassingFailure, StorageUnavailable } from './storage-failure.js';
import { type Waiting, WaitingAppends } from './waiting-appends.js';
import { openLog, restsOnOthers, settleBatch, writeBatch } from './write-batch.js';

/** One atomic append: all of its entries or none. They belong to one stream and carry its next versions. */
export interface Append {
  readonly stream: string;
  /** Version that the stream must have for these entries to follow; 0 for a stream that must not exist. */
  readonly expectedVersion: number;
  readonly entries: readonly SealedEntry[];
  /** Other streams of the log that were looked at to decide it, where they must still be at that version. */
  readonly restsOn?: readonly StreamVersion[] | undefined;
  /** When its caller got in line, where this is not the first try: see {@link Appender.takeTurn}. */
  readonly turn?: number | undefined;
}

/** A stream as it was at a version; 0 for one that did not exist. */
export interface StreamVersion {
  readonly stream: string;
  readonly version: number;
}

export interface Appended {
  /** Position of the append's last event in the log. */
  readonly position: number;
  readonly recordedAt: string;
}

/** Hears that a log has grown up to a position, and by which types of events, where that is known. */
export type Grown = (log: string, position: number, types?: ReadonlySet<string>) => void;

/** Logs written to at the same time: enough to keep the database busy, few enough to leave connections to readers. */
const MAX_WRITERS = 4;

/** Tries of one batch, with pauses that add up to about ten seconds: longer than a restart of the database. */
const MAX_TRIES = 14;

/**
 * Group commit. Appends that wait for the same log are written together, in one statement and one commit;
 * while one batch is being written the next one gathers. Logs take turns. A conflict fails its own append only.
 */
export class Appender {
  private readonly waiting = new WaitingAppends();
  /** Logs of which this process knows that they have a head. */
  private readonly opened = new Set<string>();
  private heads = new KnownHeads();
  private nextTurn = 0;
  private writers = 0;
  private woken = false;

  /** @param onAppended is told of every log that grew. */
  constructor(
    private readonly pool: Pool,
    private readonly onAppended: Grown = () => undefined,
  ) {}

  /** How many appends wait for each log, those not counted that are being written. */
  get queued(): ReadonlyMap<string, number> {
    return this.waiting.counts;
  }

  /** The logs may not end any more where they were left. */
  forgetAll(): void {
    this.heads = new KnownHeads();
  }

  /** A place in line, to be kept when an append is tried again: who keeps deciding anew would else be overtaken for ever. */
  takeTurn(): number {
    return this.nextTurn++;
  }

  /**
   * Adds the entries to the log. Throws {@link WrongVersion} or {@link Outrun}, and then none of them is there, or
   * {@link StorageUnavailable}, whose text says whether that is known.
   */
  append(log: string, { stream, expectedVersion, entries, restsOn, turn }: Append): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const inLine = turn ?? this.takeTurn();
      this.waiting.add(log, { stream, expectedVersion, entries, restsOn, turn: inLine, resolve, reject });
      this.wake();
    });
  }

  /** Not at once: what arrives in the same turn of the event loop joins the batch. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.writers < MAX_WRITERS) {
        const next = this.waiting.take();
        if (!next) return;
        this.writers++;
        void this.write(next.log, next.appends).finally(() => {
          this.writers--;
          this.waiting.done(next);
          this.wake();
        });
      }
    });
  }

  /** Writes a batch and answers each of its appends; never throws. */
  private async write(log: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const head = await this.writeOnce(log, batch).catch(unlessPassing);
      if (head) this.answer(log, batch, head);
      else await this.settle(log, batch);
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      // Something in it cannot be written at all: alone, each gets its own answer.
      else for (const each of batch) await this.write(log, [each]);
    }
  }

  private async writeOnce(log: string, batch: readonly Waiting[]): Promise<Head | undefined> {
    if (!this.opened.has(log)) await openLog(this.pool, log);
    this.opened.add(log);
    const expected = restsOnOthers(batch) ? this.heads.take(log) : undefined;
    const head = await writeBatch(this.pool, log, batch, expected);
    if (head) this.heads.wrote(log, head.before, head.before + eventsOf(batch), expected);
    return head;
  }

  private answer(log: string, batch: readonly Waiting[], { before, recordedAt }: Head): void {
    let position = before;
    const versions = new Map<string, number>();
    for (const each of batch) {
      position += each.entries.length;
      versions.set(each.stream, each.expectedVersion + each.entries.length);
      each.resolve({ position, recordedAt });
    }
    // Written with others they would make their whole batch be looked through.
    for (const each of this.waiting.takeOutdated(log, versions)) {
      each.reject(new WrongVersion(each.stream, each.expectedVersion, versions.get(each.stream)!));
    }
    this.onAppended(log, position, typesOf(batch));
  }

  /** Finds out what became of a batch, again and again while the database is away, and writes what still can be. */
  private async settle(log: string, batch: readonly Waiting[]): Promise<void> {
    for (let tried = 1; tried <= MAX_TRIES; tried++) {
      const settled = await settleBatch(this.pool, log, batch).catch(unlessPassing);
      if (!settled) {
        await pause(Math.min(1000, 25 * 2 ** tried));
        continue;
      }
      const { fates, head } = settled;
      const open = batch.filter((_, place) => fates[place]!.outcome === 'open');
      for (const [place, fate] of fates.entries()) {
        if (fate.outcome === 'refused') batch[place]!.reject(fate.error);
        if (fate.outcome !== 'written') continue;
        batch[place]!.resolve(fate.appended);
        this.onAppended(log, fate.appended.position, typesOf([batch[place]!]));
      }
      if (head) return this.answer(log, open, head);
      if (open.length > 0) throw new Error(`Appends to ${log} that nothing keeps out were not written.`);
      return;
    }
    const unknown = 'The record cannot be reached; it is not known whether this was written.';
    for (const each of batch) each.reject(new StorageUnavailable(unknown));
  }
}

function eventsOf(batch: readonly Append[]): number {
  return batch.reduce((sum, { entries }) => sum + entries.length, 0);
}

function typesOf(batch: readonly Append[]): ReadonlySet<string> {
  return new Set(batch.flatMap(({ entries }) => entries.map(({ type }) => type)));
}

function unlessPassing(error: unknown): undefined {
  if (!isPassingFailure(error)) throw error;
}
