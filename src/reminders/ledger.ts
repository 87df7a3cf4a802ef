import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { MailOutcome } from '../mail/mailer.js';

/** A reminder that a worker has claimed and nobody else may send. */
export interface ClaimedReminder {
  readonly id: string;
  readonly log_id: string;
  readonly commitment: string;
  readonly due_version: number;
  readonly step: 'T-30' | 'T-7' | 'T-1' | 'overdue';
  readonly contact: string;
  readonly party: string;
  readonly fence: number;
  readonly tries: number;
}

/** How long a claim holds; longer than any mail takes. */
const LEASE = '3 minutes';

/** When a mail perhaps arrived: it is sent once more, with the same Message-ID, after this. */
const AFTER_UNCERTAIN = '15 minutes';

/** Tries after which a reminder that keeps failing is given up, with pauses that add up to two days. */
const MAX_TRIES = 12;

/** What became of reminders, by the clock of the database. */
export class ReminderLedger {
  constructor(private readonly db: Database) {}

  /** Ids of reminders to send now. Of several steps that were missed only the strongest is left to send. */
  async due(limit = 500): Promise<string[]> {
    await this.recoverCutOff();
    await sql`
      update reminder weaker set state = 'skipped'
       where weaker.state = 'planned' and weaker.due_at <= now()
         and exists (select from reminder stronger
                      where stronger.log_id = weaker.log_id and stronger.commitment = weaker.commitment
                        and stronger.due_version = weaker.due_version and stronger.contact = weaker.contact
                        and stronger.due_at > weaker.due_at and stronger.due_at <= now()
                        and stronger.state <> 'cancelled')`.execute(this.db);
    const { rows } = await sql<{ id: string }>`
      select id from reminder
       where state = 'planned' and due_at <= now() and coalesce(not_before, due_at) <= now()
       order by due_at limit ${limit}`.execute(this.db);
    return rows.map((row) => row.id);
  }

  /** Claims a reminder and commits the intent to send it; undefined when it is not to be sent, or is in other hands. */
  async claim(id: string, messageId: string): Promise<ClaimedReminder | undefined> {
    const { rows } = await sql<ClaimedReminder>`
      with claimed as (
        update reminder
           set state = 'sending', fence = fence + 1, tries = tries + 1, lease_until = now() + ${LEASE}::interval
         where id = ${id} and state = 'planned' and due_at <= now() and coalesce(not_before, due_at) <= now()
        returning id, log_id, commitment, due_version, step, contact, party, fence, tries
      ), intended as (
        insert into delivery_attempt (mail_id, fence, message_id)
        select id, fence, ${messageId} from claimed
      )
      select * from claimed`.execute(this.db);
    return rows[0];
  }

  /** Writes down how an attempt ended, unless someone else has claimed it since; also when its lease ran out meanwhile. */
  async finish({ id, fence, tries }: ClaimedReminder, outcome: MailOutcome): Promise<void> {
    const next = stateAfter(outcome, tries);
    await sql`
      with attempt as (
        update delivery_attempt
           set finished_at = now(), outcome = ${outcome.outcome}, detail = ${outcome.detail}
         where mail_id = ${id} and fence = ${fence}
      )
      update reminder set state = ${next.state}, not_before = now() + ${next.pause}::interval, lease_until = null
       where id = ${id} and fence = ${fence} and state in ('sending', 'planned')`.execute(this.db);
  }

  /** It is no longer anyone's turn, or there is nobody left to tell. */
  async cancel({ id, fence }: ClaimedReminder): Promise<void> {
    await sql`
      with attempt as (
        update delivery_attempt set finished_at = now(), outcome = 'not-sent', detail = 'No longer called for.'
         where mail_id = ${id} and fence = ${fence}
      )
      update reminder set state = 'cancelled', lease_until = null
       where id = ${id} and fence = ${fence} and state = 'sending'`.execute(this.db);
  }

  /** Sent reminders that the log does not have yet. */
  async notOnRecord(): Promise<Omit<ClaimedReminder, 'tries'>[]> {
    const { rows } = await sql<ClaimedReminder>`
      select id, log_id, commitment, due_version, step, contact, party, fence
        from reminder where state = 'sent' and not on_record order by due_at limit 500`.execute(this.db);
    return rows;
  }

  async putOnRecord(id: string): Promise<void> {
    await sql`update reminder set on_record = true where id = ${id}`.execute(this.db);
  }

  /** A worker died between intent and outcome: the mail may have gone out, so it is not sent again at once. */
  private async recoverCutOff(): Promise<void> {
    await sql`
      with cut_off as (
        update reminder
           set state = 'planned', not_before = now() + ${AFTER_UNCERTAIN}::interval, lease_until = null
         where state = 'sending' and lease_until < now()
        returning id, fence
      )
      update delivery_attempt a
         set finished_at = now(), outcome = 'uncertain', detail = 'The worker ended before the outcome was known.'
        from cut_off where a.mail_id = cut_off.id and a.fence = cut_off.fence`.execute(this.db);
  }
}

function stateAfter(outcome: MailOutcome, tries: number): { state: string; pause: string } {
  if (outcome.outcome === 'sent') return { state: 'sent', pause: '0' };
  if (outcome.outcome === 'not-sent' && !outcome.passing) return { state: 'failed', pause: '0' };
  if (tries >= MAX_TRIES) return { state: 'failed', pause: '0' };
  if (outcome.outcome === 'uncertain') return { state: 'planned', pause: AFTER_UNCERTAIN };
  return { state: 'planned', pause: `${Math.min(6 * 60, 2 ** tries)} minutes` };
}
