import type { Day } from '../domain/calendar.js';
import type { ReminderStep } from '../domain/reminder-policy.js';

/** What a reminder mail is about, with everything it says already looked up. */
export interface ReminderContent {
  readonly recipient: {
    readonly name: string;
    /** Code of the party that the recipient belongs to. */
    readonly party: string;
    readonly partyName: string;
    /** IANA zone in which the recipient's days are counted. */
    readonly zone: string;
  };
  readonly step: ReminderStep['name'];
  readonly commitment: {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly url: string;
  };
  readonly dialogue: { readonly slug: string; readonly title: string; readonly invented: boolean };
  /** Names of the focus areas that it is grouped under. */
  readonly focusAreas: readonly string[];
  readonly due: {
    /** The agreed words. */
    readonly words: string;
    /** The last day of the window. */
    readonly end: Day;
    readonly precision: string;
  };
  /** Days left in the recipient's zone at the time of sending; negative for days overdue. */
  readonly daysLeft: number;
  readonly undertakings: readonly { readonly partyName: string; readonly lead?: string | undefined }[];
  /** One sentence: why this person gets this mail, and by which rule. */
  readonly why: string;
}

/** A reminder of a commitment that the public may not read: a mail carries none of its text (domain.md 6.7). */
export interface WithheldReminder extends Pick<ReminderContent, 'recipient' | 'dialogue' | 'why'> {
  readonly withheld: true;
  readonly commitment: Pick<ReminderContent['commitment'], 'id' | 'url'>;
}
