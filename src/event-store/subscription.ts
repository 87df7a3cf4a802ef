import type { Transaction } from 'kysely';
import type { PactaEvent } from '../domain/vocabulary.js';
import { wasOvertaken } from './overtaken.js';
import type { Database, LogDatabase } from './database.js';
import { readLog } from './read.js';
import { isPassingFailure } from './storage-failure.js';

/** Something that follows every log: a read model, the planner of reminders. */
export interface Subscriber {
  readonly name: string;
  /**
   * Writes what the events of one log mean, in the transaction that moves the checkpoint past them:
   * they are handled exactly once, whoever dies when.
   */
  handle(log: string, events: readonly PactaEvent[], tx: Transaction<LogDatabase>): Promise<void>;
}

/** What a step along a log came to. */
export type Step =
  | { readonly outcome: 'moved'; readonly position: number }
  | { readonly outcome: 'caught-up' | 'busy-elsewhere' }
  | { readonly outcome: 'failed'; readonly error: unknown };

/** Events handled in one transaction. */
export const BATCH = 500;

/** Logs that have grown beyond the subscriber's checkpoint and are not parked. */
export async function logsBehind(db: Database, subscription: string): Promise<string[]> {
  const rows = await db
    .selectFrom('log_head')
    .leftJoin('checkpoint', (join) =>
      join
        .onRef('checkpoint.log_id', '=', 'log_head.log_id')
        .on('checkpoint.subscription', '=', subscription),
    )
    .select('log_head.log_id')
    .where((eb) => eb('log_head.position', '>', eb.fn.coalesce('checkpoint.position', eb.lit(0))))
    .where('checkpoint.parked_at', 'is', null)
    .orderBy('log_head.log_id')
    .execute();
  return rows.map((row) => row.log_id);
}

/**
 * Handles the next events of one log, up to `limit`: rows and checkpoint move in one transaction. A worker
 * that finds the checkpoint locked leaves the log to the one that holds it. Throws what passes by itself: a database that is
 * away, or other writers that kept coming between (what it says of the events themselves is the outcome).
 */
export async function step(db: Database, subscriber: Subscriber, log: string, limit = BATCH): Promise<Step> {
  try {
    return await db.transaction().execute(async (tx): Promise<Step> => {
      const from = await lockCheckpoint(tx, subscriber.name, log);
      if (from === undefined) return { outcome: 'busy-elsewhere' };
      const events = await readLog(tx, log, from, limit);
      const last = events.at(-1);
      if (!last) return { outcome: 'caught-up' };
      await subscriber.handle(log, events, tx);
      await setCheckpoint(tx, subscriber.name, log, last.position);
      return { outcome: 'moved', position: last.position };
    });
  } catch (error) {
    if (isPassingFailure(error) || wasOvertaken(error)) throw error;
    return { outcome: 'failed', error };
  }
}

async function lockCheckpoint(
  tx: Transaction<LogDatabase>,
  subscription: string,
  log: string,
): Promise<number | undefined> {
  const select = () =>
    tx
      .selectFrom('checkpoint')
      .select('position')
      .where('subscription', '=', subscription)
      .where('log_id', '=', log);
  const row = await select().forUpdate().skipLocked().executeTakeFirst();
  if (row) return row.position;
  if (await select().executeTakeFirst()) return undefined;
  await tx
    .insertInto('checkpoint')
    .values({ subscription, log_id: log, position: 0, parked_at: null, parked_why: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await select().forUpdate().skipLocked().executeTakeFirst())?.position;
}

/** Moves the checkpoint, and a log that was parked moves with it; the caller holds its lock. */
export async function setCheckpoint(
  tx: Database,
  subscription: string,
  log: string,
  position: number,
): Promise<void> {
  await tx
    .updateTable('checkpoint')
    .set({ position, parked_at: null, parked_why: null })
    .where('subscription', '=', subscription)
    .where('log_id', '=', log)
    .execute();
}

/** Position up to which the subscriber has handled the log. */
export async function checkpointOf(db: Database, subscription: string, log: string): Promise<number> {
  const row = await db
    .selectFrom('checkpoint')
    .select('position')
    .where('subscription', '=', subscription)
    .where('log_id', '=', log)
    .executeTakeFirst();
  return row?.position ?? 0;
}
