import type { Day } from '../../domain/calendar.js';

/** Formats by locale and what they write: to make one takes a hundred times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A plain day as a language writes it; no zone moves it. */
export function writtenDay(locale: string, day: Day, how: Intl.DateTimeFormatOptions): string {
  const name = `${locale} ${JSON.stringify(how)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' });
  formats.set(name, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}

export const dayMonthYear = { day: 'numeric', month: 'long', year: 'numeric' } as const;
