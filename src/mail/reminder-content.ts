import type { Day } from '../domain/calendar.js';
import type { Translation } from '../domain/commitment/statement.js';
import type { LanguageMap } from '../domain/event.js';
import type { ContactRole } from '../domain/reminder-recipients.js';
import type { ReminderKind } from '../domain/reminder-turn.js';

/** Languages that mails are written in. */
export const mailLanguages = ['en', 'ja', 'hi'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** What a side owes the record next. */
export type Task = 'deliver' | 'confirm-text' | 'answer-extension' | 'attest';

export interface Recipient {
  readonly name: string;
  /** Code of the party that the recipient belongs to. */
  readonly party: string;
  readonly partyNames: LanguageMap;
  /** Why it is this person who is told. */
  readonly role: ContactRole;
  readonly language: MailLanguage;
  /** IANA zone in which the recipient's days are counted. */
  readonly zone: string;
}

/** Pages on which something can be done about one reminder; opening one changes nothing. */
export interface ReminderActions {
  readonly acknowledge?: string | undefined;
  readonly snooze?: string | undefined;
  readonly handOver?: string | undefined;
  /** Where proof is attached. */
  readonly done?: string | undefined;
}

/** Pages about the recipient's mails as a whole. */
export interface RecipientLinks {
  readonly preferences?: string | undefined;
  readonly unsubscribe?: string | undefined;
}

interface Dialogue {
  readonly slug: string;
  readonly titles: LanguageMap;
  readonly invented: boolean;
  /** True where it has set a reminder policy of its own. */
  readonly hasOwnPolicy: boolean;
}

/** What every mail to someone is made of. */
interface Addressed {
  readonly recipient: Recipient;
  readonly dialogue: Dialogue;
  readonly links: RecipientLinks;
  /** When the mail was made, ISO 8601. */
  readonly madeAt: string;
}

/** A reminder, whatever it is about. */
interface Reminding {
  /** Ids of the reminders that are told by this. */
  readonly reminders: readonly string[];
  readonly kind: ReminderKind;
  /** As the policy names it, for example `T-7`. */
  readonly step: string;
  /** The day that it was planned for, where it is sent long after. */
  readonly lateSince?: Day | undefined;
  /** Name of the person whom a mail of it could not reach, which is why this one is told. */
  readonly undeliveredTo?: string | undefined;
  readonly actions: ReminderActions;
}

/** One commitment that is public, with everything that a reminder of it says already looked up. */
export interface ReminderItem extends Reminding {
  readonly commitment: {
    readonly id: string;
    readonly titles: LanguageMap;
    readonly text: LanguageMap;
    readonly translations: readonly (Pick<Translation, 'language' | 'title' | 'text' | 'standing'> & {
      /** The words have changed since. */
      readonly outdated: boolean;
    })[];
    readonly url: string;
  };
  /** Names of the focus areas that it is grouped under, the first of them leading. */
  readonly focusAreas: readonly { readonly code: string; readonly names: LanguageMap }[];
  readonly due: {
    /** The agreed words. */
    readonly words?: LanguageMap | undefined;
    /** The last day to deliver, where there is one. */
    readonly end?: Day | undefined;
    readonly precision: string;
    readonly kind?: 'commitment' | 'target' | undefined;
    /** Raised with every change of the due date. */
    readonly version: number;
    /** IANA zones of those responsible: the day has ended when it has ended in all of them (domain.md 6.5). */
    readonly zones: readonly string[];
  };
  /** Days left in the recipient's zone at the time of sending; negative for days overdue. */
  readonly daysLeft?: number | undefined;
  readonly undertakings: readonly {
    readonly party: string;
    readonly partyNames: LanguageMap;
    readonly leadNames?: LanguageMap | undefined;
    readonly claimed: boolean;
  }[];
  /** Whose turn it is now, and what for. */
  readonly turn: {
    readonly task: Task;
    readonly parties: readonly { readonly code: string; readonly names: LanguageMap }[];
  };
  /** Days since anything was reported. */
  readonly silentDays?: number | undefined;
  /** A request for more time that waits for an answer. */
  readonly asked?:
    | {
        readonly partyNames: LanguageMap;
        readonly words?: LanguageMap | undefined;
        readonly end?: Day | undefined;
      }
    | undefined;
}

/** A commitment that the public may not read: a mail carries none of its text, no date and no kind (domain.md 6.7). */
export interface WithheldItem {
  readonly withheld: true;
  readonly reminders: readonly string[];
  readonly commitment: { readonly id: string; readonly url: string };
}

/** One mail about one commitment. */
export type ReminderContent = Addressed & ReminderItem;
export type WithheldReminder = Addressed & WithheldItem;

/** One mail about all that a person is reminded of on a day. */
export interface DigestContent extends Addressed {
  readonly items: readonly (ReminderItem | WithheldItem)[];
}
