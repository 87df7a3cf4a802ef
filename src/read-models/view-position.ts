import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';

/**
 * Position of a log that all of these views have reached: what an answer made of them is as of. Read it before the
 * answer: a tag that is too old costs a poll, one that is too new would hide a change.
 */
export async function positionReached(db: Database, log: string, views: readonly string[]): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select min(coalesce(c.position, 0)) as position
      from unnest(${views}::text[]) as view (name)
      left join checkpoint c on c.subscription = view.name and c.log_id = ${log}`.execute(db);
  return rows[0]?.position ?? 0;
}
