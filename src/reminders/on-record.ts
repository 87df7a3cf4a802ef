import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { withoutWaiting } from '../event-store/without-waiting.js';
import type { Unrecorded } from './ledger.js';
import { locked, waitingAlone } from './locking.js';

/** Most outcomes that are looked up at a time. */
const AT_A_TIME = 500;

/** Outcomes that the log does not have, the oldest first. */
export function notOnRecord(db: Database): Promise<Unrecorded[]> {
  return unrecorded(db, sql`true`, AT_A_TIME);
}

/** Outcomes of each of these mails that the log does not have. */
export async function notOnRecordOf(db: Database, mailIds: readonly string[]): Promise<Unrecorded[][]> {
  const found = await unrecorded(db, sql`mail_id = any(${mailIds})`, null);
  return mailIds.map((mailId) => found.filter(({ mail_id }) => mail_id === mailId));
}

async function unrecorded(
  db: Database,
  which: RawBuilder<boolean>,
  atMost: number | null,
): Promise<Unrecorded[]> {
  const { rows } = await sql<Unrecorded>`
    select id, log_id, commitment, due_version, step, kind, contact, party, due_at, mail_id, fence, state, late,
           failed_why, failed_code, state = 'uncertain' and not_before is null as held
      from reminder where not on_record and state in ('sent', 'uncertain', 'failed') and ${which}
     order by due_at limit ${atMost}`.execute(db);
  return rows;
}

/** Keeps that the log has these outcomes, where they are still what became of the reminders. */
export function keepOnRecord(db: Database, reminders: readonly Unrecorded[]): Promise<void[]> {
  return waitingAlone(reminders, async (some, patient) => {
    const ids = some.map(({ id }) => id);
    const { rows } = await sql<{ free: readonly string[] }>`
      with ${locked(sql`${ids}`, patient)}, kept as (
        update reminder set on_record = true
          from unnest(${ids}::text[], ${some.map(({ fence }) => fence)}::int[],
                      ${some.map(({ state }) => state)}::text[]) as told (id, fence, state)
          join locked using (id)
         where reminder.id = told.id and reminder.fence = told.fence and reminder.state = told.state
      )
      select array(select id from locked) as free, ${withoutWaiting}`.execute(db);
    const { free } = rows[0]!;
    return new Map(some.flatMap((each) => (patient || free.includes(each.id) ? [[each, undefined]] : [])));
  });
}
