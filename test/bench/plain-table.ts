import { Pool } from 'pg';
import type { Entry } from '../../src/domain/event.js';
import { asOwner, type Ground, POOL } from './ground.js';

/** The log's columns and its two indexes, without what only the hashes need; positions come from a sequence. */
const TABLE = `
  create table event (
    log_id      text not null,
    position    bigint generated always as identity,
    stream_id   text not null,
    version     integer not null,
    id          uuid not null,
    type        text not null,
    entry       text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (log_id, position),
    unique (log_id, stream_id, version)
  )`;

const INSERT = {
  name: 'insert',
  text: `insert into event (log_id, stream_id, version, id, type, entry) values ($1, $2, $3, $4, $5, $6)
         returning position`,
};

/** Makes the table in a database of its own and returns how to log in to it. */
export async function makePlainTable(ground: Ground, name: string): Promise<string> {
  const { ownerUrl } = await ground.database(name);
  await asOwner(ownerUrl, (client) => client.query(TABLE));
  return ownerUrl;
}

export function plainPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: POOL });
  // A pool has ended before its connections have: the server that stops next may still tell one of them so.
  return pool.on('error', () => undefined);
}

/** The peer without a library: one prepared INSERT per event, each its own transaction. */
export async function openPlainTable(ground: Ground, name: string): Promise<Pool> {
  const pool = plainPool(await makePlainTable(ground, name));
  ground.ending.afterwards(() => pool.end());
  return pool;
}

/** Writes one entry and resolves with its position when it is committed. */
export async function insertPlain(pool: Pool, entry: Entry): Promise<number> {
  const { rows } = await pool.query<{ position: string }>({
    ...INSERT,
    values: [entry.log, entry.stream, entry.version, entry.id, entry.type, JSON.stringify(entry)],
  });
  return Number(rows[0]!.position);
}
