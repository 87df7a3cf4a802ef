import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { ReadModel } from './projection.js';
import { type KnownDialogue, tagKey } from './status-answers.js';

/**
 * The entity tag of an answer that is made of several views: the position of the one that is behind, the parties'
 * days and what the reader sees; and how far the others are ahead of it, which may be for long where it is being built or has
 * set the log aside, and the answer changes with them. Read it before the answer: a tag that is too old costs a poll, one that
 * is too new would hide a change.
 */
export async function versionOf(
  db: Database,
  known: KnownDialogue,
  views: readonly ReadModel[],
): Promise<string> {
  const { rows } = await sql<{ position: number; ahead: number }>`
    select min(position)::bigint as position, (sum(position) - count(*) * min(position))::bigint as ahead
      from (select coalesce(c.position, 0) as position
              from unnest(${views.map(({ name }) => name)}::text[]) as view (name)
              left join checkpoint c on c.subscription = view.name and c.log_id = ${known.announcement.slug}) v`.execute(
    db,
  );
  const { position, ahead } = rows[0]!;
  return `${position}-${tagKey(known)}${ahead > 0 ? `+${ahead}` : ''}`;
}
