import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail, Mailer, MailOutcome, Message } from '../../src/mail/mailer.js';
import { composeFrom } from '../../src/reminders/compose.js';
import { defaultPolicy } from '../../src/reminders/delivery-policy.js';
import { MailFence } from '../../src/reminders/mail-fence.js';
import { PostgresLedger } from '../../src/reminders/postgres-ledger.js';
import { recordWith } from '../../src/reminders/record-outcome.js';
import { MailSender } from '../../src/reminders/send.js';
import type { TestRecord } from './open-record.js';

export const addresses = { publicUrl: 'https://pacta.example', mailDomain: 'pacta.example' };

/** The fence of a data directory of its own, armed. */
export async function armedFence({ db }: Pick<TestRecord, 'db'>): Promise<MailFence> {
  const fence = new MailFence(db, { named: 'test', dataDir: mkdtempSync(join(tmpdir(), 'pacta-fence-')) });
  await fence.look();
  return fence;
}

/** A mailer that keeps what it is given, and whose server answers as it is told. */
export function keeping(
  mails: Mail[],
  answer: MailOutcome | (() => Promise<MailOutcome>) = { outcome: 'sent', detail: '250' },
): Mailer {
  const written = new Map<Message, Mail>();
  return {
    describes: 'memory',
    write(mail) {
      const raw = Buffer.from(
        `From: <pacta@pacta.example>\r\nTo: <${mail.to.address}>\r\nMessage-ID: <${mail.messageId}>\r\n\r\n${mail.text}`,
      );
      const message: Message = {
        messageId: mail.messageId,
        envelope: { from: 'pacta@pacta.example', to: mail.to.address },
        raw,
      };
      written.set(message, mail);
      return Promise.resolve(message);
    },
    async deliver(message, beforeData) {
      try {
        await beforeData?.();
      } catch (error) {
        return { outcome: 'not-sent', passing: true, detail: (error as Error).message };
      }
      const { messageId, envelope, raw } = message;
      const kept = {
        messageId,
        to: { name: '', address: envelope.to },
        subject: '',
        text: raw.toString(),
        html: '',
      };
      mails.push(written.get(message) ?? kept);
      return typeof answer === 'function' ? answer() : answer;
    },
    close: () => Promise.resolve(),
  };
}

/** The ledger and the sender of a record, to be used step by step. */
export async function sendingWith(record: TestRecord, mailer: Mailer) {
  const ledger = new PostgresLedger(record.db, await armedFence(record));
  const sender = new MailSender({
    ledger,
    mailer,
    compose: composeFrom(record.db, record.clock, addresses),
    record: recordWith(record.commands, (trouble) => record.troubles.push(trouble)),
    policy: defaultPolicy,
    atATime: 20,
    mailDomain: addresses.mailDomain,
    dice: Math.random,
  });
  const due = async () => (await ledger.due(0)).map(({ mailId }) => mailId);
  return { ledger, sender, due };
}
