import type { Mailer } from './mail.js';
import { OutboxMailer } from './outbox-mailer.js';
import { senderFrom } from './message.js';
import { type Patience, SmtpMailer } from './smtp-mailer.js';
import { readSmtpUrl } from './smtp-url.js';

export type { Mail, Mailer, MailOutcome } from './mail.js';
export { MalformedMail, type Message } from './message.js';

interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`; without it mails are kept as files. */
  readonly smtpUrl?: string | undefined;
  /** `Pacta <pacta@example.org>`, or the address alone. */
  readonly from: string;
  /** Directory for mails that are kept as files. */
  readonly outbox: string;
  /** Other bounds than the usual ones on how long a mail server may take. */
  readonly patience?: Partial<Patience>;
}

/** The mailer that the options ask for. Throws a TypeError, without credentials, where they make no sense. */
export function openMailer({ smtpUrl, from, outbox, patience }: MailerOptions): Mailer {
  const sender = senderFrom(from);
  return smtpUrl ? new SmtpMailer(readSmtpUrl(smtpUrl), sender, patience) : new OutboxMailer(outbox, sender);
}
