import type { Pool, PoolClient } from 'pg';
import type { Append, Appended } from './append.js';

/**
 * Writes every entry of the batch in one statement, hence in one commit. The update of the head row hands
 * out the positions and is the queue that concurrent writers of a log stand in. Where an append rests on other streams
 * they are looked at with that row locked: the statement alone would see them as they were before it queued. Throws what
 * {@link isConflict} is true for, and then nothing was written.
 */
export async function insertBatch(pool: Pool, log: string, batch: readonly Append[]): Promise<Head> {
  const insert = (on: Pool | PoolClient) => insertAt(on, log, batch);
  const head = batch.some(({ restsOn }) => restsOn && restsOn.streams.length > 0)
    ? await underLock(pool, log, async (client) => {
        if ((await outrun(client, log, batch)).size > 0) throw new PriorMissing();
        return insert(client);
      })
    : await insert(pool);
  if (head) return head;
  const opened = await pool.query('insert into log_head (log_id) values ($1) on conflict do nothing', [log]);
  if (!opened.rowCount) throw new PriorMissing();
  return insertBatch(pool, log, batch);
}

/** The position of the log before a batch, and the time at which it was recorded. */
interface Head {
  readonly before: number;
  readonly recordedAt: string;
}

async function insertAt(
  on: Pool | PoolClient,
  log: string,
  batch: readonly Append[],
): Promise<Head | undefined> {
  const entries = batch.flatMap((each) => each.entries);
  const following = batch.filter((each) => each.expectedVersion > 0);
  const { rows } = await on.query<{ before: number; recorded_at: string }>({
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
  return rows[0] && { before: rows[0].before, recordedAt: rows[0].recorded_at };
}

/** Places in the batch of the appends that rest on a stream which has grown since. */
async function outrun(client: PoolClient, log: string, batch: readonly Append[]): Promise<Set<number>> {
  const looked = batch.flatMap(({ restsOn }, place) =>
    (restsOn?.streams ?? []).map((stream) => ({ place, stream, asOf: restsOn!.asOf })),
  );
  if (looked.length === 0) return new Set();
  const { rows } = await client.query<{ place: number }>(OUTRUN, [
    log,
    looked.map(({ place }) => place),
    looked.map(({ stream }) => stream),
    looked.map(({ asOf }) => asOf),
  ]);
  return new Set(rows.map(({ place }) => place));
}

const OUTRUN = `
  select distinct place from unnest($2::int[], $3::text[], $4::bigint[]) as looked (place, stream_id, as_of)
   where exists (select from event e
                  where e.log_id = $1 and e.stream_id = looked.stream_id and e.position > looked.as_of)`;

/** Does something in a transaction that no other writer of the log can come between. */
async function underLock<Result>(
  pool: Pool,
  log: string,
  act: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select from log_head where log_id = $1 for update', [log]);
    const result = await act(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** An append of the batch follows a version that its stream does not have, or rests on a stream that has grown. */
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

/** True when some append of the batch does not follow from what the log has. */
export function isConflict(error: unknown): boolean {
  if (error instanceof PriorMissing) return true;
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'event_stream_version';
}

/** What became of an append: where it was written, if it was, what version its stream has now, and what it rests on. */
export interface Fate {
  readonly currentVersion: number;
  readonly written?: Appended | undefined;
  /** A stream that it rests on has grown. */
  readonly outrun: boolean;
}

/**
 * Looks up what became of each append of a batch whose statement failed. Takes the lock of the log's head
 * first, so that no earlier try of it can still be under way.
 */
export async function lookUpFates(pool: Pool, log: string, batch: readonly Append[]): Promise<Fate[]> {
  const last = batch.map((each) => each.entries.at(-1)!);
  return underLock(pool, log, async (client) => {
    const { rows } = await client.query<{ current: number; position: number | null; recorded_at: string }>(
      FATES,
      [
        log,
        last.map((entry) => entry.stream),
        last.map((entry) => entry.version),
        last.map((entry) => entry.id),
      ],
    );
    const late = await outrun(client, log, batch);
    return rows.map(({ current, position, recorded_at }, place) => ({
      currentVersion: current,
      written: position === null ? undefined : { position, recordedAt: recorded_at },
      outrun: late.has(place),
    }));
  });
}

const FATES = `
  select coalesce((select max(version) from event where log_id = $1 and stream_id = mine.stream_id), 0) as current,
         event.position, event.recorded_at
    from unnest($2::text[], $3::int[], $4::uuid[]) with ordinality as mine (stream_id, version, id, place)
    left join event on event.log_id = $1 and event.stream_id = mine.stream_id
                   and event.version = mine.version and event.id = mine.id
   order by mine.place`;
