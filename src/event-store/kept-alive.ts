import { sql, type Transaction } from 'kysely';
import type { LogDatabase } from './database.js';

/** Well within what a session may be idle in a transaction, in milliseconds. */
const BEAT_EVERY = 1000;

/**
 * Waits for work that goes on elsewhere than in the transaction, which the server would end meanwhile as that of a
 * worker that hangs. A process that stops or dies stops beating with it, and its locks are free soon after.
 */
export async function keptAlive<Result>(
  tx: Transaction<LogDatabase>,
  work: Promise<Result>,
): Promise<Result> {
  let beat: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // A connection that is gone is found out by whoever uses the transaction next.
    beat = beat.then(() => sql`select 1`.execute(tx)).catch(() => undefined);
  }, BEAT_EVERY);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    await beat;
  }
}
