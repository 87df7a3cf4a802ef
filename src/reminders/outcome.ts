import type { ReminderKind } from '../domain/reminder-turn.js';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import { cutOff } from './delivery-policy.js';
import type { Attempted, ClaimedMail } from './ledger.js';
import { locked, waitingAlone } from './locking.js';

/** How the attempt at a mail ended, under the fence of its claim. */
export interface Ended extends Attempted {
  readonly claim: Pick<ClaimedMail, 'mailId' | 'fence'>;
}

/**
 * Keeps how attempts ended. Whoever was taken for dead and has an outcome all the same is believed, unless the mail was claimed
 * since.
 */
export function writeOutcomes(db: Database, attempts: readonly Ended[]): Promise<void[]> {
  return waitingAlone(attempts, async (some, patient) => {
    const written = await writeFree(db, some, patient);
    return new Map(some.flatMap((each) => (written.has(each.claim.mailId) ? [[each, undefined]] : [])));
  });
}

/** Writes those outcomes of whose mails nobody else holds a reminder, or all after having waited; returns the ids of their mails. */
async function writeFree(db: Database, attempts: readonly Ended[], patient: boolean): Promise<Set<string>> {
  const column = <Value>(of: (attempt: Ended) => Value) => attempts.map(of);
  const mailIds = column(({ claim }) => claim.mailId);
  const fences = column(({ claim }) => claim.fence);
  const { rows } = await sql<{ mail_id: string }>`
    with ours as materialized (
      select id, mail_id from reminder where mail_id = any(${mailIds}) and fence = any(${fences}::int[])
    ), ${locked(sql`array(select id from ours)`, patient)}, told as materialized (
      select * from unnest(
        ${mailIds}::text[], ${fences}::int[], ${column(({ ending }) => ending.state)}::text[],
        ${column(({ ending }) => ('afterMs' in ending ? (ending.afterMs ?? null) : null))}::float8[],
        ${column(({ ending }) => (ending.state === 'failed' ? ending.why : null))}::text[],
        ${column(({ outcome }) => outcome.outcome)}::text[], ${column(({ outcome }) => outcome.code ?? null)}::int[],
        ${column(({ outcome }) => outcome.detail)}::text[]
      ) as told (mail_id, fence, state, after_ms, failed_why, outcome, smtp_code, detail)
       where not exists (select from ours where ours.mail_id = told.mail_id and ours.id not in (select id from locked))
    ), ended as (
      update reminder
         set state = told.state, lease_until = null, on_record = false,
             late = reminder.id = any(${attempts.flatMap(({ late }) => late)}),
             not_before = now() + told.after_ms * interval '1 ms', failed_why = told.failed_why,
             failed_code = case when told.state = 'failed' then told.smtp_code end
        from locked join told using (mail_id)
       where reminder.id = locked.id and reminder.fence = told.fence
         -- Not "in" the others: until statistics are taken after an import, the index of all that is planned would be read for that.
         and reminder.state not in ('sent', 'failed', 'cancelled', 'skipped')
      returning reminder.mail_id, reminder.fence
    ), attempt as (
      update delivery_attempt tried
         -- Only doubt needs the message once more; it stays where it was first kept.
         set finished_at = now(), outcome = told.outcome, smtp_code = told.smtp_code, detail = told.detail,
             raw = case when told.state = 'uncertain' then raw end
        from told
       where tried.mail_id = any(${mailIds}) and tried.mail_id = told.mail_id and tried.fence = told.fence
         and (finished_at is null
              or exists (select from ended where ended.mail_id = tried.mail_id and ended.fence = tried.fence))
      returning tried.mail_id, tried.fence, tried.message_id, told.state
    ), forgotten as (
      update delivery_attempt kept set raw = null
        from attempt
       where kept.mail_id = any(${mailIds}) and kept.mail_id = attempt.mail_id and kept.message_id = attempt.message_id
         and kept.fence <> attempt.fence and kept.raw is not null and attempt.state <> 'uncertain'
    )
    select mail_id from told`.execute(db);
  return new Set(rows.map(({ mail_id }) => mail_id));
}

/** A worker that died has left mails in hand: what its attempt came to follows from how far it had told. */
export async function takeUpCutOff(db: Database, policy: DeliveryPolicy): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mailId: string; fence: number; tries: number; kind: ReminderKind }>`
      select mail_id as "mailId", fence, tries, kind from reminder
       where state = 'sending' and lease_until < now() for update skip locked limit 1000`.execute(tx);
    const mails = new Map(rows.map((row) => [row.mailId, row]));
    const ended: Ended[] = [];
    for (const mail of mails.values()) {
      const { started, before } = await howFar(tx, mail.mailId, mail.fence);
      const reminders = rows.filter(({ mailId }) => mailId === mail.mailId);
      const tried = { tries: mail.tries, reminders, ...(before && { perhapsSent: before }) };
      ended.push({ claim: mail, ...cutOff(started, tried, policy) });
    }
    // What others hold of a mail is in the way for as long as this transaction lasts: the next look sees to it.
    if (ended.length > 0) await writeFree(tx, ended, false);
  });
}

async function howFar(db: Database, mailId: string, fence: number) {
  const { rows } = await sql<{ started: boolean; before: boolean }>`
    select a.data_started_at is not null as started,
           exists (select from delivery_attempt earlier
                    where earlier.mail_id = a.mail_id and earlier.message_id = a.message_id
                      and earlier.fence < a.fence and earlier.outcome = 'uncertain') as before
      from delivery_attempt a where a.mail_id = ${mailId} and a.fence = ${fence}`.execute(db);
  return rows[0] ?? { started: false, before: false };
}
