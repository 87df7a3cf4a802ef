import type { ReminderKind } from '../domain/reminder-turn.js';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import { cutOff } from './delivery-policy.js';
import type { Attempted, ClaimedMail } from './ledger.js';

/** Keeps how an attempt ended. Whoever was taken for dead and has an outcome all the same is believed, unless the mail was claimed since. */
export async function writeOutcome(
  db: Database,
  { mailId, fence }: Pick<ClaimedMail, 'mailId' | 'fence'>,
  { outcome, ending, late }: Attempted,
): Promise<void> {
  const afterMs = 'afterMs' in ending ? (ending.afterMs ?? null) : null;
  const failed = ending.state === 'failed' ? { why: ending.why, code: outcome.code ?? null } : null;
  // Only doubt needs the message once more; it stays where it was first kept.
  const keep = ending.state === 'uncertain';
  await sql`
    with ended as (
      update reminder
         set state = ${ending.state}, lease_until = null, on_record = false, late = id = any(${late}),
             not_before = now() + ${afterMs}::float8 * interval '1 ms',
             failed_why = ${failed?.why ?? null}, failed_code = ${failed?.code ?? null}
       where mail_id = ${mailId} and fence = ${fence}
         -- Not "in" the others: until statistics are taken after an import, the index of all that is planned would be read for that.
         and state not in ('sent', 'failed', 'cancelled', 'skipped')
      returning id
    ), attempt as (
      update delivery_attempt
         set finished_at = now(), outcome = ${outcome.outcome}, smtp_code = ${outcome.code ?? null},
             detail = ${outcome.detail}, raw = case when ${keep} then raw end
       where mail_id = ${mailId} and fence = ${fence} and (finished_at is null or exists (select from ended))
      returning message_id
    )
    update delivery_attempt kept set raw = null
      from attempt
     where kept.mail_id = ${mailId} and kept.message_id = attempt.message_id and kept.fence <> ${fence}
       and kept.raw is not null and not ${keep}`.execute(db);
}

/** A worker that died has left mails in hand: what its attempt came to follows from how far it had told. */
export async function takeUpCutOff(db: Database, policy: DeliveryPolicy): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mailId: string; fence: number; tries: number; kind: ReminderKind }>`
      select mail_id as "mailId", fence, tries, kind from reminder
       where state = 'sending' and lease_until < now() for update skip locked limit 1000`.execute(tx);
    const mails = new Map(rows.map((row) => [row.mailId, row]));
    for (const mail of mails.values()) {
      const { started, before } = await howFar(tx, mail.mailId, mail.fence);
      const reminders = rows.filter(({ mailId }) => mailId === mail.mailId);
      const tried = { tries: mail.tries, reminders, ...(before && { perhapsSent: before }) };
      await writeOutcome(tx, mail, cutOff(started, tried, policy));
    }
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
