import type { ClientBase, Pool } from 'pg';
import type { Append } from './append.js';
import { byteaArray, int4Array, textArray, uuidArray } from './binary-arrays.js';

/** The position of the log before a batch, and the time at which it was recorded. */
export interface Head {
  readonly before: number;
  readonly recordedAt: string;
}

/**
 * Writes every entry of the batch in one statement; undefined when nothing was written, because the log has no head yet, its head
 * is not at the position `expected`, or some append does not follow from what the log has. A writer that came first can also
 * make it fail (see {@link isTaken}).
 */
export async function insertBatch(
  on: Pool | ClientBase,
  log: string,
  batch: readonly Append[],
  expected?: number,
): Promise<Head | undefined> {
  const entries = batch.flatMap((each) => each.entries);
  const seen = [...priorsOf(batch), ...restedOnBy(batch)];
  const { rows } = await on.query<{ before: number; recorded_at: string }>({
    name: 'append',
    text: APPEND,
    values: [
      log,
      entries.length,
      textArray(entries.map((entry) => entry.stream)),
      int4Array(entries.map((entry) => entry.version)),
      uuidArray(entries.map((entry) => entry.id)),
      textArray(entries.map((entry) => entry.type)),
      textArray(entries.map((entry) => entry.text)),
      byteaArray(entries.map((entry) => entry.salt)),
      byteaArray(entries.map((entry) => entry.commitment)),
      textArray(seen.map(({ stream }) => stream)),
      int4Array(seen.map(({ version }) => version)),
      seen.map(({ exact }) => exact),
      int4Array(entries.map((_, index) => index + 1)),
      expected,
    ],
  });
  return rows[0] && { before: rows[0].before, recordedAt: rows[0].recorded_at };
}

/** True when a stream has the version already that an append was to write. */
export function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'event_stream_version';
}

/** A version that a stream must have; `exact` when it must have no later one. */
interface Seen {
  readonly stream: string;
  readonly version: number;
  readonly exact: boolean;
}

/** That a later version is not there the unique index makes sure of. */
function priorsOf(batch: readonly Append[]): Seen[] {
  return batch
    .filter(({ expectedVersion }) => expectedVersion > 0)
    .map(({ stream, expectedVersion: version }) => ({ stream, version, exact: false }));
}

/** Many appends of a batch rest on the same streams, on their dialogue for one: each is looked up once. */
function restedOnBy(batch: readonly Append[]): Seen[] {
  const seen = new Map<string, Seen>();
  for (const { restsOn = [] } of batch) {
    for (const { stream, version } of restsOn) {
      seen.set(`${version} ${stream}`, { stream, version, exact: true });
    }
  }
  return [...seen.values()];
}

/**
 * Versions are looked up one by one, in scalar subqueries: a plan that was made while the log was short and joins with all
 * of it would be kept until the log is long. The update of the head row hands out the positions and is the queue that
 * concurrent writers of a log stand in. It happens only where everything that the batch follows from is there. The arrays are
 * unnested side by side in a select list, row by row; in a from clause each would first be written out whole. The places are an
 * array too: generate_series() would count as a thousand rows, and the statement would be planned anew each time.
 */
const APPEND = `
  with head as (
    update log_head
       set position = position + $2::int, recorded_at = greatest(recorded_at, clock_timestamp())
     where log_id = $1 and ($14::bigint is null or position = $14)
       and not exists (
         select from unnest($10::text[], $11::int[], $12::bool[]) as seen (stream_id, version, exact)
          where seen.version is distinct from
                case when seen.exact
                     then coalesce((select max(e.version) from event e
                                     where e.log_id = $1 and e.stream_id = seen.stream_id), 0)
                     else (select e.version from event e
                            where e.log_id = $1 and e.stream_id = seen.stream_id and e.version = seen.version)
                end)
    returning position - $2::int as before, recorded_at
  ), batch as (
    select before, recorded_at, int8send((extract(epoch from recorded_at) * 1000000)::int8) as micros from head
  ), appended as (
    insert into event (log_id, position, stream_id, version, id, type, entry, salt, leaf_hash, recorded_at)
    select $1, batch.before + e.place, e.stream_id, e.version, e.id, e.type, e.entry, e.salt,
           sha256('\\x00'::bytea || e.commitment || batch.micros), batch.recorded_at
      from batch, (
        select unnest($3::text[]) as stream_id, unnest($4::int[]) as version, unnest($5::uuid[]) as id,
               unnest($6::text[]) as type, unnest($7::text[]) as entry, unnest($8::bytea[]) as salt,
               unnest($9::bytea[]) as commitment, unnest($13::int[]) as place
      ) as e
  )
  select before, recorded_at from head`;
