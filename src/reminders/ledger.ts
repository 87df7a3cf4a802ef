import type { Day } from '../domain/calendar.js';
import type { ReminderKind } from '../domain/reminder-turn.js';
import type { MailOutcome } from '../mail/mailer.js';

/** One reminder of a claimed mail. */
export interface ClaimedReminder {
  readonly id: string;
  readonly log_id: string;
  readonly commitment: string;
  readonly due_version: number;
  readonly step: string;
  readonly kind: ReminderKind;
  /** Id of the recipient in the directory, and code of the party for whose sake it is reminded. */
  readonly contact: string;
  readonly party: string;
  readonly due_at: string;
  /** When it was planned, where that is known: a person may be named, or a date set, after the day on which they would have been told. */
  readonly planned_at?: string | undefined;
  /** Id of the contact whom a mail of it could not reach, which is why this one is told. */
  readonly undelivered_to?: string | null | undefined;
  /** The day that it was planned for, in the recipient's calendar; null where an earlier version planned it. */
  readonly local_day: Day | null;
}

/** A mail that a worker has claimed and nobody else may send. */
export interface ClaimedMail {
  readonly mailId: string;
  /** Counts claims of the mail: a worker that lost its claim cannot write an outcome. */
  readonly fence: number;
  readonly log: string;
  /** Id of the recipient in the directory. */
  readonly contact: string;
  readonly reminders: readonly ClaimedReminder[];
  /** Most claims that one of its reminders has had, this one included. */
  readonly tries: number;
  /** The clock of the store at the claim, ISO 8601. */
  readonly now: string;
  /** How many messages of this mail have gone out, or perhaps have, with other reminders in them. */
  readonly messagesBefore: number;
  /** The message that perhaps went out with the same reminders, to be sent once more as it was. */
  readonly perhapsSent?: PerhapsSent | undefined;
}

export interface PerhapsSent {
  readonly messageId: string;
  /** Undefined when it is not kept any more. */
  readonly raw: Buffer | undefined;
  /** How often it was handed over without an answer. */
  readonly times: number;
}

/** Which reminders went out late, by id; and how the attempt ended. */
export interface Attempted {
  readonly outcome: MailOutcome;
  readonly ending: Ending;
  readonly late: readonly string[];
}

/** Why a reminder was given up. */
export type FailedWhy = 'refused' | 'gave-up' | 'malformed' | 'too-late';

/** What an attempt leaves a mail's reminders in. */
export type Ending =
  | { readonly state: 'sent' }
  /** No longer called for; what was perhaps sent before stays on record. */
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly why: FailedWhy }
  /** To be tried again, after so many milliseconds. */
  | { readonly state: 'planned'; readonly afterMs: number }
  /** Perhaps sent: to be sent once more after so many milliseconds, or held for a person. */
  | { readonly state: 'uncertain'; readonly afterMs: number | undefined };

/** A reminder with an outcome that the log does not have yet. */
export interface Unrecorded extends ClaimedReminder {
  readonly mail_id: string;
  readonly fence: number;
  readonly state: 'sent' | 'uncertain' | 'failed';
  /** Perhaps sent, and not to be sent again unless a person says so. */
  readonly held: boolean;
  readonly late: boolean;
  readonly failed_why: FailedWhy | null;
  readonly failed_code: number | null;
}

/** A mail that is due, or will be in a moment. */
export interface DueMail {
  readonly mailId: string;
  /** Milliseconds until it is due, by the clock of the store; 0 when it is. */
  readonly inMs: number;
  /** How often it was claimed, by the fence of its last claim. */
  readonly claims: number;
}

/**
 * What is remembered about mails. Each call is one transaction: it has happened or it has not, and it goes by the clock
 * of the store, never by that of a worker.
 */
export interface ReminderLedger {
  /** Takes up what dead workers left behind, and tells which mails are due or will be within `aheadMs`. */
  due(aheadMs: number): Promise<DueMail[]>;
  /** Claims what of the mail is due; undefined when nothing is, when it is in other hands, or when nothing may be sent here. */
  claim(mailId: string): Promise<ClaimedMail | undefined>;
  /** These reminders of the mail are no longer called for, or there is nobody left to tell. */
  cancel(claim: ClaimedMail, reminders: readonly string[]): Promise<void>;
  /** Keeps the intent to send this message; false when the claim was lost. */
  intend(claim: ClaimedMail, message: { messageId: string; raw: Buffer }): Promise<boolean>;
  /** Keeps that the server is ready for the message; false when the claim was lost, and then it must not be sent. */
  startData(claim: ClaimedMail): Promise<boolean>;
  /** Keeps how the attempt ended, also when its lease ran out meanwhile, unless someone else has claimed the mail since. */
  finish(claim: Pick<ClaimedMail, 'mailId' | 'fence'>, attempted: Attempted): Promise<void>;
  /** Outcomes that the log does not have; of one mail or of all. */
  notOnRecord(mailId?: string): Promise<Unrecorded[]>;
  /** The log has the outcome of this reminder now. */
  putOnRecord(reminder: Unrecorded): Promise<void>;
}
