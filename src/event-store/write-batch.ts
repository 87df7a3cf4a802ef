import type { Pool, PoolClient } from 'pg';
import type { Append } from './append.js';
import { type Head, insertBatch, isTaken } from './append-statement.js';
import { type Fate, fatesOf } from './fates.js';

/**
 * Writes the batch in one round trip to a log that is open; undefined when nothing was written, because some append does
 * not follow from what the log has. Where an append rests on other streams the head is locked in the same round
 * trip, ahead of the statement: on its own it would see those streams as they were before it queued for the head.
 */
export async function writeBatch(
  pool: Pool,
  log: string,
  batch: readonly Append[],
): Promise<Head | undefined> {
  try {
    if (!batch.some(({ restsOn }) => restsOn && restsOn.length > 0))
      return await insertBatch(pool, log, batch);
    return await withClient(pool, async (client) => {
      const [, , head] = await answersTo([
        client.query(BEGIN),
        client.query(LOCK, [log]),
        insertBatch(client, log, batch),
        client.query(COMMIT),
      ]);
      return head;
    });
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/** Gives a log its head, unless it has one: what is not there cannot be locked. */
export async function openLog(pool: Pool, log: string): Promise<void> {
  await pool.query('insert into log_head (log_id) values ($1) on conflict do nothing', [log]);
}

/** What became of each append of a batch, and where those begin that were written now. */
export interface Settled {
  readonly fates: readonly Fate[];
  readonly head: Head | undefined;
}

/**
 * Looks up what became of each append of a batch that met a conflict or whose fate is unknown, and writes those that
 * still can be, all with the log's head locked: no earlier try of theirs is under way then, and nobody comes between.
 */
export async function settleBatch(pool: Pool, log: string, batch: readonly Append[]): Promise<Settled> {
  await openLog(pool, log);
  return withClient(pool, async (client) => {
    const [, , fates] = await answersTo([
      client.query(BEGIN),
      client.query(LOCK, [log]),
      fatesOf(client, log, batch),
    ]);
    const open = batch.filter((_, place) => fates[place]!.outcome === 'open');
    const [head] = await answersTo([
      open.length > 0 ? insertBatch(client, log, open) : undefined,
      client.query(COMMIT),
    ]);
    return { fates, head };
  });
}

const BEGIN = 'begin';
const LOCK = 'select from log_head where log_id = $1 for update';
const COMMIT = 'commit';

/** A connection on which something failed, other than a conflict, is not used again. */
async function withClient<Result>(pool: Pool, act: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await act(client);
    client.release();
    return result;
  } catch (error) {
    client.release(!isTaken(error));
    throw error;
  }
}

/** The answers to what was sent together, in one round trip; throws the first failure, which is the cause of any other. */
async function answersTo<const Sent extends readonly unknown[]>(
  sent: Sent,
): Promise<{ readonly [Place in keyof Sent]: Awaited<Sent[Place]> }> {
  const answers = await Promise.allSettled(sent);
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as never;
}
