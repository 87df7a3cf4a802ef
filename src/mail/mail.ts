import type { Message } from './message.js';

/** A file that goes with a mail, such as a day for the calendar. */
export interface Attachment {
  readonly filename: string;
  /** With its parameters: `text/calendar; method=PUBLISH`. */
  readonly contentType: string;
  readonly content: string;
}

/** One mail to one person: each recipient has a mail of their own, so that each has an outcome of its own. */
export interface Mail {
  /** Without angle brackets. The same id again means the same mail again, never another one. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Message-ID that mail programs gather a thread under, without angle brackets. */
  readonly threadId?: string | undefined;
  /** Identifies the kind of mail to filters (RFC 2919), without angle brackets. */
  readonly listId?: string | undefined;
  /** Where a mail program unsubscribes with one POST (RFC 8058, which wants https); a GET there changes nothing. */
  readonly unsubscribeUrl?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
}

/** What is known about a mail after an attempt to send it. Only `sent` and `not-sent` are certain. */
export type MailOutcome = {
  readonly detail: string;
  /** Reply code of the mail server (RFC 5321, section 4.2), where it gave one about this mail. */
  readonly code?: number | undefined;
} & (
  | /** The server took responsibility for it. */ { readonly outcome: 'sent' }
    /** Surely not accepted; `passing` where the same mail may well be accepted later. */
  | { readonly outcome: 'not-sent'; readonly passing: boolean }
  /** All of it was handed over and the answer never came: the recipient may have it or not. */
  | { readonly outcome: 'uncertain' }
);

export interface Mailer {
  /** Where mails go, in words for a log or a page; without credentials. */
  readonly describes: string;
  /** Writes the mail out. Throws a MalformedMail for one that can never be sent. */
  write(mail: Mail): Promise<Message>;
  /**
   * Hands a message over. `beforeData` is awaited when the server has said that it would take the message, before
   * its first byte: where it throws, nothing is handed over. Never throws for trouble with the delivery: that is an outcome.
   */
  deliver(message: Message, beforeData?: () => Promise<void>): Promise<MailOutcome>;
  /** Resolves when mails in hand have their outcome and no connection is left. */
  close(): Promise<void>;
}
