import type { Pool } from 'pg';
import type { Append, Appended } from './append.js';

/**
 * Writes every entry of the batch in one statement, hence in one commit. The update of the head row hands
 * out the positions and is the queue that concurrent writers of a log stand in. Throws what
 * {@link isVersionConflict} is true for, and then nothing was written.
 */
export async function insertBatch(
  pool: Pool,
  log: string,
  batch: readonly Append[],
): Promise<{ before: number; recordedAt: string }> {
  const entries = batch.flatMap((each) => each.entries);
  const following = batch.filter((each) => each.expectedVersion > 0);
  const { rows } = await pool.query<{ before: number; recorded_at: string }>({
    name: 'append',
    text: APPEND,
    values: [
      log,
      entries.length,
      entries.map((entry) => entry.stream),
      entries.map((entry) => entry.version),
      entries.map((entry) => entry.id),
      entries.map((entry) => entry.type),
      entries.map((entry) => entry.text),
      entries.map((entry) => entry.salt),
      entries.map((entry) => entry.commitment),
      following.map((each) => each.stream),
      following.map((each) => each.expectedVersion),
    ],
  });
  if (rows[0]) return { before: rows[0].before, recordedAt: rows[0].recorded_at };
  const opened = await pool.query('insert into log_head (log_id) values ($1) on conflict do nothing', [log]);
  if (!opened.rowCount) throw new PriorMissing();
  return insertBatch(pool, log, batch);
}

/** An append of the batch follows a version that its stream does not have. */
class PriorMissing extends Error {}

const APPEND = `
  with head as (
    update log_head
       set position = position + $2::int, recorded_at = greatest(recorded_at, clock_timestamp())
     where log_id = $1
       and not exists (select from unnest($10::text[], $11::int[]) as prior (stream_id, version)
                        where not exists (select from event e
                                           where e.log_id = $1 and e.stream_id = prior.stream_id
                                             and e.version = prior.version))
    returning position - $2::int as before, recorded_at
  ), appended as (
    insert into event (log_id, position, stream_id, version, id, type, entry, salt, leaf_hash, recorded_at)
    select $1, head.before + e.place, e.stream_id, e.version, e.id, e.type, e.entry, e.salt,
           sha256('\\x00'::bytea || e.commitment || int8send((extract(epoch from head.recorded_at) * 1000000)::int8)),
           head.recorded_at
      from head, unnest($3::text[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::bytea[], $9::bytea[])
           with ordinality as e (stream_id, version, id, type, entry, salt, commitment, place)
  )
  select before, recorded_at from head`;

/** True when some append of the batch does not follow the version that its stream has. */
export function isVersionConflict(error: unknown): boolean {
  if (error instanceof PriorMissing) return true;
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'event_stream_version';
}

/** What became of an append: where it was written, if it was, and what version its stream has now. */
export interface Fate {
  readonly currentVersion: number;
  readonly written?: Appended | undefined;
}

/**
 * Looks up what became of each append of a batch whose statement failed. Takes the lock of the log's head
 * first, so that no earlier try of it can still be under way.
 */
export async function lookUpFates(pool: Pool, log: string, batch: readonly Append[]): Promise<Fate[]> {
  const last = batch.map((each) => each.entries.at(-1)!);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select from log_head where log_id = $1 for update', [log]);
    const { rows } = await client.query<{ current: number; position: number | null; recorded_at: string }>(
      FATES,
      [
        log,
        last.map((entry) => entry.stream),
        last.map((entry) => entry.version),
        last.map((entry) => entry.id),
      ],
    );
    await client.query('commit');
    client.release();
    return rows.map(({ current, position, recorded_at }) => ({
      currentVersion: current,
      written: position === null ? undefined : { position, recordedAt: recorded_at },
    }));
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const FATES = `
  select coalesce((select max(version) from event where log_id = $1 and stream_id = mine.stream_id), 0) as current,
         event.position, event.recorded_at
    from unnest($2::text[], $3::int[], $4::uuid[]) with ordinality as mine (stream_id, version, id, place)
    left join event on event.log_id = $1 and event.stream_id = mine.stream_id
                   and event.version = mine.version and event.id = mine.id
   order by mine.place`;
