import {
  type Day,
  type Window,
  daysBetween,
  dayInEvery,
  monthsFrom,
  mustBeRecordable,
  windowOf,
} from './calendar.js';
import type { LanguageMap } from './event.js';
import { Malformed } from './refusal.js';

/** How the parts of a year are counted: from January, or from the first month of a fiscal year. */
export type YearCalendar =
  { readonly kind: 'gregorian' } | { readonly kind: 'fiscal'; readonly startMonth: number };

/**
 * When something is due, as the parties put it (domain.md 6.5). A year or a quarter without a calendar is
 * refused, never guessed: in both founding parties "Q4 2025" may mean January to March 2026.
 */
export type DueTerms = DueWords &
  (
    | { readonly precision: 'day'; readonly day: Day }
    | { readonly precision: 'month'; readonly month: string }
    | ({ readonly precision: 'quarter'; readonly quarter: string } & Counted)
    | ({ readonly precision: 'half-year'; readonly half: string } & Counted)
    | ({ readonly precision: 'year'; readonly year: string } & Counted)
    | { readonly precision: 'season'; readonly season: string; readonly hemisphere?: Hemisphere | undefined }
    | { readonly precision: 'range'; readonly start: string; readonly end: string }
    /** Resolved when the round is scheduled, and again when it moves. */
    | { readonly precision: 'next-round' }
    /** Resolved when the event has happened: within so many days of it. */
    | { readonly precision: 'event-bound'; readonly event: LanguageMap; readonly withinDays: number }
    | { readonly precision: 'recurring'; readonly every: Rhythm }
    | { readonly precision: 'ongoing' | 'as-soon-as-possible' | 'none' }
  );

/** What the parties said of the time, and whether it is a deadline at all. */
interface DueWords {
  readonly words?: LanguageMap | undefined;
  /** A target is a figure to be reached over years: it is looked at again, and never overdue. */
  readonly kind?: (typeof dueKinds)[number] | undefined;
}

interface Counted {
  readonly calendar?: YearCalendar | undefined;
}

export const dueKinds = ['commitment', 'target'] as const;
export const rhythms = ['month', 'quarter', 'half-year', 'year'] as const;
export type Rhythm = (typeof rhythms)[number];

/** Months from one occurrence of what recurs to the next. */
export const monthsOf: Readonly<Record<Rhythm, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

export const hemispheres = ['northern', 'southern'] as const;
export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;
type Hemisphere = (typeof hemispheres)[number];

/** The terms with the days they mean; no window where no calendar date follows from them yet. */
export type Due = DueTerms & { readonly window?: Window | undefined };

/**
 * Fixes the window of days that `terms` mean.
 * Throws {@link Malformed}: `no-such-date`, `year-out-of-range`, `calendar-missing`, `hemisphere-missing`,
 * `window-reversed`.
 */
export function dueFrom(terms: DueTerms, field = '/due'): Due {
  const window = windowMeant(terms, field);
  return window ? { ...terms, window } : terms;
}

function windowMeant(terms: DueTerms, field: string): Window | undefined {
  switch (terms.precision) {
    case 'day':
      return windowOf(terms.day, `${field}/day`);
    case 'month':
      return windowOf(terms.month, `${field}/month`);
    case 'quarter': {
      const [year, quarter] = terms.quarter.split('-Q').map(Number);
      mustBeRecordable(year!, `${field}/quarter`);
      return partOfYear(year!, (quarter! - 1) * 3, 3, calendarOf(terms, terms.quarter, field));
    }
    case 'half-year': {
      const [year, half] = terms.half.split('-H').map(Number);
      mustBeRecordable(year!, `${field}/half`);
      return partOfYear(year!, (half! - 1) * 6, 6, calendarOf(terms, terms.half, field));
    }
    case 'season':
      return seasonMeant(terms, field);
    case 'year':
      mustBeRecordable(Number(terms.year), `${field}/year`);
      return partOfYear(Number(terms.year), 0, 12, calendarOf(terms, terms.year, field));
    case 'range': {
      const start = windowOf(terms.start, `${field}/start`).start;
      const end = windowOf(terms.end, `${field}/end`).end;
      if (end < start)
        throw new Malformed(
          'window-reversed',
          `The window ends (${end}) before it starts (${start}).`,
          `${field}/end`,
        );
      return { start, end };
    }
    case 'next-round':
    case 'event-bound':
    case 'recurring':
    case 'ongoing':
    case 'as-soon-as-possible':
    case 'none':
      return undefined;
  }
}

/** First month of each season in the north, as meteorologists count; winter ends in the year after. */
const seasonStarts = { spring: 3, summer: 6, autumn: 9, winter: 12 } as const;

function seasonMeant(
  { season, hemisphere }: { season: string; hemisphere?: Hemisphere | undefined },
  field: string,
): Window {
  const [year, name] = season.split('-') as [string, keyof typeof seasonStarts];
  mustBeRecordable(Number(year), `${field}/season`);
  if (!hemisphere) {
    throw new Malformed(
      'hemisphere-missing',
      `${season} means different months north and south of the equator; say which hemisphere.`,
      `${field}/hemisphere`,
    );
  }
  const start = seasonStarts[name];
  return monthsFrom(Number(year), hemisphere === 'northern' ? start : ((start + 5) % 12) + 1, 3);
}

function partOfYear(year: number, monthsIn: number, months: number, calendar: YearCalendar): Window {
  const first = (calendar.kind === 'fiscal' ? calendar.startMonth : 1) - 1 + monthsIn;
  return monthsFrom(year + Math.floor(first / 12), (first % 12) + 1, months);
}

function calendarOf(
  terms: { calendar?: YearCalendar | undefined },
  words: string,
  field: string,
): YearCalendar {
  if (terms.calendar) return terms.calendar;
  throw new Malformed(
    'calendar-missing',
    `${words} means different days in a calendar year and in a fiscal year; say which calendar.`,
    `${field}/calendar`,
  );
}

/** The last day to deliver, where there is one: a target has none, however far its window reaches (domain.md 6.5). */
export function deadlineOf(due: Due): Day | undefined {
  return due.kind === 'target' ? undefined : due.window?.end;
}

/** Due soon: the window ends within this many days (domain.md 8). */
export const DUE_SOON_DAYS = 30;

export type Timeliness = 'no-calendar-date' | 'not-due' | 'due-soon' | 'overdue';

/**
 * How a due window stands at `now` (an instant) for those responsible, by the zone rule of domain.md 6.5:
 * overdue starts when the last day has ended in the zone of every responsible party.
 */
export function timelinessOf(end: Day | undefined, zones: readonly string[], now: string): Timeliness {
  return zones.length === 0 ? 'no-calendar-date' : timelinessOn(end, dayInEvery(zones, now));
}

/** How a due window that ends on `end` stands on a day. */
export function timelinessOn(end: Day | undefined, today: Day): Timeliness {
  if (!end) return 'no-calendar-date';
  const left = daysBetween(today, end);
  if (left < 0) return 'overdue';
  return left <= DUE_SOON_DAYS ? 'due-soon' : 'not-due';
}
