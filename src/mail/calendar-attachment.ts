import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays, type Day } from '../domain/calendar.js';
import type { MailAttachment } from './mail-attachment.js';
import type { MailLanguage, ReminderItem } from './reminder-content.js';
import { inLanguageOf, oneLine } from './said.js';
import { titlesOf } from './titles.js';
import { wordsIn } from './words/words-in.js';

interface Calendar {
  /** The dialogue that the commitments are of. */
  readonly slug: string;
  readonly language: MailLanguage;
  /** ISO 8601. */
  readonly madeAt: string;
}

/** What an entry of a calendar says. */
type Entry = Pick<ReminderItem, 'commitment' | 'due'> & { readonly isWithdrawn?: boolean };

/**
 * The last days to deliver as a file for a calendar (RFC 5545): an entry for each commitment with a date, all-day and
 * without a zone, so that no reader's zone shifts it. Sent again it replaces itself: the UID is the commitment's, and the
 * sequence rises with every change of the date. Undefined where nothing has a date.
 */
export function calendarAttachment(
  entries: readonly Entry[],
  calendar: Calendar,
): MailAttachment | undefined {
  const file = ical({
    prodId: { company: 'Pacta', product: 'Reminders', language: calendar.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const entry of entries) {
    const { end } = entry.due;
    if (end === undefined) continue;
    const { commitment, due, isWithdrawn } = entry;
    file.createEvent({
      id: uidOf(calendar.slug, commitment),
      sequence: due.version,
      stamp: new Date(calendar.madeAt),
      allDay: true,
      start: midnight(end),
      // The end is the first day that is no longer part of it.
      end: midnight(addDays(end, 1)),
      summary: titleOf(entry, calendar.language),
      description: describedBy(entry, calendar.language),
      url: commitment.url,
      // A date to deliver by takes up nobody's day.
      transparency: ICalEventTransparency.TRANSPARENT,
      status: isWithdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  if (file.length() === 0) return undefined;
  return {
    filename: 'due-dates.ics',
    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    content: file.toString(),
  };
}

/** The same for as long as the commitment lives, and no other's anywhere: calendars of several dialogues meet. */
function uidOf(slug: string, { id, url }: Entry['commitment']): string {
  return `${slug}.${id}@${new URL(url).host}`;
}

/** Agreed words that name no single day stand beside the day that they are counted to. */
function titleOf({ commitment, due }: Entry, language: MailLanguage): string {
  const { title } = titlesOf(commitment, wordsIn(language));
  const words = due.precision !== 'day' && due.words ? ` (${inLanguageOf(language, due.words).words})` : '';
  return oneLine(`${commitment.id} ${title.text.words}${words}`);
}

function describedBy({ commitment, due }: Entry, language: MailLanguage): string {
  const words = wordsIn(language);
  const agreed = due.words ? inLanguageOf(language, due.words).words : '';
  return [...(agreed ? [agreed] : []), words.due.countedTo(words.day(due.end!)), commitment.url].join('\n');
}

function midnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
