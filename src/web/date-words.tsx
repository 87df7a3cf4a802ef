import type { PartialDate } from '../domain/calendar.js';

/** A date as far as it is known: "27 November 2024", "November 2024" or "2024". */
export function dateInWords(date: PartialDate): string {
  const [year, month, day] = date.split('-').map(Number);
  const how: Intl.DateTimeFormatOptions = {
    ...(day !== undefined && { day: 'numeric' }),
    ...(month !== undefined && { month: 'long' }),
    year: 'numeric',
  };
  return written(new Date(Date.UTC(year!, (month ?? 1) - 1, day ?? 1)), how);
}

/** A date in words that programs can read, too. */
export function DateShown({ on }: { on: PartialDate }) {
  return <time dateTime={on}>{dateInWords(on)}</time>;
}

/** An instant, to the minute and in UTC, since the page does not know where its reader is. */
export function InstantShown({ at }: { at: string }) {
  const instant = new Date(at);
  const minute = written(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = written(instant, { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <time dateTime={at}>
      {day}, {minute} UTC
    </time>
  );
}

function written(date: Date, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...how, timeZone: 'UTC' }).format(date);
}
