import { type Day, addDays, addMonths, daysBetween } from './calendar.js';
import type { ReminderPolicy } from './reminder-policy.js';

/** One step of a series, on the day that the policy means, before quiet days are looked at. */
export interface SeriesStep {
  /** `T-30`, `overdue`, `week-2`, `attest-1`: what it is called in mails, answers and events. */
  readonly name: string;
  readonly day: Day;
  /** Of several steps that were missed the strongest is sent. */
  readonly strength: number;
  /** Counted back from the end of the due window: it may come earlier, never later. */
  readonly before?: true;
}

/**
 * What of an endless series is planned: the last step that is past, those of the next twelve months, and at least
 * one that is to come. Every event of the commitment plans anew, and each reminder that is sent is one.
 */
export interface Horizon {
  readonly today: Day;
  readonly until: Day;
}

export function horizonFrom(today: Day): Horizon {
  return { today, until: addMonths(today, 12) };
}

/** Steps nearer to the end than this say nothing true of a window that is not a day: it only ends then. */
const FINER_THAN_COARSE = 7;

/** Strength of a step on the last day of the due window; a day later is one stronger. */
const AT_THE_END = 1000;

/**
 * The steps of a due window that ends on `end`: before it, after it, weekly, then monthly (domain.md 7). A coarse window is
 * counted from its end and leaves out what is nearer than a week. Months are counted from the last weekly step, each from there:
 * from 31 January on 28 February, 31 March, 30 April.
 */
export function dueSeries(
  { end, precision }: { readonly end: Day; readonly precision: string },
  { daysBefore, daysAfter, weeks, monthly }: ReminderPolicy,
  horizon: Horizon,
): SeriesStep[] {
  const at = (name: string, day: Day): SeriesStep => ({
    name,
    day,
    strength: AT_THE_END + daysBetween(end, day),
  });
  const told = precision === 'day' ? daysBefore : daysBefore.filter((days) => days >= FINER_THAN_COARSE);
  const last = addDays(end, daysAfter.at(-1)! + 7 * weeks);
  return [
    ...told.map((days) => ({ ...at(`T-${days}`, addDays(end, -days)), before: true as const })),
    ...daysAfter.map((days, index) => at(index === 0 ? 'overdue' : `overdue-${days}`, addDays(end, days))),
    ...numbered(weeks, (n) => at(`week-${n}`, addDays(end, daysAfter.at(-1)! + 7 * n))),
    ...(monthly ? within(horizon, (n) => at(`month-${n}`, addMonths(last, n))) : []),
  ];
}

/** Asks again every so many days or months from `since` on, as long as it is so: a review, or a side that is silent. */
export function recurringSeries(
  name: string,
  since: Day,
  every: { readonly days: number } | { readonly months: number },
  horizon: Horizon,
): SeriesStep[] {
  const dayOf = (n: number) =>
    'days' in every ? addDays(since, every.days * n) : addMonths(since, every.months * n);
  return within(horizon, (n) => ({ name: `${name}-${n}`, day: dayOf(n), strength: n }));
}

/** Asks a party for what it alone can do: the day after it became its turn, weekly, then monthly like what is overdue. */
export function turnSeries(
  name: string,
  since: Day,
  { weeks, monthly }: ReminderPolicy,
  horizon: Horizon,
): SeriesStep[] {
  const at = (n: number, day: Day): SeriesStep => ({ name: `${name}-${n}`, day, strength: n });
  const first = addDays(since, 1);
  const last = addDays(first, 7 * weeks);
  return [
    at(1, first),
    ...numbered(weeks, (n) => at(n + 1, addDays(first, 7 * n))),
    ...(monthly ? within(horizon, (n) => at(weeks + 1 + n, addMonths(last, n))) : []),
  ];
}

function numbered(count: number, step: (n: number) => SeriesStep): SeriesStep[] {
  return Array.from({ length: count }, (_, index) => step(index + 1));
}

/** Of the steps 1, 2, 3 … without end, those that the horizon holds. */
function within({ today, until }: Horizon, step: (n: number) => SeriesStep): SeriesStep[] {
  const steps: SeriesStep[] = [];
  for (let n = 1; ; n++) {
    const next = step(n);
    if (next.day > until && steps.some(({ day }) => day > today)) return steps;
    // Of what is past the last says everything.
    if (next.day <= today) steps.length = 0;
    steps.push(next);
    if (next.day > until) return steps;
  }
}
