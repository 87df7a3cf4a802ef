import { Temporal } from 'temporal-polyfill';
import { Malformed, Refusal } from './refusal.js';

/** A day, `2026-03-31`. A deadline is such a day and a zone, never an instant (domain.md 6.5). */
export type Day = string;

/** A day, month or year as far as it is known: `2026-03-31`, `2026-03` or `2026` (ISO 8601). */
export type PartialDate = string;

/** Days from `start` to `end`, both included. */
export interface Window {
  readonly start: Day;
  readonly end: Day;
}

/** The minute that a zone was last asked about, and the day it was there. */
const latestDays = new Map<string, { readonly minute: string; readonly day: Day }>();

/** From this year on clocks everywhere differ from UTC by whole minutes: all of a minute lies on one day. */
const WHOLE_MINUTES = '1973';

/** The day that `instant` (ISO 8601) falls on in the IANA `zone`. Every change asks it about now: the answer is kept for a minute. */
export function dayIn(zone: string, instant: string): Day {
  const minute = instant.slice(0, 'YYYY-MM-DDThh:mm'.length);
  const latest = latestDays.get(zone);
  if (latest?.minute === minute && instant.endsWith('Z') && instant > WHOLE_MINUTES) return latest.day;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
  if (instant.endsWith('Z')) latestDays.set(zone, { minute, day });
  return day;
}

/** The last of `zones` to see a new day decides: a day has ended when it has ended in every one of them. */
export function dayInEvery(zones: readonly string[], instant: string): Day {
  return zones
    .map((zone) => dayIn(zone, instant))
    .reduce((earliest, day) => (day < earliest ? day : earliest));
}

/** The instant (ISO 8601, UTC) at which `zone` shows `hour`:00 on `day`; a skipped hour moves on, a repeated one is its first. */
export function instantAt(day: Day, hour: number, zone: string): string {
  return Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: { hour } })
    .toInstant()
    .toString();
}

/** An instant with any offset as ISO 8601 in UTC, to the millisecond; {@link Malformed} for a year out of range. */
export function instantFrom(text: string, field: string): string {
  mustBeRecordable(Number(text.slice(0, 4)), field);
  return new Date(Temporal.Instant.from(text).epochMilliseconds).toISOString();
}

/** True when an instant (ISO 8601, any offset) is not later than `limit`; to the microsecond, as the log records them. */
export function isBy(instant: string, limit: string): boolean {
  return Temporal.Instant.compare(instant, limit) <= 0;
}

/** Milliseconds of a day in UTC, which knows no summer time. */
const DAY = 86_400_000;

/** `day` moved by a number of days, which may be negative. */
export function addDays(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY);
}

/** `day` moved by a number of months; the last day of a month that is too short stands in for the one it does not have. */
export function addMonths(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  const ofMonth = Math.min(Number(day.slice(8)), daysIn(year, ofYear));
  return `${String(year).padStart(4, '0')}-${String(ofYear).padStart(2, '0')}-${String(ofMonth).padStart(2, '0')}`;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/**
 * The day in UTC of a time in milliseconds. Plain days are reckoned so and not with Temporal, which takes ten times as
 * long: every report that is folded asks for some.
 */
function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** First and last day of `months` months from the first day of `month` in `year`. */
export function monthsFrom(year: number, month: number, months: number): Window {
  const start = Temporal.PlainDate.from({ year, month, day: 1 });
  return { start: start.toString(), end: start.add({ months }).subtract({ days: 1 }).toString() };
}

/** Years that can be recorded: every instant that is computed from them exists in every store and language. */
const YEARS = { first: 1900, last: 2999 };

/** Refuses a year that no record is about: {@link Malformed} `year-out-of-range`. */
export function mustBeRecordable(year: number, field?: string): void {
  if (year >= YEARS.first && year <= YEARS.last) return;
  throw new Malformed(
    'year-out-of-range',
    `Years from ${YEARS.first} to ${YEARS.last} can be recorded, not ${year}.`,
    field,
  );
}

/**
 * First and last day meant by a partial date. Throws {@link Malformed}: `no-such-date` for one that does not
 * exist, `year-out-of-range`.
 */
export function windowOf(date: PartialDate, field?: string): Window {
  mustBeRecordable(Number(date.slice(0, 4)), field);
  if (isDay(date)) return { start: date, end: date };
  try {
    const [year, month, day] = date.split('-').map(Number);
    if (day !== undefined) {
      const only = Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
      return { start: only, end: only };
    }
    if (month !== undefined) {
      Temporal.PlainYearMonth.from(date, { overflow: 'reject' });
      return monthsFrom(year!, month, 1);
    }
    return monthsFrom(year!, 1, 12);
  } catch {
    throw new Malformed('no-such-date', `${date} is not a date that exists.`, field);
  }
}

/** True for a day that exists, spelt in full. */
function isDay(date: PartialDate): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  return /^\d{4}-\d\d-\d\d$/.test(date) && day >= 1 && day <= daysIn(year, month);
}

/** Days of a month; none of one that does not exist. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** True for the name of an IANA time zone. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return /^[A-Z]/i.test(zone);
  } catch {
    return false;
  }
}

/**
 * Refuses a date that has not begun anywhere on earth at `now` (UTC+14 is the first to see a day):
 * what is recorded as having happened cannot lie in the future.
 */
export function mustHaveBegun(date: PartialDate, now: string, field = '/occurredOn'): void {
  if (windowOf(date, field).start > dayIn('Pacific/Kiritimati', now)) {
    throw new Refusal('not-yet', `${date} is in the future; only what has happened can be recorded.`, field);
  }
}

/** Refuses a date that has not ended everywhere on earth at `now` (UTC-12 is the last to see a day end): 409 `not-over`. */
export function mustHaveEnded(date: PartialDate, now: string): void {
  if (windowOf(date).end >= dayIn('Etc/GMT+12', now)) {
    throw new Refusal('not-over', `${date} has not ended everywhere yet.`);
  }
}

/** Refuses an instant (ISO 8601) that lies after `now`: what was done cannot have been done in the future. */
export function mustHavePassed(instant: string, now: string, field: string): void {
  if (Temporal.Instant.compare(instant, now) <= 0) return;
  throw new Refusal('not-yet', `${instant} is in the future; only what has happened can be recorded.`, field);
}
