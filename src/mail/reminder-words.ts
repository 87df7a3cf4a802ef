import { dayCounted, dueInSubject, howCounted, timeLeft } from './due-words.js';
import type { ReminderContent, WithheldReminder } from './reminder-content.js';

/** One piece of a section, as plain text and HTML can both show it. */
export type Part =
  | { readonly text: string }
  | { readonly list: readonly string[] }
  | { readonly quotation: string }
  | { readonly link: { readonly label: string; readonly url: string } };

/** A reminder in words, before it is text or HTML: both say the same because both are made from this. */
export interface ReminderWords {
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  readonly notice?: string | undefined;
  readonly reference: string;
  readonly title: string;
  readonly time: string;
  readonly day: string;
  readonly counting: readonly string[];
  readonly late: boolean;
  readonly sections: readonly { readonly heading: string; readonly parts: readonly Part[] }[];
  readonly footer: readonly string[];
}

/** Longer titles are cut in the subject line, which phones show some forty to seventy characters of. */
const MAX_TITLE_IN_SUBJECT = 48;

const NOTICE = 'This is an invented example. The dialogue and its commitments are not real.';

const plannedFor: Record<ReminderContent['step'], string> = {
  'T-30': '30 days ahead of the date',
  'T-7': '7 days ahead of the date',
  'T-1': 'the day before the date',
  overdue: 'the day after the date',
};

/** Puts a reminder into words, the most urgent first. */
export function wordsOf(reminder: ReminderContent): ReminderWords {
  const { commitment, dialogue, recipient, daysLeft } = reminder;
  const title = oneLine(commitment.title);
  const mark = dialogue.invented ? ' [invented example]' : '';
  const todo = whatToDo(reminder);
  return {
    subject: oneLine(`${commitment.id} ${shortened(title)}: ${dueInSubject(reminder)}${mark}`),
    preview: `${dialogue.invented ? 'Invented example. ' : ''}${todo}`,
    notice: dialogue.invented ? NOTICE : undefined,
    reference: commitment.id,
    title,
    time: timeLeft(daysLeft),
    day: dayCounted(reminder),
    counting: howCounted(reminder).map(oneLine),
    late: daysLeft < 0,
    sections: [
      { heading: 'Who must do what', parts: whoMustDoWhat(reminder) },
      { heading: 'What to do now', parts: [{ text: todo }, { link: linkTo(reminder) }] },
      { heading: 'Why you get this', parts: [{ text: oneLine(reminder.why) }] },
    ],
    footer: [
      `For ${recipient.name}, ${recipient.partyName}. This reminder was planned for ${plannedFor[reminder.step]}.`,
      [dialogue.title, ...reminder.focusAreas].join(' · '),
      'Sent automatically by Pacta, the record of what the parties have promised each other.',
    ].map(oneLine),
  };
}

/** Puts a reminder into words that tell nobody what it is about: a reference, and where to read on. */
export function withheldWordsOf({ commitment, dialogue, recipient, why }: WithheldReminder): ReminderWords {
  const mark = dialogue.invented ? ' [invented example]' : '';
  const todo = 'Open it with your key to see what is asked of your side, and by when.';
  return {
    subject: oneLine(`${commitment.id}: your side’s turn${mark}`),
    preview: `${dialogue.invented ? 'Invented example. ' : ''}${todo}`,
    notice: dialogue.invented ? NOTICE : undefined,
    reference: commitment.id,
    title: 'A commitment that is not public',
    time: 'It is your side’s turn',
    day: 'Mails can be read on their way, so this one says no more.',
    counting: [],
    late: false,
    sections: [
      {
        heading: 'What to do now',
        parts: [{ text: todo }, { link: { label: `Open ${commitment.id}`, url: commitment.url } }],
      },
      { heading: 'Why you get this', parts: [{ text: oneLine(why) }] },
    ],
    footer: [
      `For ${recipient.name}, ${recipient.partyName}.`,
      dialogue.title,
      'Sent automatically by Pacta, the record of what the parties have promised each other.',
    ].map(oneLine),
  };
}

function whoMustDoWhat({ undertakings, recipient, commitment }: ReminderContent): Part[] {
  const list = undertakings.map(({ partyName, lead }) => {
    const party = partyName === recipient.partyName ? `${partyName} (your side)` : partyName;
    return oneLine(`${party}: ${lead ? `${lead} leads` : 'no lead named yet'}`);
  });
  return [{ list }, { quotation: commitment.text }];
}

/** A recipient whose side has no share in it can only ask, and later turn its key. */
function isTheirs({ undertakings, recipient }: ReminderContent): boolean {
  return undertakings.some(({ partyName }) => partyName === recipient.partyName);
}

function whatToDo(reminder: ReminderContent): string {
  if (!isTheirs(reminder)) {
    return 'Your side has nothing to deliver here. See where it stands, and ask the other side if nothing is reported.';
  }
  return reminder.daysLeft < 0
    ? 'If it is done, claim delivery. If not, report where it stands and when it will be done.'
    : 'Report progress, or claim delivery if it is done. If the date is at risk, say so.';
}

function linkTo(reminder: ReminderContent): { label: string; url: string } {
  const { id, url } = reminder.commitment;
  return { label: isTheirs(reminder) ? `Open ${id}` : `See where ${id} stands`, url };
}

/** A line break in a name or a title could pass for a new line of the mail itself. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Cut between words where there is a space to cut at. */
function shortened(title: string): string {
  if (title.length <= MAX_TITLE_IN_SUBJECT) return title;
  const cut = title.slice(0, MAX_TITLE_IN_SUBJECT - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > MAX_TITLE_IN_SUBJECT / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')}…`;
}
