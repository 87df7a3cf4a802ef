import type { Append, Appended } from './append.js';
import { StorageUnavailable } from './storage-failure.js';

/** An append whose caller waits for the answer. */
export interface Waiting extends Append {
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** What is written in one statement at most; a single append may be more. */
const MAX_BATCH = { events: 1000, characters: 4_000_000 };

/** What may wait; above it callers are told to come back, before memory grows. */
const MAX_WAITING = { appendsPerLog: 10_000, characters: 64_000_000 };

/** Appends in line for their logs. A log is written to by one batch at a time, and logs take turns. */
export class WaitingAppends {
  private readonly queues = new Map<string, Waiting[]>();
  private readonly beingWritten = new Set<string>();
  private characters = 0;

  /** How many appends are in line for each log that has any. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.queues].map(([log, queue]) => [log, queue.length]));
  }

  /** Puts an append in line. Throws {@link StorageUnavailable} when too much is waiting. */
  add(log: string, append: Waiting): void {
    const queue = this.queues.get(log) ?? [];
    const characters = charactersOf(append);
    if (queue.length >= MAX_WAITING.appendsPerLog || this.characters + characters > MAX_WAITING.characters) {
      throw new StorageUnavailable('Too many changes are waiting; nothing was written, try again shortly.');
    }
    this.characters += characters;
    queue.push(append);
    this.queues.set(log, queue);
  }

  /** The next batch of the log whose turn it is; undefined when there is nothing to write now. */
  take(): { readonly log: string; readonly batch: readonly Waiting[] } | undefined {
    for (const [log, queue] of this.queues) {
      if (this.beingWritten.has(log)) continue;
      const { batch, left } = divided(queue);
      this.beingWritten.add(log);
      // What is left goes to the end of the line of logs.
      this.queues.delete(log);
      if (left.length > 0) this.queues.set(log, left);
      this.characters -= batch.reduce((sum, each) => sum + charactersOf(each), 0);
      return { log, batch };
    }
    return undefined;
  }

  /** The batch that was taken of this log has been dealt with. */
  done(log: string): void {
    this.beingWritten.delete(log);
  }
}

function charactersOf({ entries }: Append): number {
  return entries.reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Takes appends in order, a stream at most once, and none beside one that it rests on: a second one depends on the first
 * one's outcome.
 */
function divided(queue: readonly Waiting[]): { batch: Waiting[]; left: Waiting[] } {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  const written = new Set<string>();
  const restedOn = new Set<string>();
  const size = { events: 0, characters: 0 };
  for (const each of queue) {
    const events = size.events + each.entries.length;
    const characters = size.characters + charactersOf(each);
    const fits = batch.length === 0 || (events <= MAX_BATCH.events && characters <= MAX_BATCH.characters);
    const rests = each.restsOn ?? [];
    const depends =
      written.has(each.stream) ||
      restedOn.has(each.stream) ||
      rests.some(({ stream }) => written.has(stream));
    if (!fits || depends) {
      left.push(each);
      continue;
    }
    batch.push(each);
    written.add(each.stream);
    for (const { stream } of rests) restedOn.add(stream);
    Object.assign(size, { events, characters });
  }
  return { batch, left };
}
