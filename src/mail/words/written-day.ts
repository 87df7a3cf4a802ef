import type { Day } from '../../domain/calendar.js';

/** A plain day as a language writes it; no zone moves it. */
export function writtenDay(locale: string, day: Day, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export const dayMonthYear = { day: 'numeric', month: 'long', year: 'numeric' } as const;
