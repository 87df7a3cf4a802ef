import type { Pool } from 'pg';
import type { SealedEntry } from './entry.js';
import { isPassingFailure, StorageUnavailable } from './storage-failure.js';
import { insertBatch, isConflict, lookUpFates } from './write-batch.js';

/** One atomic append: all of its entries or none. They belong to one stream and carry its next versions. */
export interface Append {
  readonly stream: string;
  /** Version that the stream must have for these entries to follow; 0 for a stream that must not exist. */
  readonly expectedVersion: number;
  readonly entries: readonly SealedEntry[];
  /** What was looked at to decide it, where it must still be so. */
  readonly restsOn?: RestsOn | undefined;
}

/** Other streams of the log that a decision looked at, and the position as of which it did. */
export interface RestsOn {
  readonly streams: readonly string[];
  readonly asOf: number;
}

export interface Appended {
  /** Position of the append's last event in the log. */
  readonly position: number;
  readonly recordedAt: string;
}

/** Someone else wrote to the stream first. Nothing of the refused append is in the log. */
export class WrongVersion extends Error {
  override readonly name = 'WrongVersion';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly current: number,
  ) {
    super(`${stream} is at version ${current}, not ${expected}.`);
  }
}

/** A stream that the append rests on has grown. Nothing of the refused append is in the log. */
export class Outrun extends Error {
  override readonly name = 'Outrun';

  constructor(readonly stream: string) {
    super(`What ${stream} was to follow from has changed.`);
  }
}

/** True when others wrote at the same moment: asking again later is right. */
export function wasOvertaken(error: unknown): boolean {
  return error instanceof WrongVersion || error instanceof Outrun;
}

interface Waiting extends Append {
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** Events written in one statement at most: keeps a batch to a few hundred kilobytes. */
const MAX_BATCH_EVENTS = 1000;

/** Appends that may wait for one log; above it callers are told to come back, before memory grows. */
const MAX_WAITING = 10_000;

/** Tries of one batch, with pauses that add up to about ten seconds: longer than a restart of the database. */
const MAX_TRIES = 14;

/**
 * Group commit. Appends that wait for the same log are written together, in one statement and one commit;
 * while one batch is being written the next one gathers. A version conflict fails its own append only.
 */
export class Appender {
  private readonly queues = new Map<string, Waiting[]>();
  private readonly writing = new Set<string>();

  /** @param onAppended is told of every log that grew, with its new last position. */
  constructor(
    private readonly pool: Pool,
    private readonly onAppended: (log: string, position: number) => void = () => undefined,
  ) {}

  /**
   * Adds the entries to the log. Throws {@link WrongVersion} or {@link Outrun}, and then none of them is there, or
   * {@link StorageUnavailable}, whose text says whether that is known.
   */
  append(log: string, append: Append): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(log) ?? [];
      if (queue.length >= MAX_WAITING) {
        reject(
          new StorageUnavailable('Too many changes are waiting; nothing was written, try again shortly.'),
        );
        return;
      }
      queue.push({ ...append, resolve, reject });
      this.queues.set(log, queue);
      if (this.writing.has(log)) return;
      this.writing.add(log);
      // Not at once: requests that arrived in the same turn of the event loop join the batch.
      setImmediate(() => void this.writeQueue(log));
    });
  }

  private async writeQueue(log: string): Promise<void> {
    for (let batch = this.takeBatch(log); batch.length > 0; batch = this.takeBatch(log)) {
      await this.write(log, batch).catch((error: unknown) => batch.forEach((each) => each.reject(error)));
    }
    this.queues.delete(log);
    this.writing.delete(log);
  }

  /**
   * Takes waiting appends in order, a stream at most once, and none beside one that it rests on: a second one depends on
   * the first one's outcome.
   */
  private takeBatch(log: string): Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    const streams = new Set<string>();
    const restedOn = new Set<string>();
    let events = 0;
    for (const each of this.queues.get(log) ?? []) {
      const fits = batch.length === 0 || events + each.entries.length <= MAX_BATCH_EVENTS;
      const restsOn = each.restsOn?.streams ?? [];
      const depends = [each.stream, ...restsOn].some((stream) => streams.has(stream));
      if (fits && !depends && !restedOn.has(each.stream)) {
        batch.push(each);
        streams.add(each.stream);
        restsOn.forEach((stream) => restedOn.add(stream));
        events += each.entries.length;
      } else left.push(each);
    }
    this.queues.set(log, left);
    return batch;
  }

  private async write(log: string, batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    for (let tried = 1; left.length > 0; tried++) {
      try {
        this.answer(log, left, await insertBatch(this.pool, log, left));
        return;
      } catch (error) {
        if (!isConflict(error)) {
          if (!isPassingFailure(error)) throw error;
          await pause(Math.min(1000, 25 * 2 ** tried));
        }
        if (tried === MAX_TRIES) {
          throw new StorageUnavailable(
            'The record cannot be reached; it is not known whether this was written.',
          );
        }
        left = await this.settle(log, left);
      }
    }
  }

  private answer(log: string, batch: readonly Waiting[], head: { before: number; recordedAt: string }): void {
    let position = head.before;
    for (const each of batch) {
      position += each.entries.length;
      each.resolve({ position, recordedAt: head.recordedAt });
    }
    this.onAppended(log, position);
  }

  /** Answers those appends of a failed batch whose fate is decided and returns the others, to be tried again. */
  private async settle(log: string, batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const fates = await lookUpFates(this.pool, log, batch).catch((error: unknown) => {
      if (isPassingFailure(error)) return undefined;
      throw error;
    });
    if (!fates) return batch;
    return batch.filter((each, index) => {
      const { currentVersion, written, outrun } = fates[index]!;
      if (written) {
        each.resolve(written);
        this.onAppended(log, written.position);
      } else if (currentVersion !== each.expectedVersion) {
        each.reject(new WrongVersion(each.stream, each.expectedVersion, currentVersion));
      } else if (outrun) each.reject(new Outrun(each.stream));
      else return true;
      return false;
    });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
