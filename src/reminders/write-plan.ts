import { sql, type Transaction } from 'kysely';
import type { LogDatabase } from '../event-store/database.js';
import type { PlannedReminder } from './plan.js';

/**
 * Makes the planned rows of these commitments agree with `plan`, in one statement. What was sent, failed or is in hand stays as
 * it is. What was put off keeps its day as long as its series goes on, and what was handed over its recipient as long as there
 * is one. What was acknowledged does not come back.
 */
export async function writePlan(
  tx: Transaction<LogDatabase>,
  log: string,
  commitments: readonly string[],
  plan: readonly PlannedReminder[],
): Promise<void> {
  // In the order in which others lock several of them (locking.ts).
  const inOrder = plan.toSorted(({ id: one }, { id: other }) => (one < other ? -1 : 1));
  const column = <Key extends keyof PlannedReminder>(key: Key) => inOrder.map((each) => each[key]);
  await sql`
    with plan as materialized (
      select * from unnest(
        ${column('id')}::text[], ${column('commitment')}::text[], ${column('due_version')}::int[],
        ${column('kind')}::text[], ${column('step')}::text[], ${column('strength')}::int[],
        ${column('contact')}::text[], ${column('party')}::text[], ${column('local_day')}::date[],
        ${column('local_hour')}::int[], ${column('zone')}::text[], ${column('due_at')}::timestamptz[],
        ${column('mail_id')}::text[]
      ) as planned (id, commitment, due_version, kind, step, strength, contact, party, local_day, local_hour, zone,
                    due_at, mail_id)
    ), cancelled as (
      update reminder set state = 'cancelled'
       where log_id = ${log} and state = 'planned' and commitment = any(${commitments})
         and id <> all(${column('id')}::text[])
         and not ((snoozed > 0 or handed_from is not null) and exists (
               select from plan where plan.commitment = reminder.commitment and plan.kind = reminder.kind
                                  and plan.due_version = reminder.due_version and plan.party = reminder.party))
    )
    insert into reminder (id, log_id, commitment, due_version, kind, step, strength, contact, party, local_day,
                          local_hour, zone, due_at, mail_id, state)
    select id, ${log}, commitment, due_version, kind, step, strength, contact, party, local_day, local_hour, zone,
           due_at, mail_id, 'planned'
      from plan
    on conflict (id) do update
       set state = 'planned', kind = excluded.kind, strength = excluded.strength, contact = excluded.contact,
           party = excluded.party, local_day = excluded.local_day, local_hour = excluded.local_hour,
           zone = excluded.zone, due_at = excluded.due_at, mail_id = excluded.mail_id
     where reminder.acknowledged_at is null
       and (reminder.state = 'cancelled'
            or (reminder.state = 'planned' and reminder.snoozed = 0 and reminder.handed_from is null
                and (reminder.contact = excluded.contact
                     or not exists (select from contact c where c.log_id = ${log} and c.id = reminder.contact))
                and (reminder.local_day, reminder.local_hour, reminder.zone, reminder.mail_id, reminder.strength,
                     reminder.due_at)
                    is distinct from (excluded.local_day, excluded.local_hour, excluded.zone, excluded.mail_id,
                                      excluded.strength, excluded.due_at)))`.execute(tx);
}
