/** Terms of a due date with the days that they mean, written down by hand (domain.md 6.5). */
export interface Due {
  readonly terms: { readonly precision: string; readonly [member: string]: unknown };
  readonly window?: { readonly start: string; readonly end: string } | undefined;
  /** A target is never overdue. */
  readonly isTarget?: true;
}

const day = (date: string): Due => ({
  terms: { precision: 'day', day: date },
  window: { start: date, end: date },
});

export const none: Due = { terms: { precision: 'none' } };
export const event: Due = {
  terms: { precision: 'event-bound', event: { en: 'Signature' }, withinDays: 60 },
};

/** No date is near today, whenever the test runs: the clock of the service is the real one. */
export const dues: readonly Due[] = [
  day('2025-03-31'),
  { terms: { precision: 'month', month: '2025-06' }, window: { start: '2025-06-01', end: '2025-06-30' } },
  {
    terms: {
      precision: 'quarter',
      quarter: '2090-Q4',
      calendar: { kind: 'fiscal', startMonth: 4 },
    },
    window: { start: '2091-01-01', end: '2091-03-31' },
  },
  {
    terms: { precision: 'half-year', half: '2090-H1', calendar: { kind: 'gregorian' } },
    window: { start: '2090-01-01', end: '2090-06-30' },
  },
  {
    terms: { precision: 'season', season: '2091-winter', hemisphere: 'northern' },
    window: { start: '2091-12-01', end: '2092-02-29' },
  },
  {
    terms: { precision: 'range', start: '2090-02', end: '2093-03' },
    window: { start: '2090-02-01', end: '2093-03-31' },
  },
  {
    terms: { precision: 'day', day: '2094-12-31', kind: 'target' },
    window: { start: '2094-12-31', end: '2094-12-31' },
    isTarget: true,
  },
  { terms: { precision: 'next-round' } },
  event,
  none,
];

/** "Q4 2090" without a calendar is refused. */
export const unclear: Due = { terms: { precision: 'quarter', quarter: '2090-Q4' } };

/** The last day to deliver; a target has none. */
export function deadlineOf({ window, isTarget }: Due): string | undefined {
  return isTarget ? undefined : window?.end;
}

const DAY = 86_400_000;

/** Days from one date to another. */
export function daysFrom(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / DAY;
}

/** The date so many days later. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
