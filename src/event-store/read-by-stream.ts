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
 * Events read at a time: some two megabytes. While they are dealt with the server gets the next ones ready, which should
 * fit into the buffers of the connection.
 */
const PAGE = 2000;

/** Memory in which the server sorts; what takes more it sorts on disk. */
const SORTED_IN = '64MB';

type Row = Parameters<typeof readEntry>[0];

/**
 * The wanted events of a log up to a position, stream by stream, each stream in its order; in chunks that do not heed
 * where a stream ends. The server reads the log in its own order and sorts: by the index of the streams it would look for
 * every event in another place. Whoever stops early must say so (`return`), as `for await` does.
 */
export async function* readByStream(
  db: Database,
  log: string,
  upTo: number,
  { kinds, types }: Wanted,
): AsyncGenerator<readonly PactaEvent[], void, void> {
  const patterns = kinds.map((kind) => `${kind}-%`);
  const tx = await db.startTransaction().setAccessMode('read only').execute();
  const fetch = async () => (await sql<Row>`fetch ${sql.lit(PAGE)} from by_stream`.execute(tx)).rows;
  try {
    await sql`select set_config('work_mem', ${SORTED_IN}, true)`.execute(tx);
    await sql`
      declare by_stream no scroll cursor for
       select entry, position, recorded_at from event
        where log_id = ${log} and position <= ${upTo}
          and (stream_id like any(${patterns}::text[]) or type = any(${types}::text[]))
        order by stream_id collate "C", version`.execute(tx);
    let coming = fetch();
    for (let rows = await coming; rows.length > 0; rows = await coming) {
      coming = fetch();
      // Whoever reads may stop before it has come.
      coming.catch(() => undefined);
      yield rows.map(readEntry);
    }
  } finally {
    await tx.rollback().execute();
  }
}
