import type { Mailer } from './mail.js';
import { OutboxMailer } from './outbox-mailer.js';
import { senderFrom } from './message.js';
import { SmtpMailer } from './smtp-mailer.js';
import { readSmtpUrl } from './smtp-url.js';

export type { Mail, Mailer, MailOutcome } from './mail.js';

interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`; without it mails are kept as files. */
  readonly smtpUrl?: string | undefined;
  /** `Pacta <pacta@example.org>`, or the address alone. */
  readonly from: string;
  /** Directory for mails that are kept as files. */
  readonly outbox: string;
}

/** The mailer that the options ask for. Throws a TypeError, without credentials, where they make no sense. */
export function openMailer({ smtpUrl, from, outbox }: MailerOptions): Mailer {
  const sender = senderFrom(from);
  return smtpUrl ? new SmtpMailer(readSmtpUrl(smtpUrl), sender) : new OutboxMailer(outbox, sender);
}
