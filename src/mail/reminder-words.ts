import { dueInSubject } from './due-words.js';
import type { MailPage } from './mail-page.js';
import { whatToDo, wholeCard, withheldCard } from './reminder-card.js';
import type { ReminderContent, WithheldReminder } from './reminder-content.js';
import { inLanguageOf, joined, type Line, oneLine } from './said.js';
import type { MailWords } from './words/mail-words.js';
import { wordsIn } from './words/words-in.js';

/** Longer titles are cut in the subject line, which phones show some forty to seventy characters of. */
const MAX_TITLE_IN_SUBJECT = 48;

/** What mails to one person have around what they are about. */
export type Framing = Pick<ReminderContent, 'recipient' | 'dialogue' | 'links'> & {
  /** The first day that something in the mail was planned for, where it is sent on a later one. */
  readonly lateSince?: string | undefined;
  /** Name of the person whom a mail about this could not reach. */
  readonly undeliveredTo?: string | undefined;
};

/** Puts a reminder into words, the most urgent first. */
export function wordsOf(reminder: ReminderContent): MailPage {
  const { recipient } = reminder;
  const words = wordsIn(recipient.language);
  const card = wholeCard(reminder, reminder, words);
  const areas = reminder.focusAreas.map(({ names }) => [inLanguageOf(words.language, names)]);
  const dialogue = [inLanguageOf(words.language, reminder.dialogue.titles)];
  return framed(reminder, words, [joined([dialogue, ...areas], ' · ')], {
    subject: `${card.reference} ${shortened(card.title.text.words)}: ${dueInSubject(reminder, words)}`,
    preview: whatToDo(reminder, recipient, words),
    groups: [{ cards: [card] }],
  });
}

/** Puts a reminder into words that tell nobody what it is about: a reference, and where to read on. */
export function withheldWordsOf(reminder: WithheldReminder): MailPage {
  const words = wordsIn(reminder.recipient.language);
  const card = withheldCard(reminder, words);
  const party = inLanguageOf(words.language, reminder.recipient.partyNames);
  const why = joined([words.role[reminder.recipient.role](party), [words.withheld.why]], words.gap);
  const sections = [...card.sections, { heading: words.headings.why, parts: [{ text: why }] }];
  return framed(reminder, words, [[inLanguageOf(words.language, reminder.dialogue.titles)]], {
    subject: `${card.reference}: ${words.state.withheld}`,
    preview: words.toDo.withheld,
    groups: [{ cards: [{ ...card, sections }] }],
  });
}

/** The mail with what every mail says besides: what to know first, for whom it is, from where, and how to change that. */
export function framed(
  { recipient, dialogue, links, lateSince, undeliveredTo }: Framing,
  words: MailWords,
  origin: readonly Line[],
  { subject, preview, ...page }: Pick<MailPage, 'subject' | 'preview' | 'heading' | 'groups'>,
): MailPage {
  const party = inLanguageOf(words.language, recipient.partyNames);
  const { invented } = dialogue;
  return {
    ...page,
    language: words.language,
    subject: oneLine(`${subject}${invented ? ` [${words.inventedMark}]` : ''}`),
    preview: `${invented ? `${capitalised(words.inventedMark)}. ` : ''}${preview}`,
    notices: [
      ...(invented ? [words.invented] : []),
      ...(undeliveredTo ? [words.undelivered(oneLine(undeliveredTo))] : []),
      ...(lateSince ? [words.late(words.day(lateSince))] : []),
    ],
    footer: {
      lines: [
        words.addressee(oneLine(recipient.name), party),
        ...origin,
        [words.automatic],
        ...(words.draft ? [[words.draft]] : []),
      ],
      actions: [
        ...(links.preferences ? [{ label: words.links.preferences, url: links.preferences }] : []),
        ...(links.unsubscribe ? [{ label: words.links.unsubscribe, url: links.unsubscribe }] : []),
      ],
    },
  };
}

/** With a capital, where the script has any, for the beginning of a line. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Cut between words where there is a space to cut at. */
function shortened(title: string): string {
  if (title.length <= MAX_TITLE_IN_SUBJECT) return title;
  const cut = title.slice(0, MAX_TITLE_IN_SUBJECT - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > MAX_TITLE_IN_SUBJECT / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')}…`;
}
