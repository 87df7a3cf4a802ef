import { sql } from 'kysely';
import { NotFound, Refusal } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { messageKept } from '../mail/kept-message.js';

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
  /** What came of that, in one line; it may repeat an address. */
  readonly detail: string | null;
}

/** What decides whether a held mail can go out as it was. */
interface Kept {
  readonly commitment: string;
  readonly withheld: boolean;
  readonly contact: string;
  /** Where a mail to the contact goes now. */
  readonly address: string;
  readonly raw: Buffer | null;
}

/** Mails that are held, the oldest first. */
export async function heldMails(db: Database): Promise<HeldMail[]> {
  const { rows } = await sql<HeldMail>`
    select r.mail_id as "mailId", r.log_id as log, r.contact, array_agg(distinct r.commitment) as commitments,
           max(a.intent_at) as since, max(a.detail) as detail
      from reminder r join delivery_attempt a on a.mail_id = r.mail_id and a.fence = r.fence
     where r.state = 'uncertain' and r.not_before is null
     group by r.mail_id, r.log_id, r.contact order by since`.execute(db);
  return rows;
}

/**
 * Lets a held mail be sent once more, the same to the byte. Throws {@link NotFound}, and {@link Refusal} where it cannot go out
 * as it was: it would only be held again.
 */
export async function sendHeld(db: Database, mailId: string): Promise<void> {
  const changed = await whatHasChanged(db, mailId);
  if (changed) {
    throw new Refusal('mail-has-changed', `Mail ${mailId} cannot go out once more: ${changed}`);
  }
  const { numAffectedRows } = await sql`
    update reminder set not_before = now()
     where mail_id = ${mailId} and state = 'uncertain' and not_before is null`.execute(db);
  if (!numAffectedRows) throw notHeld(mailId);
}

/** Why a held mail cannot go out as it was, of a contact that is still there: to others nothing goes, and their mails end. */
async function whatHasChanged(db: Database, mailId: string): Promise<string | undefined> {
  const { rows } = await sql<Kept>`
    select r.commitment, coalesce(s.level <> 'public', false) as withheld, r.contact, c.address,
           (select kept.raw from delivery_attempt last join delivery_attempt kept using (mail_id, message_id)
             where last.mail_id = r.mail_id and last.fence = r.fence and kept.raw is not null limit 1) as raw
      from reminder r
      join contact c on c.log_id = r.log_id and c.id = r.contact
      left join commitment_standing s on s.log_id = r.log_id and s.commitment = r.commitment
     where r.mail_id = ${mailId} and r.state = 'uncertain' and r.not_before is null
     order by r.commitment`.execute(db);
  for (const { commitment, withheld, contact, address, raw } of rows) {
    if (withheld) return `${commitment} is withheld now.`;
    if (!raw) return 'its bytes are no longer kept.';
    if (messageKept(raw).envelope.to.toLowerCase() !== address.toLowerCase())
      return `the address of ${contact} has changed since.`;
  }
  return undefined;
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
