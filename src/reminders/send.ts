import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../commands/clock.js';
import { ChangeReminder } from '../commands/reminder.js';
import type { Database } from '../event-store/database.js';
import type { Mailer } from '../mail/mailer.js';
import { reminderMail } from '../mail/reminder-mail.js';
import { NotReadable, reminderContent } from './content.js';
import type { ClaimedReminder, ReminderLedger } from './ledger.js';

/** Addresses that mails carry. */
export interface Addresses {
  /** Where people reach the pages, without a slash at the end. */
  readonly publicUrl: string;
  /** Domain that message ids are made under. */
  readonly mailDomain: string;
}

/** Sends one reminder: claim, intent, mail, outcome, record; each step is committed before the next. */
export class ReminderSender {
  constructor(
    private readonly db: Database,
    private readonly ledger: ReminderLedger,
    private readonly mailer: Mailer,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    private readonly addresses: Addresses,
  ) {}

  /** Sends the reminder with this id, unless it is not to be sent or another worker has it. */
  async send(id: string): Promise<void> {
    const messageId = `${id}@${this.addresses.mailDomain}`;
    const claimed = await this.ledger.claim(id, messageId);
    if (!claimed) return;
    // Read now, not when it was planned: what is sent is true when it is sent.
    const content = await reminderContent(this.db, claimed, this.clock.now(), this.addresses.publicUrl).catch(
      (error: unknown) => new NotReadable(String(error)),
    );
    if (!content) return this.ledger.cancel(claimed);
    if (content instanceof NotReadable) {
      return this.ledger.finish(claimed, { outcome: 'not-sent', passing: true, detail: content.message });
    }
    const outcome = await this.mailer.send({
      messageId,
      to: content.to,
      threadId: `${claimed.log_id}.${claimed.commitment}@${this.addresses.mailDomain}`,
      listId: `reminders.${claimed.log_id}.${this.addresses.mailDomain}`,
      ...reminderMail(content),
    });
    await this.ledger.finish(claimed, outcome);
    if (outcome.outcome === 'sent') await this.putOnRecord(claimed);
  }

  /** Appends that the reminder was sent. Repeating it changes nothing. */
  async putOnRecord(reminder: Omit<ClaimedReminder, 'tries'>): Promise<void> {
    const {
      id,
      log_id: log,
      commitment,
      step,
      due_version: dueVersion,
      contact: recipient,
      party,
    } = reminder;
    await this.commands.execute(
      new ChangeReminder({
        log,
        id,
        actor: { id: 'reminders', role: 'system' },
        command: {
          type: 'RecordReminderSent',
          data: { id, commitment, step, dueVersion, recipient, party },
        },
        said: {},
        causationId: id,
        correlationId: id,
      }),
    );
    await this.ledger.putOnRecord(id);
  }
}
