import pLimit, { type LimitFunction } from 'p-limit';
import { isPassingFailure } from '../event-store/storage-failure.js';
import { MalformedMail, type Mail, type Mailer, type MailOutcome, type Message } from '../mail/mailer.js';
import { messageKept } from '../mail/kept-message.js';
import { type DeliveryPolicy, endingAfter, nextMessageName, soon, timeliness } from './delivery-policy.js';
import type { Attempted, ClaimedMail, ClaimedReminder, ReminderLedger, Unrecorded } from './ledger.js';

/** What a mail says, as things stand when it is sent. */
export interface Composed {
  readonly mail: Omit<Mail, 'messageId'>;
  /** Ids of the reminders that it carries; the others of the mail are no longer called for. */
  readonly carries: readonly string[];
  /** True when something that it is about may not be told in a mail now. */
  readonly withheld: boolean;
}

/** What a mail is about cannot be read yet: the views follow the log within moments. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
}

/**
 * Writes what is to be said; undefined when none of it is called for any more. What throws here has not been sent, and
 * is tried again later, after {@link NotReadable} soon. `late` says which reminders, by id, must be told to be late.
 */
export type Compose = (mail: ClaimedMail, late: ReadonlySet<string>) => Promise<Composed | undefined>;

export interface SendingParts {
  readonly ledger: ReminderLedger;
  readonly mailer: Mailer;
  readonly compose: Compose;
  /** Appends the outcome to the log. Repeating it changes nothing. */
  readonly record: (reminder: Unrecorded) => Promise<void>;
  readonly policy: DeliveryPolicy;
  /** Mails under way at a time, and so connections to the mail server. */
  readonly atATime: number;
  /** Domain that message ids are made under. */
  readonly mailDomain: string;
  /** At least 0 and below 1, at random. */
  readonly dice: () => number;
}

/** Sends one mail: claim, intent, ready server, message, outcome, record; each step is kept before the next. */
export class MailSender {
  private readonly inTurn: LimitFunction;
  private stopped = false;

  constructor(private readonly parts: SendingParts) {
    this.inTurn = pLimit(parts.atATime);
  }

  /** Sends the mail with this id when it is its turn, unless it is not to be sent or another worker has it. */
  async send(mailId: string): Promise<void> {
    const { ledger } = this.parts;
    await this.inTurn(async () => {
      const claim = this.stopped ? undefined : await ledger.claim(mailId);
      if (claim) await this.attempt(claim);
    });
    await this.record(await ledger.notOnRecord(mailId));
  }

  /** Mails whose turn has not come are left to others. */
  stop(): void {
    this.stopped = true;
  }

  /** Appends to the log what it does not have yet, of every mail. Throws what the first that it did not take has against it. */
  async recordAll(): Promise<void> {
    await this.record(await this.parts.ledger.notOnRecord());
  }

  private async attempt(claim: ClaimedMail): Promise<void> {
    const { ledger, compose, policy } = this.parts;
    const late = lateOf(claim, policy);
    let composed: Composed | undefined;
    try {
      // Read now, not when it was planned: what is sent is true when it is sent.
      composed = await compose(claim, new Set(late));
    } catch (error) {
      if (!(error instanceof NotReadable)) return this.finish(claim, notSent(error, true), late);
      return ledger.finish(claim, { outcome: notSent(error, true), ending: soon(claim, policy), late });
    }
    if (claim.perhapsSent) return this.sendAgain(claim, claim.perhapsSent.raw, composed, late);
    const dropped = claim.reminders.filter(({ id }) => !composed?.carries.includes(id)).map(({ id }) => id);
    if (dropped.length > 0) await ledger.cancel(claim, dropped);
    if (!composed) return;
    const reminders = claim.reminders.filter(({ id }) => !dropped.includes(id));
    if (reminders.length > 0) await this.sendNew({ ...claim, reminders }, composed.mail, late);
  }

  private async sendNew(claim: ClaimedMail, mail: Composed['mail'], late: readonly string[]): Promise<void> {
    const { mailer, mailDomain } = this.parts;
    let message: Message;
    try {
      message = await mailer.write({ ...mail, messageId: `${nextMessageName(claim)}@${mailDomain}` });
    } catch (error) {
      if (!(error instanceof MalformedMail)) return this.finish(claim, notSent(error, true), late);
      const ending = { state: 'failed', why: 'malformed' } as const;
      return this.parts.ledger.finish(claim, { outcome: notSent(error, false), ending, late });
    }
    await this.handOver(claim, message, late);
  }

  /** Sends the same bytes again, as long as they are still called for, go to the same address and may still be told. */
  private async sendAgain(
    claim: ClaimedMail,
    raw: Buffer | undefined,
    composed: Composed | undefined,
    late: readonly string[],
  ): Promise<void> {
    if (!composed) {
      const outcome = { outcome: 'not-sent', passing: false, detail: 'It is no longer called for.' } as const;
      return this.parts.ledger.finish(claim, { outcome, ending: { state: 'cancelled' }, late });
    }
    const message = raw && messageKept(raw);
    const isSame = message && addressOf(composed) === message.envelope.to.toLowerCase();
    if (isSame && !composed.withheld) return this.handOver(claim, message, late);
    await this.parts.ledger.finish(claim, {
      outcome: {
        outcome: 'not-sent',
        passing: false,
        detail: 'It was not sent again: what it says has changed.',
      },
      ending: { state: 'uncertain', afterMs: undefined },
      late,
    });
  }

  private async handOver(claim: ClaimedMail, message: Message, late: readonly string[]): Promise<void> {
    const { ledger, mailer } = this.parts;
    // Lost to someone who took this worker for dead: theirs to send.
    if (!(await ledger.intend(claim, message))) return;
    const outcome = await mailer.deliver(message, async () => {
      if (!(await ledger.startData(claim))) throw new Error('The claim of this mail was lost.');
    });
    await this.finish(claim, outcome, late);
  }

  private async finish(claim: ClaimedMail, outcome: MailOutcome, late: readonly string[]): Promise<void> {
    const { ledger, policy, dice } = this.parts;
    const attempted: Attempted = { outcome, ending: endingAfter(outcome, claim, policy, dice()), late };
    await ledger.finish(claim, attempted);
  }

  /** What the log has against one outcome keeps none of the others from it; where it takes nothing, none is tried any more. */
  private async record(reminders: readonly Unrecorded[]): Promise<void> {
    const refused: unknown[] = [];
    for (const reminder of reminders) {
      try {
        await this.parts.record(reminder);
        await this.parts.ledger.putOnRecord(reminder);
      } catch (error) {
        if (isPassingFailure(error)) throw error;
        refused.push(error);
      }
    }
    if (refused.length > 0) throw refused[0];
  }
}

function lateOf({ reminders, now }: ClaimedMail, policy: DeliveryPolicy): string[] {
  return reminders
    .filter((reminder: ClaimedReminder) => timeliness(reminder, now, policy) !== 'timely')
    .map(({ id }) => id);
}

function addressOf({ mail }: Composed): string {
  return mail.to.address.toLowerCase();
}

function notSent(error: unknown, passing: boolean): MailOutcome {
  return { outcome: 'not-sent', passing, detail: error instanceof Error ? error.message : String(error) };
}
