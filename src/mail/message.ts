import { hash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.js';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A message as it goes over the wire, with the one address that it goes to. */
export interface Message {
  /** Without angle brackets. */
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string };
  readonly raw: Buffer;
}

/** The mail cannot be sent as it is, now or later. */
export class MalformedMail extends Error {
  override readonly name = 'MalformedMail';
}

/** One plain mailbox: nothing that a header or an SMTP command could read as a second one. */
const ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]+@[^\s\p{C}"(),:;<>@[\\\]]+$/u;

/** What stands between the angle brackets of Message-ID and List-ID. */
const IDENTIFIER = /^[\w!#$%&'*+\-/=?^`{|}~.@]+$/;

/** What stands between the angle brackets of List-Unsubscribe; plain http is for a machine of one's own. */
const URL_IN_HEADER = /^https?:\/\/[\w\-.~:/?#[\]@!$&'()*+;=%]+$/;

/** The type of an attachment, with parameters, and its name. */
const CONTENT_TYPE = /^[\w-]+\/[\w.+-]+(; ?[\w-]+=[\w.-]+)*$/;
const FILE_NAME = /^[\w-]+(\.[\w-]+)+$/;

/** Line breaks, other control characters, and the marks that make text read in another order than it is. */
const UNFIT_FOR_HEADERS = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** Reads `Pacta <pacta@example.org>` or a plain address. Throws a TypeError for anything but one mailbox. */
export function senderFrom(text: string): Mailbox {
  const [mailbox, ...others] = addressparser(text);
  if (!mailbox?.address || others.length > 0 || !ADDRESS.test(mailbox.address)) {
    throw new TypeError(`"${text}" is not one mail address, with or without a name before it.`);
  }
  return { name: headerText(mailbox.name), address: mailbox.address };
}

/**
 * Writes the mail out as a message from `sender`. Text that would break a header is neutralised; an address
 * or an identifier that would is refused with {@link MalformedMail}, because a mended one is another one.
 */
export async function compose(mail: Mail, sender: Mailbox): Promise<Message> {
  const to = { name: headerText(mail.to.name), address: mustMatch(mail.to.address, ADDRESS, 'address') };
  const messageId = mustMatch(mail.messageId, IDENTIFIER, 'Message-ID');
  const threadId = mail.threadId && mustMatch(mail.threadId, IDENTIFIER, 'Message-ID of a thread');
  const unsubscribeUrl = mail.unsubscribeUrl && mustMatch(mail.unsubscribeUrl, URL_IN_HEADER, 'URL');
  const listId = mail.listId && mustMatch(mail.listId, IDENTIFIER, 'List-ID');
  const node = new MailComposer({
    from: sender,
    to,
    envelope: { from: sender, to },
    subject: headerText(mail.subject),
    messageId: `<${messageId}>`,
    ...(threadId && { inReplyTo: `<${threadId}>`, references: `<${threadId}>` }),
    date: new Date(),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(listId && { 'List-ID': `<${listId}>` }),
      ...(unsubscribeUrl && {
        // Prepared: a long URL is not broken into lines, where some programs would lose it.
        'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    text: mail.text,
    html: mail.html,
    attachments: (mail.attachments ?? []).map(({ filename, contentType, content }) => ({
      filename: mustMatch(filename, FILE_NAME, 'name of a file'),
      contentType: mustMatch(contentType, CONTENT_TYPE, 'type of a file'),
      content,
      contentTransferEncoding: 'base64' as const,
    })),
    // Sent again, a mail has the same parts in the same places, for receivers that compare.
    baseBoundary: hash('sha256', messageId).slice(0, 16),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const envelope = node.getEnvelope();
  if (envelope.from === false || envelope.to.length !== 1) {
    throw new MalformedMail('A mail goes from one address to one address.');
  }
  return { messageId, envelope: { from: envelope.from, to: envelope.to[0]! }, raw: await node.build() };
}

function headerText(text: string): string {
  return text.replace(UNFIT_FOR_HEADERS, ' ').trim();
}

function mustMatch(text: string, pattern: RegExp, what: string): string {
  if (pattern.test(text)) return text;
  throw new MalformedMail(`${JSON.stringify(text)} cannot be used as ${what}.`);
}
