import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { dueInstant, type LocalPlan } from './due-instant.js';
import type { DueMail } from './ledger.js';

/** Most mails that are looked up at a time, the oldest first. */
const AT_A_TIME = 500;

/** Mails that are due or will be within `aheadMs`, by the clock of the database. */
export async function dueMails(db: Database, aheadMs: number): Promise<DueMail[]> {
  const { rows } = await sql<DueMail>`
    select mail_id as "mailId",
           greatest(0, extract(epoch from min(greatest(due_at, not_before)) - now()) * 1000)::float8 as "inMs",
           (select max(fence) from reminder of_mail where of_mail.mail_id = reminder.mail_id) as claims
      from reminder
     where due_at <= now() + ${aheadMs} * interval '1 ms'
       and (state = 'planned' or (state = 'uncertain' and on_record and not_before is not null))
       and coalesce(not_before, due_at) <= now() + ${aheadMs} * interval '1 ms'
     group by mail_id order by min(due_at) limit ${AT_A_TIME}`.execute(db);
  return rows;
}

/** After days of downtime a person gets one digest of what was missed, not one of each day. */
export async function gatherMissedDigests(db: Database): Promise<void> {
  await sql`
    with missed as (
      select id, mail_id, log_id, contact, kind = 'escalation' as escalates, due_at from reminder
       where state = 'planned' and due_at <= now() and mail_id <> id and fence = 0
       for update skip locked
    ), newest as (
      select distinct on (log_id, contact, escalates) log_id, contact, escalates, mail_id from missed
       order by log_id, contact, escalates, due_at desc
    )
    update reminder r set mail_id = newest.mail_id
      from missed join newest using (log_id, contact, escalates)
     where r.id = missed.id and r.mail_id <> newest.mail_id`.execute(db);
}

/** Works out anew when planned reminders are due: the rules of a zone change with the release of Node that runs. */
export async function workOutDueTimes(db: Database): Promise<void> {
  const { rows } = await sql<LocalPlan>`
    select distinct local_day, local_hour, zone, due_at from reminder
     where state = 'planned' and local_day is not null and due_at > now()`.execute(db);
  for (const plan of rows) {
    const due = dueInstant(plan);
    if (Date.parse(due) === Date.parse(plan.due_at)) continue;
    await sql`
      update reminder set due_at = ${due}
       where state = 'planned' and local_day = ${plan.local_day} and local_hour = ${plan.local_hour}
         and zone = ${plan.zone} and due_at = ${plan.due_at}`.execute(db);
  }
}

/** Messages and servers' words name people: nothing of them is left when a contact is erased. */
export async function forgetErased(db: Database): Promise<void> {
  await sql`
    update delivery_attempt a set raw = null, detail = null
     where (raw is not null or detail is not null) and contact is not null
       and not exists (select from contact c where c.log_id = a.log_id and c.id = a.contact)`.execute(db);
}
