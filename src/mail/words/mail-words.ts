import type { Day } from '../../domain/calendar.js';
import type { Translation } from '../../domain/commitment/statement.js';
import type { ContactRole } from '../../domain/reminder-recipients.js';
import type { ReminderKind } from '../../domain/reminder-turn.js';
import type { MailLanguage, Task } from '../reminder-content.js';
import type { Line, Text } from '../said.js';
import type { StepMeaning } from '../../domain/reminder-step.js';

type Counted = (number: number) => string;

/**
 * Everything that mails say, in one language. What can start a line is given in lower case where the language has cases:
 * it also stands within one.
 */
export interface MailWords {
  readonly language: MailLanguage;
  /** Said in the foot as long as no native speaker has checked these words. */
  readonly draft?: string | undefined;
  readonly and: string;
  readonly separator: string;
  /** Between two sentences of a paragraph. */
  readonly gap: string;
  readonly quoted: (text: Text) => Line;
  readonly day: (day: Day) => string;
  readonly dayWithWeekday: (day: Day) => string;
  /** Names the language of words that are not in the reader's, or whose standing has to be known. */
  readonly inAnother: (name: string) => string;
  readonly standings: Readonly<Record<Translation['standing'] | 'outdated', string>>;

  /** What the matter is. */
  readonly state: {
    /** "due in 7 days", "5 days overdue". */
    readonly left: (daysLeft: number) => string;
    readonly undated: string;
    readonly silent: Counted;
    readonly confirmText: string;
    readonly asksForMoreTime: (party: Line) => Line;
    readonly attest: string;
    readonly escalated: (state: Line) => Line;
    readonly withheld: string;
  };

  readonly due: {
    readonly on: (day: string) => string;
    readonly was: (day: string) => string;
    readonly wasShort: (day: string) => string;
    readonly countedTo: (day: string) => string;
    readonly countedToShort: (day: string) => string;
    readonly agreedWords: (quoted: Line) => Line;
    readonly coarse: (quoted: Line | undefined, day: string) => Line;
    readonly nextRound: string;
    readonly eventBound: string;
    readonly target: string;
    readonly undated: string;
    readonly zone: (zone: string) => string;
    readonly endsIn: (zones: string) => string;
    readonly askedFor: (until: Line) => Line;
  };

  readonly headings: {
    readonly toDo: string;
    readonly who: string;
    readonly text: string;
    readonly why: string;
  };

  /** What the recipient is asked to do. */
  readonly toDo: {
    readonly deliver: string;
    readonly deliverLate: string;
    readonly review: string;
    readonly silent: string;
    readonly confirmText: string;
    readonly answerExtension: string;
    readonly attest: string;
    /** For those above, where their side has to move, and where the other one has. */
    readonly escalatedOwn: string;
    readonly escalatedOther: string;
    readonly wait: string;
    readonly withheld: string;
  };

  readonly turn: Readonly<Record<Task, (parties: Line) => Line>>;
  readonly share: (share: {
    readonly party: Text;
    readonly yours: boolean;
    readonly lead: Text | undefined;
    readonly claimed: boolean;
  }) => Line;

  readonly role: Readonly<Record<ContactRole, (party: Text) => Line>>;
  readonly cause: Readonly<Record<ReminderKind, string>>;
  readonly rule: (step: string, isOfDialogue: boolean) => string;
  readonly stops: Readonly<Record<ReminderKind, string>>;
  readonly step: Readonly<
    Record<Extract<StepMeaning, { number: number }>['is'], Counted> & {
      'day-after': string;
      unknown: (name: string) => string;
    }
  >;

  readonly links: {
    readonly open: (id: string) => string;
    readonly see: (id: string) => string;
    readonly acknowledge: string;
    readonly snooze: string;
    readonly handOver: string;
    readonly done: string;
    readonly preferences: string;
    readonly unsubscribe: string;
  };

  readonly digest: {
    readonly overdue: Counted;
    readonly dueIn: (number: number, days: number) => string;
    readonly dueLater: Counted;
    readonly awaited: Counted;
    readonly undated: Counted;
    readonly withheld: Counted;
    readonly otherAreas: string;
    readonly withheldHeading: string;
    readonly why: (party: Text) => Line;
  };

  readonly withheld: { readonly title: string; readonly note: string; readonly why: string };
  readonly late: (plannedFor: string) => string;
  /** To the secretariat, of a person whose address refuses mails. */
  readonly undelivered: (name: string) => string;
  readonly invented: string;
  readonly inventedMark: string;
  readonly addressee: (name: string, party: Text) => Line;
  readonly automatic: string;
}
