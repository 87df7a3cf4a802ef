import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { ReadModel } from './projection.js';
import { type KnownDialogue, tagKey } from './status-answers.js';

/**
 * The entity tag of an answer that is made of the status view and of others: the position of the one that is behind, what
 * else it depends on ({@link tagKey}), and how far the others are ahead of it, which may be for long where it is being built or has
 * set the log aside, and the answer changes with them. Read it before the answer: a tag that is too old costs a poll, one that
 * is too new would hide a change. The status view counts as of when the dialogue was looked up, since the answer rests on that.
 */
export async function versionOf(
  db: Database,
  known: KnownDialogue,
  others: readonly ReadModel[],
): Promise<string> {
  const { rows } = await sql<{ position: number }>`
    select coalesce(c.position, 0) as position
      from unnest(${others.map(({ name }) => name)}::text[]) as view (name)
      left join checkpoint c on c.subscription = view.name and c.log_id = ${known.announcement.slug}`.execute(
    db,
  );
  const positions = [known.position, ...rows.map(({ position }) => position)];
  const behind = Math.min(...positions);
  const ahead = positions.reduce((sum, position) => sum + position - behind, 0);
  return `${behind}-${tagKey(known)}${ahead > 0 ? `+${ahead}` : ''}`;
}
