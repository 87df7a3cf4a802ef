/** One mail to one person: each recipient has a mail of their own, so that each has an outcome of its own. */
export interface Mail {
  /** Without angle brackets. The same id again means the same mail again, never another one. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Message-ID that mail programs gather a thread under, without angle brackets. */
  readonly threadId?: string;
  /** Identifies the kind of mail to filters (RFC 2919), without angle brackets. */
  readonly listId?: string;
}

/** What is known about a mail after an attempt to send it. Only `sent` and `not-sent` are certain. */
export type MailOutcome =
  /** The server took responsibility for it. */
  | { readonly outcome: 'sent'; readonly detail: string }
  /** Surely not accepted; `passing` where the same mail may well be accepted later. */
  | { readonly outcome: 'not-sent'; readonly passing: boolean; readonly detail: string }
  /** All of it was handed over and the answer never came: the recipient may have it or not. */
  | { readonly outcome: 'uncertain'; readonly detail: string };

export interface Mailer {
  /** Where mails go, in words for a log or a page; without credentials. */
  readonly describes: string;
  /** Never throws for trouble with the delivery: that is an outcome. */
  send(mail: Mail): Promise<MailOutcome>;
  /** Resolves when mails in hand have their outcome and no connection is left. */
  close(): Promise<void>;
}
