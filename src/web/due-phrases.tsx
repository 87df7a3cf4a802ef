import type { Due, YearCalendar } from '../domain/due.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { dateInWords, DateShown } from './date-words.js';
import { chosen, Text } from './language.js';

/** When something is due, in the agreed words; where none are on record, in words for what was agreed. */
export function DueWords({ due }: { due: Due }) {
  return due.words ? <Text of={due.words} /> : <span>{termsInWords(due)}</span>;
}

/** The day that the agreed words are counted to, unless they name that day themselves. */
export function CountedTo({ due }: { due: Due }) {
  if (!due.window || (due.precision === 'day' && !due.words)) return null;
  return (
    <>
      counted to <DateShown on={due.window.end} />
    </>
  );
}

/** The date first agreed stays visible for ever (domain.md 6.5). */
export function FirstDue({ dueHistory: { baseline, slipDays } }: Pick<CommitmentAnswer, 'dueHistory'>) {
  if (!baseline || !slipDays) return null;
  return (
    <span class="counted">
      first due <DueWords due={baseline} />: {days(Math.abs(slipDays))} {slipDays > 0 ? 'earlier' : 'later'}
    </span>
  );
}

/** How far off the end is: "Due in 6 days", "12 days overdue"; nothing where no deadline can still pass. */
export function timeLeft({ timeliness }: Pick<CommitmentAnswer, 'timeliness'>): string | undefined {
  if (!timeliness) return undefined;
  const { daysLeft } = timeliness;
  if (daysLeft === undefined) return 'No calendar date';
  if (daysLeft === 0) return 'Due today';
  if (daysLeft === 1) return 'Due tomorrow';
  return daysLeft > 1 ? `Due in ${daysLeft} days` : `${days(-daysLeft)} overdue`;
}

/** A number of days in words. */
export function days(number: number): string {
  return number === 1 ? '1 day' : `${number} days`;
}

function termsInWords(due: Due): string {
  switch (due.precision) {
    case 'day':
      return dateInWords(due.day);
    case 'month':
      return `in ${dateInWords(due.month)}`;
    case 'quarter': {
      const [year, quarter] = due.quarter.split('-Q');
      return `in quarter ${quarter} of ${yearInWords(year!, due.calendar)}`;
    }
    case 'half-year': {
      const [year, half] = due.half.split('-H');
      return `in half ${half} of ${yearInWords(year!, due.calendar)}`;
    }
    case 'season': {
      const [year, season] = due.season.split('-');
      return `in ${season} ${year} (${due.hemisphere} hemisphere)`;
    }
    case 'year':
      return `in ${yearInWords(due.year, due.calendar)}`;
    case 'range':
      return `between ${dateInWords(due.start)} and ${dateInWords(due.end)}`;
    case 'next-round':
      return 'by the next round';
    case 'event-bound':
      return `within ${due.withinDays} days of: ${chosen(due.event).words}`;
    case 'recurring':
      return `every ${due.every.replace('-', ' ')}`;
    case 'ongoing':
      return 'ongoing';
    case 'as-soon-as-possible':
      return 'as soon as possible';
    case 'none':
      return 'no date agreed';
  }
}

function yearInWords(year: string, calendar: YearCalendar | undefined): string {
  if (calendar?.kind !== 'fiscal') return year;
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2000, calendar.startMonth - 1),
  );
  return `the fiscal year ${year} (from ${month})`;
}
