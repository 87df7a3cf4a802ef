import type { Pool, PoolClient } from 'pg';
import type { Append } from './append.js';
import { type Head, insertBatch, isTaken } from './append-statement.js';
import { type Fate, fatesOf } from './fates.js';
import { askTogether, withClient } from './pipelined.js';

/**
 * Writes the batch in one round trip to a log that is open; undefined when nothing was written, because some append does
 * not follow from what the log has. Where an append rests on other streams the statement on its own would see those as they
 * were before it queued for the head: it is good if the head is where it was `expected` to be, and then nothing has come between.
 * Else the head is locked in the same round trip, ahead of the statement.
 */
export async function writeBatch(
  pool: Pool,
  log: string,
  batch: readonly Append[],
  expected: number | undefined,
): Promise<Head | undefined> {
  try {
    return await withClient(pool, (client) => writeOver(client, log, batch, expected), isTaken);
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

async function writeOver(
  client: PoolClient,
  log: string,
  batch: readonly Append[],
  expected: number | undefined,
): Promise<Head | undefined> {
  if (!restsOnOthers(batch)) return insertBatch(client, log, batch);
  const asExpected = expected !== undefined && (await insertBatch(client, log, batch, expected));
  if (asExpected) return asExpected;
  const [, , head] = await askTogether(client, () => [
    client.query(BEGIN),
    client.query(LOCK, [log]),
    insertBatch(client, log, batch),
    client.query(COMMIT),
  ]);
  return head;
}

/** True where some append of the batch rests on other streams than its own. */
export function restsOnOthers(batch: readonly Append[]): boolean {
  return batch.some(({ restsOn = [] }) => restsOn.length > 0);
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
  const settle = async (client: PoolClient) => {
    const [, , fates] = await askTogether(client, () => [
      client.query(BEGIN),
      client.query(LOCK, [log]),
      fatesOf(client, log, batch),
    ]);
    const open = batch.filter((_, place) => fates[place]!.outcome === 'open');
    const [head] = await askTogether(client, () => [
      open.length > 0 ? insertBatch(client, log, open) : undefined,
      client.query(COMMIT),
    ]);
    return { fates, head };
  };
  return withClient(pool, settle, isTaken);
}

const BEGIN = 'begin';
const LOCK = 'select from log_head where log_id = $1 for update';
const COMMIT = 'commit';
