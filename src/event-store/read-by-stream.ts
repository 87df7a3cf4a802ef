import { sql } from 'kysely';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from './database.js';
import { readEntry } from './entry.js';

/** Which events to read: all of the streams of these kinds, and those of these types in whatever stream. */
export interface Wanted {
  readonly kinds: readonly string[];
  readonly types: readonly string[];
}

/**
 * Events read at a time: some two megabytes. While they are dealt with the server reads the next ones, which should fit
 * into the buffers of the connection.
 */
const PAGE = 2000;

type Row = Parameters<typeof readEntry>[0];

/**
 * The wanted events of a log up to a position, stream by stream, each stream in its order; in chunks that do not heed
 * where a stream ends. What is in the log never changes, so that all of it together is the log as of that position.
 */
export async function* readByStream(
  db: Database,
  log: string,
  upTo: number,
  wanted: Wanted,
): AsyncGenerator<readonly PactaEvent[]> {
  let coming: Promise<readonly Row[]> | undefined = readPage(db, log, upTo, wanted, undefined);
  while (coming) {
    const rows: readonly Row[] = await coming;
    const last = rows.at(-1);
    coming = last && rows.length === PAGE ? readPage(db, log, upTo, wanted, readEntry(last)) : undefined;
    // Whoever reads may stop before it has come.
    coming?.catch(() => undefined);
    if (last) yield rows.map(readEntry);
  }
}

async function readPage(
  db: Database,
  log: string,
  upTo: number,
  { kinds, types }: Wanted,
  after: PactaEvent | undefined,
): Promise<readonly Row[]> {
  const patterns = kinds.map((kind) => `${kind}-%`);
  const { rows } = await sql<Row>`
    select entry, position, recorded_at from event
     where log_id = ${log} and position <= ${upTo}
       and ${after ? sql`(stream_id, version) > (${after.stream}, ${after.version})` : sql`true`}
       and (stream_id like any(${patterns}) or type = any(${types}))
     order by stream_id, version
     limit ${PAGE}`.execute(db);
  return rows;
}
