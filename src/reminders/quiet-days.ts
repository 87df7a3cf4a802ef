import Holidays from 'date-holidays';
import { type Day, addDays } from '../domain/calendar.js';
import type { IsQuiet } from '../domain/reminder-time.js';

/** The package and version that public holidays are taken from: they are as it dates them. */
export const HOLIDAYS_FROM = 'date-holidays 3.37.0';

/** Milliseconds of a day. */
const DAY = 86_400_000;

/** How much shorter or longer than 24 hours the clocks can make a holiday, in milliseconds. */
const CLOCK_CHANGE = 2 * 3_600_000;

/** Saturday and Sunday, as ISO 8601 numbers weekdays; what holds where no country is known. */
const saturdayAndSunday: readonly number[] = [6, 7];

/**
 * Where the weekend of government offices is not the one of the country (Unicode CLDR): India's CLDR weekend is Sunday alone,
 * its central government has worked five days a week since 1985.
 */
const weekendsOfOffices: Readonly<Record<string, readonly number[]>> = { IN: saturdayAndSunday };

const holidaysByYear = new Map<string, ReadonlySet<Day>>();
const weekends = new Map<string, readonly number[]>();

/** Codes (ISO 3166-1 alpha-2) of the countries whose holidays are known. */
const countries: ReadonlySet<string> = new Set(Object.keys(new Holidays().getCountries()));

/** True of a country whose public holidays are known. */
export function isKnownCountry(code: string): boolean {
  return countries.has(code);
}

/** The quiet days of a country: its weekend and its public holidays, nationwide ones only. Without one, Saturday and Sunday. */
export function quietDaysOf(country: string | undefined): IsQuiet {
  const weekend = country ? weekendOf(country) : saturdayAndSunday;
  return (day) =>
    weekend.includes(weekdayOf(day)) ||
    (country !== undefined && holidaysOf(country, Number(day.slice(0, 4))).has(day));
}

/** Monday is 1 and Sunday 7 (ISO 8601). */
function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

function weekendOf(country: string): readonly number[] {
  const known = weekends.get(country);
  if (known) return known;
  const weekend = weekendsOfOffices[country] ?? weekendInCldr(country) ?? saturdayAndSunday;
  weekends.set(country, weekend);
  return weekend;
}

/** What the Unicode CLDR that Node carries says; a property in older versions of it and a method in newer ones. */
function weekendInCldr(country: string): readonly number[] | undefined {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    readonly weekInfo?: { readonly weekend: readonly number[] };
    getWeekInfo?(): { readonly weekend: readonly number[] };
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend;
}

/** Kept per country and year: reckoning a year takes the package up to 60 ms. */
function holidaysOf(country: string, year: number): ReadonlySet<Day> {
  const key = `${country} ${year}`;
  const known = holidaysByYear.get(key);
  if (known) return known;
  const holidays = new Holidays(country)
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      // A holiday may last several days, or half of one; half a day is not quiet.
      const days = Math.floor((end.getTime() - start.getTime() + CLOCK_CHANGE) / DAY);
      return Array.from({ length: days }, (_, index) => addDays(date.slice(0, 'YYYY-MM-DD'.length), index));
    });
  const found = new Set(holidays);
  holidaysByYear.set(key, found);
  return found;
}
