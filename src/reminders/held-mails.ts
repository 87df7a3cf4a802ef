import { sql } from 'kysely';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';

/** A mail that was perhaps sent, and about which a person decides. */
export interface HeldMail {
  readonly mailId: string;
  readonly log: string;
  /** Id of the recipient in the directory. */
  readonly contact: string;
  /** Commitments that it reminds of. */
  readonly commitments: readonly string[];
  /** When it was last handed over. */
  readonly since: string;
}

/** Mails that are held, the oldest first. */
export async function heldMails(db: Database): Promise<HeldMail[]> {
  const { rows } = await sql<HeldMail>`
    select r.mail_id as "mailId", r.log_id as log, r.contact, array_agg(distinct r.commitment) as commitments,
           max(a.intent_at) as since
      from reminder r join delivery_attempt a on a.mail_id = r.mail_id and a.fence = r.fence
     where r.state = 'uncertain' and r.not_before is null
     group by r.mail_id, r.log_id, r.contact order by since`.execute(db);
  return rows;
}

/** Lets a held mail be sent once more, the same to the byte. Throws {@link NotFound}. */
export async function sendHeld(db: Database, mailId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update reminder set not_before = now()
     where mail_id = ${mailId} and state = 'uncertain' and not_before is null`.execute(db);
  if (!numAffectedRows) throw notHeld(mailId);
}

/** A person knows that a held mail arrived: that it was sent goes on record. Throws {@link NotFound}. */
export async function heldArrived(db: Database, mailId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    with arrived as (
      update reminder set state = 'sent', on_record = false
       where mail_id = ${mailId} and state = 'uncertain' and not_before is null
      returning mail_id
    ), forgotten as (
      update delivery_attempt set raw = null where mail_id in (select mail_id from arrived)
    )
    select from arrived`
    .execute(db)
    .then(({ rows }) => ({ numAffectedRows: rows.length }));
  if (!numAffectedRows) throw notHeld(mailId);
}

function notHeld(mailId: string): NotFound {
  return new NotFound('no-such-held-mail', `No mail ${mailId} is held.`);
}
