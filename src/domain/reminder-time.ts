import { type Day, addDays, dayIn, instantAt } from './calendar.js';
import type { SeriesStep } from './reminder-series.js';

/** Where and when someone wants to be reminded. */
export interface LocalHour {
  /** IANA zone. */
  readonly zone: string;
  /** 0 to 23. */
  readonly hour: number;
}

/** True on a day on which nobody is to be reminded: a weekend or a public holiday where they are. */
export type IsQuiet = (day: Day) => boolean;

/** What is kept of answers that take the time zone database: 25 µs each, and most are asked for again. */
const KEPT = 100_000;
const instants = new Map<string, string>();
const firstDays = new Map<string, Day>();

/**
 * The instant (ISO 8601, UTC) at which a planned reminder is to go out. The plan is a day and an hour of the recipient's own
 * calendar: computed anew where it is used, the instant follows the zone when its rules change. An hour that
 * the clocks skip moves on by as much, one that they repeat is the first.
 */
export function dueAtOf(plan: {
  readonly local_day: Day;
  readonly local_hour: number;
  readonly zone: string;
}): string {
  const key = `${plan.local_day} ${plan.local_hour} ${plan.zone}`;
  return kept(instants, key, () => instantAt(plan.local_day, plan.local_hour, plan.zone));
}

/**
 * The first day on which `recipient` can hear at their hour that something is overdue: its last day, `end`, has ended by then
 * in each of `zones`, those of the parties responsible (domain.md 6.5).
 */
export function firstDayAfter(end: Day, zones: readonly string[], { zone, hour }: LocalHour): Day {
  return kept(firstDays, `${end} ${hour} ${zone} ${zones.join(' ')}`, () => {
    let day = addDays(end, 1);
    while (zones.some((each) => dayIn(each, dueAtOf({ local_day: day, local_hour: hour, zone })) <= end)) {
      day = addDays(day, 1);
    }
    return day;
  });
}

/** More quiet days in a row than any calendar has: a country in which no day is left is reminded all the same. */
const QUIET_IN_A_ROW = 30;

/**
 * The day on which a step reaches someone. On a quiet day it moves: earlier before the end of the due window, never
 * past it; later after that. `notBefore` holds for what is said after the end.
 */
export function dayOf(step: SeriesStep, isQuiet: IsQuiet, notBefore?: Day): Day {
  const start = !step.before && notBefore !== undefined && step.day < notBefore ? notBefore : step.day;
  let day = start;
  for (let moved = 0; moved < QUIET_IN_A_ROW; moved++) {
    if (!isQuiet(day)) return day;
    day = addDays(day, step.before ? -1 : 1);
  }
  return start;
}

/**
 * The steps of a series, the weakest first, on the days on which they reach someone. Where one meets a stronger one it is left
 * out, as it would be if both had been missed. One that moves into the past is late and goes out at once.
 */
export function placed(
  steps: readonly SeriesStep[],
  isQuiet: IsQuiet,
  notBefore?: Day,
): (SeriesStep & { readonly day: Day })[] {
  const days = steps.map((step) => ({ ...step, day: dayOf(step, isQuiet, notBefore) }));
  return days.filter(({ day }, index) => days[index + 1] === undefined || day < days[index + 1]!.day);
}

function kept<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KEPT) known.clear();
  const value = find();
  known.set(key, value);
  return value;
}
