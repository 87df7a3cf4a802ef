import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store/database.js';

/**
 * True in SQL of a reminder `weaker` where a stronger step of its series has fallen due as well. What was put off was promised for
 * its day: only what goes out now as well, or fell due no sooner, overtakes it.
 */
export const isOvertaken = sql<boolean>`
  weaker.state = 'planned' and weaker.due_at <= now()
    and exists (select from reminder stronger
                 where stronger.log_id = weaker.log_id and stronger.commitment = weaker.commitment
                   and stronger.due_version = weaker.due_version and stronger.kind = weaker.kind
                   and stronger.contact = weaker.contact and stronger.due_at <= now()
                   and (stronger.strength, stronger.due_at) > (weaker.strength, weaker.due_at)
                   and stronger.state in ('planned', 'sending', 'sent', 'uncertain', 'failed')
                   and (weaker.snoozed = 0 or stronger.due_at >= weaker.due_at
                        or stronger.state in ('planned', 'sending')))`;

/** Of several steps of a series that were missed, only the strongest goes out: skips the others among `which`, and returns their ids. */
export async function skipOvertaken(db: Database, which: RawBuilder<boolean>): Promise<Set<string>> {
  // What others hold they see to themselves, or it is found again.
  const { rows } = await sql<{ id: string }>`
    update reminder set state = 'skipped'
     where id = any(array(select weaker.id from reminder weaker where ${isOvertaken} and ${which}
                             for update of weaker skip locked))
    returning id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
