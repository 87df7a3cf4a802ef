import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from './signing-key.js';

/** What a link permits; one for acknowledging does nothing else. */
export const linkPurposes = [
  'acknowledge',
  'snooze',
  'hand-over',
  'done',
  'preferences',
  'unsubscribe',
] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** Purposes of links about a person; the others are about one reminder. */
export type ContactPurpose = 'preferences' | 'unsubscribe';
export type ReminderPurpose = Exclude<LinkPurpose, ContactPurpose>;

/** What a link is about, in the words of the token that it carries. */
export type Link =
  | { readonly purpose: ReminderPurpose; readonly log: string; readonly reminder: string }
  | { readonly purpose: ContactPurpose; readonly log: string; readonly contact: string };

/** Path of the pages that links lead to, below the public address. */
export const LINK_PATH = '/reminders';

/** Days for which a link is good. A mail is kept longer than it is read, and stopping mails must work for as long. */
const DAYS: Readonly<Record<LinkPurpose, number>> = {
  acknowledge: 120,
  snooze: 120,
  'hand-over': 120,
  done: 120,
  preferences: 120,
  unsubscribe: 800,
};

const SECONDS_OF_A_DAY = 86_400;

/** Characters of a signature, with which a token begins: 32 bytes in base64url. */
export const SIGNATURE_LENGTH = 43;

/** Parted by what no log and no id can contain. */
const payload = /^([a-z-]+)~([A-Za-z0-9-]{1,64})~([A-Za-z0-9._-]{1,64})~(\d{1,12})$/;

/**
 * Links in mails are capabilities: whoever holds one may do what it says, and nothing else. The token is a signature
 * (HMAC-SHA256) and what it signs: purpose, log, reminder or contact, and the second in which it expires. Nothing of it
 * is kept, so that it can be made in any process and as often as a mail is built.
 */
export class ReminderLinks {
  /** @param publicUrl where people reach the pages, without a slash at the end; links that are read only need none. */
  constructor(
    private readonly key: SigningKey,
    private readonly publicUrl = '',
  ) {}

  /** The address of the page for one purpose. `now` is an instant, ISO 8601: a link made at the same instant is the same. */
  async linkFor(
    purpose: ReminderPurpose,
    about: { log: string; reminder: string },
    now: string,
  ): Promise<string>;
  async linkFor(
    purpose: ContactPurpose,
    about: { log: string; contact: string },
    now: string,
  ): Promise<string>;
  async linkFor(
    purpose: LinkPurpose,
    about: { readonly log: string; readonly reminder?: string; readonly contact?: string },
    now: string,
  ): Promise<string> {
    const expires = secondsOf(now) + DAYS[purpose] * SECONDS_OF_A_DAY;
    const said = [purpose, about.log, isAboutContact(purpose) ? about.contact : about.reminder, expires].join(
      '~',
    );
    const signature = signed(said, await this.key.bytes());
    // What is signed stands last: it ends in a digit, and its base64url in a letter or digit, where mail programs cut nothing off.
    return `${this.publicUrl}${LINK_PATH}/${signature}${Buffer.from(said).toString('base64url')}`;
  }

  /** What a token permits; undefined for one that was not made here, was changed, or has expired by `now` (ISO 8601). */
  async read(token: string, now: string): Promise<Link | undefined> {
    const said = Buffer.from(token.slice(SIGNATURE_LENGTH), 'base64url').toString('latin1');
    const given = Buffer.from(token.slice(0, SIGNATURE_LENGTH), 'base64url');
    const right = Buffer.from(signed(said, await this.key.bytes()), 'base64url');
    // Whatever does not come out the same when it is written again is another text for the same bytes.
    const isSpelledRight =
      token === `${given.toString('base64url')}${Buffer.from(said, 'latin1').toString('base64url')}`;
    if (!isSpelledRight || given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const [, purpose, log, id, expires] = payload.exec(said) ?? [];
    if (!isPurpose(purpose) || Number(expires) < secondsOf(now)) return undefined;
    return isAboutContact(purpose)
      ? { purpose, log: log!, contact: id! }
      : { purpose, log: log!, reminder: id! };
  }
}

function isAboutContact(purpose: LinkPurpose): purpose is ContactPurpose {
  return purpose === 'preferences' || purpose === 'unsubscribe';
}

function signed(said: string, key: Buffer): string {
  return createHmac('sha256', key).update(said).digest('base64url');
}

function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

function isPurpose(purpose: string | undefined): purpose is LinkPurpose {
  return (linkPurposes as readonly (string | undefined)[]).includes(purpose);
}
