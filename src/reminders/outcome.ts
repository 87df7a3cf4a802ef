import type { ReminderKind } from '../domain/reminder-turn.js';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import { cutOff } from './delivery-policy.js';
import type { Attempted, ClaimedMail } from './ledger.js';

/** How the attempt at a mail ended, under the fence of its claim. */
export interface Ended extends Attempted {
  readonly claim: Pick<ClaimedMail, 'mailId' | 'fence'>;
}

/**
 * Keeps how attempts ended. Whoever was taken for dead and has an outcome all the same is believed, unless the mail was claimed
 * since.
 */
export async function writeOutcomes(db: Database, attempts: readonly Ended[]): Promise<void[]> {
  const column = <Value>(of: (attempt: Ended) => Value) => attempts.map(of);
  const mailIds = column(({ claim }) => claim.mailId);
  await sql`
    with told as (
      select * from unnest(
        ${mailIds}::text[], ${column(({ claim }) => claim.fence)}::int[],
        ${column(({ ending }) => ending.state)}::text[],
        ${column(({ ending }) => ('afterMs' in ending ? (ending.afterMs ?? null) : null))}::float8[],
        ${column(({ ending }) => (ending.state === 'failed' ? ending.why : null))}::text[],
        ${column(({ outcome }) => outcome.outcome)}::text[], ${column(({ outcome }) => outcome.code ?? null)}::int[],
        ${column(({ outcome }) => outcome.detail)}::text[]
      ) as told (mail_id, fence, state, after_ms, failed_why, outcome, smtp_code, detail)
    ), ended as (
      update reminder
         set state = told.state, lease_until = null, on_record = false,
             late = id = any(${attempts.flatMap(({ late }) => late)}),
             not_before = now() + told.after_ms * interval '1 ms', failed_why = told.failed_why,
             failed_code = case when told.state = 'failed' then told.smtp_code end
        from told
       where reminder.mail_id = any(${mailIds}) and reminder.mail_id = told.mail_id and reminder.fence = told.fence
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
    )
    update delivery_attempt kept set raw = null
      from attempt
     where kept.mail_id = any(${mailIds}) and kept.mail_id = attempt.mail_id and kept.message_id = attempt.message_id
       and kept.fence <> attempt.fence and kept.raw is not null and attempt.state <> 'uncertain'`.execute(db);
  return attempts.map(() => undefined);
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
    if (ended.length > 0) await writeOutcomes(tx, ended);
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
