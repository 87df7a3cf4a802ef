import { sql } from 'kysely';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from '../event-store/database.js';
import { readEntry } from '../event-store/entry.js';

/** Every event that concerns a commitment, oldest first; empty for one that does not exist. */
export async function commitmentEvents(db: Database, log: string, commitment: string): Promise<PactaEvent[]> {
  const { rows } = await sql<{ entry: string; position: number; recorded_at: string }>`
    select e.entry, e.position, e.recorded_at
      from commitment_history h join event e using (log_id, position)
     where h.log_id = ${log} and h.commitment = ${commitment}
     order by h.position`.execute(db);
  return rows.map(readEntry);
}
