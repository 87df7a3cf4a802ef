import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { withoutWaiting } from '../event-store/without-waiting.js';
import type { ClaimedMail } from './ledger.js';
import { locked, waitingAlone } from './locking.js';

/** A message that is to go out for a claimed mail. */
export interface Intent {
  readonly claim: ClaimedMail;
  readonly messageId: string;
  readonly raw: Buffer;
}

interface Kept {
  readonly mail_id: string;
  readonly fence: number;
}

/** Keeps which messages are about to go out. Says of each whether its claim still holds; it is kept only then. */
export async function keepIntents(db: Database, intents: readonly Intent[]): Promise<boolean[]> {
  const claims = intents.map(({ claim }) => claim);
  const { rows } = await sql<Kept>`
    with held as materialized (
      select mail_id, fence from reminder
       where id = any(${remindersOf(claims).map(({ id }) => id)}) and state = 'sending' and lease_until > now()
    )
    insert into delivery_attempt (mail_id, fence, message_id, log_id, contact, raw)
    select mail_id, fence, message_id, log_id, contact, raw
      from unnest(${claims.map(({ mailId }) => mailId)}::text[], ${claims.map(({ fence }) => fence)}::int[],
                  ${claims.map(({ reminders }) => reminders.length)}::int[],
                  ${intents.map(({ messageId }) => messageId)}::text[], ${claims.map(({ log }) => log)}::text[],
                  ${claims.map(({ contact }) => contact)}::text[],
                  ${intents.map(({ claim, raw }) => (claim.perhapsSent?.raw ? null : raw))}::bytea[])
           as mail (mail_id, fence, reminders, message_id, log_id, contact, raw)
     where ${allOfItHeld} and ${withoutWaiting} is not null
    on conflict (mail_id, fence) do update set intent_at = now(), raw = excluded.raw
    returning mail_id, fence`.execute(db);
  return whichOf(claims, rows);
}

/**
 * Keeps that the servers are ready for the messages, and holds the claims for `leaseMs` from now on. Says of each whether its
 * claim still held; where it did not, the message must not be sent.
 */
export function keepDataStarted(
  db: Database,
  claims: readonly ClaimedMail[],
  leaseMs: number,
): Promise<boolean[]> {
  return waitingAlone(claims, async (some, patient) => {
    const reminders = remindersOf(some);
    const ids = reminders.map(({ id }) => id);
    const { rows } = await sql<{ free: readonly string[]; kept: readonly Kept[] }>`
      with ${locked(sql`${ids}`, patient)}, held as (
        update reminder set lease_until = now() + ${leaseMs} * interval '1 ms'
          from unnest(${ids}::text[], ${reminders.map(({ fence }) => fence)}::int[]) as claimed (id, fence)
          join locked using (id)
         where reminder.id = claimed.id and reminder.fence = claimed.fence
           and state = 'sending' and lease_until > now()
        returning reminder.mail_id, reminder.fence
      ), started as (
        update delivery_attempt attempt set data_started_at = now()
          from unnest(${some.map(({ mailId }) => mailId)}::text[], ${some.map(({ fence }) => fence)}::int[],
                      ${some.map((claim) => claim.reminders.length)}::int[]) as mail (mail_id, fence, reminders)
         where attempt.mail_id = mail.mail_id and attempt.fence = mail.fence and finished_at is null
           and ${allOfItHeld}
        returning attempt.mail_id, attempt.fence
      )
      select array(select id from locked) as free,
             (select coalesce(json_agg(started), '[]') from started) as kept`.execute(db);
    const { free, kept } = rows[0]!;
    const holds = whichOf(some, kept);
    const isFree = (claim: ClaimedMail) => patient || claim.reminders.every(({ id }) => free.includes(id));
    return new Map(some.flatMap((claim, place) => (isFree(claim) ? [[claim, holds[place]!]] : [])));
  });
}

/**
 * True in SQL of a `mail` all of whose reminders are among those `held`. They are named one by one there: after an import, before
 * its statistics are taken, the server would read all that is planned to find those of one mail.
 */
const allOfItHeld = sql<boolean>`
  mail.reminders = (select count(*) from held where held.mail_id = mail.mail_id and held.fence = mail.fence)`;

function remindersOf(claims: readonly ClaimedMail[]) {
  return claims.flatMap(({ fence, reminders }) => reminders.map(({ id }) => ({ id, fence })));
}

function whichOf(claims: readonly ClaimedMail[], rows: readonly Kept[]): boolean[] {
  const kept = new Set(rows.map(({ mail_id, fence }) => `${mail_id} ${fence}`));
  return claims.map(({ mailId, fence }) => kept.has(`${mailId} ${fence}`));
}
