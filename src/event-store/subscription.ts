import type { Transaction } from 'kysely';
import type { EventType, PactaEvent } from '../domain/vocabulary.js';
import { wasOvertaken } from './overtaken.js';
import { beginLog, type Checkpoint, lockCheckpoint, setCheckpoint } from './checkpoint.js';
import type { Database, LogDatabase } from './database.js';
import { whoIsBehind } from './poll.js';
import { readLog } from './read.js';
import { skippedBy } from './skipped.js';
import { isPassingFailureOfStep } from './storage-failure.js';

/** Something that follows every log: a read model, the planner of reminders. */
export interface Subscriber {
  readonly name: string;
  /** Types of events that it handles; without them, all. It is not shown others. */
  readonly types?: readonly EventType[];
  /** How long it lets events gather, in milliseconds, where nobody waits for what it does. */
  readonly gathers?: number;
  /**
   * Writes what the events of one log mean, in the transaction that moves the checkpoint past them:
   * they are handled exactly once, whoever dies when.
   */
  handle(log: string, events: readonly PactaEvent[], tx: Transaction<LogDatabase>): Promise<void>;
}

/** What a step along a log came to. */
export type Step =
  | {
      readonly outcome: 'moved';
      readonly position: number;
      /** There may be more to handle already. */
      readonly more?: true;
      /** The subscriber is new and far behind: nobody waits for it yet. */
      readonly beingBuilt?: true;
    }
  | { readonly outcome: 'caught-up'; readonly position: number }
  | { readonly outcome: 'busy-elsewhere' | 'parked' }
  /** The event after `position` cannot be handled, or one of the others that were handled together with it. */
  | { readonly outcome: 'failed'; readonly position: number; readonly error: unknown };

/** Events handled in one transaction. */
export const BATCH = 500;

/** Logs that have grown beyond the subscriber's checkpoint and are not parked. */
export async function logsBehind(db: Database, subscription: string): Promise<string[]> {
  return (await whoIsBehind(db, [subscription])).map(({ log }) => log);
}

/**
 * Handles the next events of one log, up to `limit`: rows and checkpoint move in one transaction. A worker
 * that finds the checkpoint locked leaves the log to the one that holds it. What the record says is skipped is not handled.
 * Throws what passes by itself: a database that is away, or other writers that kept coming between (what it says of the events
 * themselves is the outcome).
 */
export async function step(db: Database, subscriber: Subscriber, log: string, limit = BATCH): Promise<Step> {
  let position = 0;
  try {
    const result = await db.transaction().execute(async (tx): Promise<Step | 'missing'> => {
      const checkpoint = await lockCheckpoint(tx, subscriber.name, log);
      if (checkpoint === 'missing') return 'missing';
      if (checkpoint === 'locked') return { outcome: 'busy-elsewhere' };
      if (checkpoint.parked === 'for-now') return { outcome: 'parked' };
      position = checkpoint.position;
      return move(tx, subscriber, log, checkpoint, limit);
    });
    if (result !== 'missing') return result;
    await beginLog(db, subscriber.name, log);
    return await step(db, subscriber, log, limit);
  } catch (error) {
    if (isPassingFailureOfStep(error) || wasOvertaken(error)) throw error;
    return { outcome: 'failed', position, error };
  }
}

async function move(
  tx: Transaction<LogDatabase>,
  subscriber: Subscriber,
  log: string,
  checkpoint: Checkpoint,
  limit: number,
): Promise<Step> {
  const { position: from, head } = checkpoint;
  // Positions are dense. The head may be of before another process moved the checkpoint and let it go.
  const position = Math.max(from, Math.min(from + limit, head));
  const events = from < position ? await readLog(tx, log, from, position - from, subscriber.types) : [];
  const more = position < head;
  const wasSetAside = checkpoint.beingBuilt || checkpoint.parked !== undefined;
  const beingBuilt = wasSetAside && head - position > BATCH;
  const skipped = checkpoint.hasSkips ? await skippedBy(tx, subscriber.name, log) : new Set();
  const handled = events.filter((event) => !skipped.has(event.position));
  if (handled.length > 0) await subscriber.handle(log, handled, tx);
  if (position > from || wasSetAside) {
    await setCheckpoint(tx, subscriber.name, log, position, beingBuilt);
  }
  if (position === from) return { outcome: 'caught-up', position };
  return {
    outcome: 'moved',
    position,
    ...(more && { more }),
    ...(beingBuilt && { beingBuilt }),
  };
}
