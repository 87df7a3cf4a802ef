import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from './database.js';
import { readEntry } from './entry.js';

const columns = ['entry', 'position', 'recorded_at'] as const;

/** Every event of a stream from a version on, oldest first; empty for a stream that does not exist. */
export async function readStream(db: Database, log: string, stream: string, from = 1): Promise<PactaEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(columns)
    .where('log_id', '=', log)
    .where('stream_id', '=', stream)
    .where('version', '>=', from)
    .orderBy('version')
    .execute();
  return rows.map(readEntry);
}

/** Events of these types in any of `streams`, oldest first. */
export async function readStreams(
  db: Database,
  log: string,
  streams: readonly string[],
  types: readonly string[],
): Promise<PactaEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(columns)
    .where('log_id', '=', log)
    .where('stream_id', 'in', streams)
    .where('type', 'in', types)
    .orderBy('position')
    .execute();
  return rows.map(readEntry);
}

/** The events of a log at the `limit` positions after `after`, in order; only those of certain types, where they are given. */
export async function readLog(
  db: Database,
  log: string,
  after: number,
  limit: number,
  types?: readonly string[],
): Promise<PactaEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(columns)
    .where('log_id', '=', log)
    .where('position', '>', after)
    .where('position', '<=', after + limit)
    .$if(types !== undefined, (query) => query.where('type', 'in', types!))
    .orderBy('position')
    .execute();
  return rows.map(readEntry);
}

/** Position of the last event of a log; 0 for one that does not exist. */
export async function headOf(db: Database, log: string): Promise<number> {
  const head = await db
    .selectFrom('log_head')
    .select('position')
    .where('log_id', '=', log)
    .executeTakeFirst();
  return head?.position ?? 0;
}

/** Positions read at a time; between two readings others get their turn. */
const CHUNK = 1000;

/**
 * Every event of the streams of one kind up to a position, in order, in chunks. What is in the log never changes, so
 * that all of it together is the state as of that position, however long the reading takes.
 */
export async function* readKind(
  db: Database,
  log: string,
  kind: string,
  upTo: number,
): AsyncGenerator<PactaEvent[]> {
  for (let after = 0; after < upTo; after += CHUNK) {
    const rows = await db
      .selectFrom('event')
      .select(columns)
      .where('log_id', '=', log)
      .where('position', '>', after)
      .where('position', '<=', Math.min(after + CHUNK, upTo))
      .where('stream_id', 'like', `${kind}-%`)
      .orderBy('position')
      .execute();
    yield rows.map(readEntry);
  }
}

/** Those of `streams` that exist in the log. */
export async function existingStreams(
  db: Database,
  log: string,
  streams: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('event')
    .select('stream_id')
    .where('log_id', '=', log)
    .where('stream_id', 'in', streams)
    .where('version', '=', 1)
    .execute();
  return new Set(rows.map((row) => row.stream_id));
}
