import type { MailPage } from './mail-page.js';
import { isOverdue, shortCard, shortWithheldCard } from './reminder-card.js';
import type { DigestContent, ReminderItem, WithheldItem } from './reminder-content.js';
import { framed } from './reminder-words.js';
import { inLanguageOf, type Line, plain } from './said.js';
import type { MailWords } from './words/mail-words.js';
import { wordsIn } from './words/words-in.js';

/** Dates that are still to come are counted one by one up to here, and then together. */
const DATES_IN_SUBJECT = 2;

/**
 * Puts a day's reminders into words, or nothing where there are none: an empty digest is not sent. They stand by focus area,
 * the most urgent first; what is not public is counted apart, so that no count tells how it stands.
 */
export function digestWordsOf(digest: DigestContent): MailPage | undefined {
  if (digest.items.length === 0) return undefined;
  const { recipient, dialogue } = digest;
  const words = wordsIn(recipient.language);
  const shown = digest.items.filter(isPublic).toSorted(byUrgency);
  const withheld = digest.items.filter((item) => 'withheld' in item);
  const counts = countsOf(shown, withheld.length, words);
  const about: Line = [inLanguageOf(words.language, dialogue.titles)];
  const party = inLanguageOf(words.language, recipient.partyNames);
  const late = shown.flatMap(({ lateSince }) => lateSince ?? []).toSorted();
  return framed({ ...digest, lateSince: late[0] }, words, [about, words.digest.why(party)], {
    subject: `${counts.join(words.separator)}: ${plain(about)}`,
    preview: shown[0]
      ? `${shown[0].commitment.id} ${inLanguageOf(words.language, shown[0].commitment.titles).words}`
      : counts.join(words.separator),
    heading: { about, counts, separator: words.separator },
    groups: [
      ...byFocusArea(shown, words).map(({ heading, items }) => ({
        heading,
        cards: items.map((item) => shortCard(item, recipient, words)),
      })),
      ...(withheld.length > 0
        ? [
            {
              heading: [words.digest.withheldHeading],
              cards: withheld.map((item) => shortWithheldCard(item, words)),
            },
          ]
        : []),
    ],
  });
}

/** True of what a mail may tell of. */
export function isPublic(item: ReminderItem | WithheldItem): item is ReminderItem {
  return !('withheld' in item);
}

/** The longest overdue first, then what awaits an answer, then what is due by its date, then what has no date. */
function byUrgency(one: ReminderItem, other: ReminderItem): number {
  const rank = (item: ReminderItem) => (isOverdue(item) ? 0 : isAwaited(item) ? 1 : 2);
  const date = ({ daysLeft = Infinity }: ReminderItem) => daysLeft;
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (date(one) !== date(other)) return date(one) - date(other);
  return one.commitment.id < other.commitment.id ? -1 : 1;
}

function byFocusArea(items: readonly ReminderItem[], { digest, language }: MailWords) {
  const groups = new Map<string, { heading: Line; items: ReminderItem[] }>();
  for (const item of items) {
    const area = item.focusAreas[0];
    const heading = area ? [inLanguageOf(language, area.names)] : [digest.otherAreas];
    const group = groups.get(area?.code ?? '') ?? { heading, items: [] };
    groups.set(area?.code ?? '', { heading, items: [...group.items, item] });
  }
  return [...groups.values()];
}

/** "2 overdue, 1 due in 7 days": how many stand how, the most urgent first. */
function countsOf(items: readonly ReminderItem[], withheld: number, { digest }: MailWords): string[] {
  const awaited = items.filter(isAwaited);
  const delivering = items.filter((item) => !isAwaited(item));
  const left = delivering.flatMap(({ daysLeft }) => daysLeft ?? []);
  const coming = left.filter((days) => days >= 0);
  const dates = [...new Set(coming)].toSorted((a, b) => a - b).slice(0, DATES_IN_SUBJECT);
  const counted = (number: number, words: (number: number) => string) => (number > 0 ? [words(number)] : []);
  return [
    ...counted(left.length - coming.length, digest.overdue),
    ...dates.map((days) => digest.dueIn(coming.filter((each) => each === days).length, days)),
    ...counted(coming.filter((days) => !dates.includes(days)).length, digest.dueLater),
    ...counted(awaited.length, digest.awaited),
    ...counted(delivering.length - left.length, digest.undated),
    ...counted(withheld, digest.withheld),
  ];
}

/** Nothing is to be delivered, an answer is to be given. */
function isAwaited({ turn }: ReminderItem): boolean {
  return turn.task !== 'deliver';
}
