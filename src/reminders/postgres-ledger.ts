import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { gathered } from '../event-store/gathered.js';
import { claimMails } from './claim.js';
import { defaultPolicy, type DeliveryPolicy } from './delivery-policy.js';
import { dueMails, gatherMissedDigests } from './due-mails.js';
import { type Intent, keepDataStarted, keepIntents } from './intent.js';
import type { Attempted, ClaimedMail, DueMail, ReminderLedger, Unrecorded } from './ledger.js';
import { type MailFence, mayMailSql } from './mail-fence.js';
import { keepOnRecord, notOnRecord, notOnRecordOf } from './on-record.js';
import { skipOvertaken } from './overtaken.js';
import { type Ended, takeUpCutOff, writeOutcomes } from './outcome.js';

/** How long a claim holds, in milliseconds: until the server is ready for the message, and from then until its answer. */
export interface Leases {
  readonly claim: number;
  readonly message: number;
}

/** Longer than the mailer's own patience with a server. */
const LEASES: Leases = { claim: 60_000, message: 180_000 };

/**
 * The ledger in the tables `reminder` and `delivery_attempt`. Mails that are under way at the same time share statements and
 * commits. Two commits of a mail wait for the disk: the one before the message is sent, which has all before it on disk as well,
 * and the one that keeps how it ended.
 */
export class PostgresLedger implements ReminderLedger {
  readonly claim = gathered((mailIds: readonly string[]) =>
    this.db
      .transaction()
      .execute((tx) => claimMails(tx, mailIds, mayMailSql(this.fence.token), this.leases.claim, this.policy)),
  );
  readonly startData = gathered((claims: readonly ClaimedMail[]) =>
    keepDataStarted(this.db, claims, this.leases.message),
  );
  readonly putOnRecord = gathered((reminders: readonly Unrecorded[]) => keepOnRecord(this.db, reminders));
  private readonly intendAmong = gathered((intents: readonly Intent[]) => keepIntents(this.db, intents));
  private readonly finishAmong = gathered((attempts: readonly Ended[]) => writeOutcomes(this.db, attempts));
  private readonly notOnRecordAmong = gathered((mailIds: readonly string[]) =>
    notOnRecordOf(this.db, mailIds),
  );

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

  async cancel({ mailId, fence }: ClaimedMail, reminders: readonly string[]): Promise<void> {
    await sql`
      update reminder set state = 'cancelled', lease_until = null
       where mail_id = ${mailId} and fence = ${fence} and state = 'sending' and id = any(${reminders})`.execute(
      this.db,
    );
  }

  intend(claim: ClaimedMail, { messageId, raw }: { messageId: string; raw: Buffer }): Promise<boolean> {
    return this.intendAmong({ claim, messageId, raw });
  }

  finish(claim: Pick<ClaimedMail, 'mailId' | 'fence'>, attempted: Attempted): Promise<void> {
    return this.finishAmong({ claim, ...attempted });
  }

  notOnRecord(mailId?: string): Promise<Unrecorded[]> {
    return mailId === undefined ? notOnRecord(this.db) : this.notOnRecordAmong(mailId);
  }
}
