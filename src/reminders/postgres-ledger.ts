import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { withoutWaiting } from '../event-store/without-waiting.js';
import { claimMail } from './claim.js';
import { defaultPolicy, type DeliveryPolicy } from './delivery-policy.js';
import { dueMails, gatherMissedDigests } from './due-mails.js';
import type { Attempted, ClaimedMail, DueMail, ReminderLedger, Unrecorded } from './ledger.js';
import { type MailFence, mayMailSql } from './mail-fence.js';
import { skipOvertaken } from './overtaken.js';
import { takeUpCutOff, writeOutcome } from './outcome.js';

/** How long a claim holds, in milliseconds: until the server is ready for the message, and from then until its answer. */
export interface Leases {
  readonly claim: number;
  readonly message: number;
}

/** Longer than the mailer's own patience with a server. */
const LEASES: Leases = { claim: 60_000, message: 180_000 };

/**
 * The ledger in the tables `reminder` and `delivery_attempt`. Two commits of a mail wait for the disk: the one before the message
 * is sent, which has all before it on disk as well, and the one that keeps how it ended.
 */
export class PostgresLedger implements ReminderLedger {
  constructor(
    private readonly db: Database,
    private readonly fence: Pick<MailFence, 'token'>,
    private readonly policy: DeliveryPolicy = defaultPolicy,
    private readonly leases: Leases = LEASES,
  ) {}

  async due(aheadMs: number): Promise<DueMail[]> {
    await takeUpCutOff(this.db, this.policy);
    await skipOvertaken(this.db, sql`true`);
    await gatherMissedDigests(this.db);
    return dueMails(this.db, aheadMs);
  }

  claim(mailId: string): Promise<ClaimedMail | undefined> {
    const { fence, leases, policy } = this;
    return this.db
      .transaction()
      .execute((tx) => claimMail(tx, mailId, mayMailSql(fence.token), leases.claim, policy));
  }

  async cancel({ mailId, fence }: ClaimedMail, reminders: readonly string[]): Promise<void> {
    await sql`
      update reminder set state = 'cancelled', lease_until = null
       where mail_id = ${mailId} and fence = ${fence} and state = 'sending' and id = any(${reminders})`.execute(
      this.db,
    );
  }

  async intend(claim: ClaimedMail, { messageId, raw }: { messageId: string; raw: Buffer }): Promise<boolean> {
    const { mailId, fence, log, contact, reminders, perhapsSent } = claim;
    const kept = perhapsSent?.raw ? null : raw;
    const { numAffectedRows } = await sql`
      insert into delivery_attempt (mail_id, fence, message_id, log_id, contact, raw)
      select ${mailId}, ${fence}, ${messageId}, ${log}, ${contact}, ${kept}
        from reminder where ${held(claim)}
      having count(*) = ${reminders.length} and ${withoutWaiting} is not null
      on conflict (mail_id, fence) do update set intent_at = now(), raw = excluded.raw`.execute(this.db);
    return numAffectedRows === 1n;
  }

  async startData(claim: ClaimedMail): Promise<boolean> {
    const { mailId, fence, reminders } = claim;
    const { numAffectedRows } = await sql`
      with held as (
        update reminder set lease_until = now() + ${this.leases.message} * interval '1 ms'
         where ${held(claim)}
        returning id
      )
      update delivery_attempt set data_started_at = now()
       where mail_id = ${mailId} and fence = ${fence} and finished_at is null
         and (select count(*) from held) = ${reminders.length}`.execute(this.db);
    return numAffectedRows === 1n;
  }

  finish(claim: Pick<ClaimedMail, 'mailId' | 'fence'>, attempted: Attempted): Promise<void> {
    return writeOutcome(this.db, claim, attempted);
  }

  async notOnRecord(mailId?: string): Promise<Unrecorded[]> {
    const which = mailId === undefined ? sql`true` : sql`mail_id = ${mailId}`;
    const { rows } = await sql<Unrecorded>`
      select id, log_id, commitment, due_version, step, kind, contact, party, due_at, mail_id, fence, state, late,
             failed_why, failed_code, state = 'uncertain' and not_before is null as held
        from reminder where not on_record and state in ('sent', 'uncertain', 'failed') and ${which}
       order by due_at limit 500`.execute(this.db);
    return rows;
  }

  async putOnRecord({ id, fence, state }: Unrecorded): Promise<void> {
    await sql`
      update reminder set on_record = true
       where id = ${id} and fence = ${fence} and state = ${state} and ${withoutWaiting} is not null`.execute(
      this.db,
    );
  }
}

/**
 * Reminders that are in hand under this claim. They are named one by one: after an import, before its statistics are taken, the
 * server would read all that is planned to find those of one mail.
 */
function held({ fence, reminders }: ClaimedMail) {
  return sql`id = any(${reminders.map(({ id }) => id)}) and fence = ${fence} and state = 'sending' and lease_until > now()`;
}
