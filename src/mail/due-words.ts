import type { Day } from '../domain/calendar.js';
import type { ReminderContent } from './reminder-content.js';

type Deadline = Pick<ReminderContent, 'due' | 'daysLeft'>;

/** Agreed words longer than this stay out of the subject line. */
const MAX_WORDS_IN_SUBJECT = 30;

/** How much time there is, for example "Due in 7 days" or "5 days overdue". */
export function timeLeft(daysLeft: number): string {
  if (daysLeft === 0) return 'Due today';
  if (daysLeft === 1) return 'Due tomorrow';
  return daysLeft > 1 ? `Due in ${daysLeft} days` : `${inDays(-daysLeft)} overdue`;
}

/** The day that belongs to {@link timeLeft}. It does not pass for agreed where the agreed words are coarser. */
export function dayCounted({ due, daysLeft }: Deadline): string {
  if (isCoarse(due.precision)) return `We count to ${dayInWords(due.end)}`;
  const day = withWeekday(due.end);
  return daysLeft < 0 ? `It was due on ${day}` : day;
}

/** Both in one line, for the end of a subject. */
export function dueInSubject({ due, daysLeft }: Deadline): string {
  const time = timeLeft(daysLeft).replace(/^D/, 'd');
  const day = dayInWords(due.end);
  if (!isCoarse(due.precision)) return `${time} (${daysLeft < 0 ? 'was due ' : ''}${day})`;
  const words = due.words && due.words.length <= MAX_WORDS_IN_SUBJECT ? `${due.words}, ` : '';
  return `${time} (${words}counted to ${day})`;
}

/** What the day rests on and where it is counted, so that a reader elsewhere can follow. */
export function howCounted({ due, recipient }: Pick<ReminderContent, 'due' | 'recipient'>): string[] {
  const words = due.words && `“${due.words}”`;
  const basis = isCoarse(due.precision)
    ? `The agreed words${words && `, ${words},`} name no single day; ${dayInWords(due.end)} is the last day that they cover.`
    : words && `Agreed words: ${words}.`;
  return [...(basis ? [basis] : []), `Days are counted in your time zone, ${recipient.zone}.`];
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function isCoarse(precision: string): boolean {
  return precision !== 'day';
}

function dayInWords(day: Day): string {
  return written(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

function withWeekday(day: Day): string {
  return `${written(day, { weekday: 'long' })} ${dayInWords(day)}`;
}

function written(day: Day, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...how, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
