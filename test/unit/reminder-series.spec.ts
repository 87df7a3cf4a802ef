import { addMonths } from '../../src/domain/calendar.js';
import { escalationSteps } from '../../src/domain/reminder-escalation.js';
import { defaultPolicy } from '../../src/domain/reminder-policy.js';
import {
  dueSeries,
  horizonFrom,
  recurringSeries,
  type SeriesStep,
  turnSeries,
} from '../../src/domain/reminder-series.js';

const told = (steps: readonly SeriesStep[]) => steps.map(({ name, day }) => `${name} ${day}`);
const before = horizonFrom('2026-01-01');

describe('the series of a due date', () => {
  test('goes 30, 7 and 1 days before its end, the day after, weekly for 8 weeks, then monthly for a year', () => {
    const steps = told(dueSeries({ end: '2026-03-31', precision: 'day' }, defaultPolicy, before));
    expect(steps.slice(0, 14)).toEqual([
      'T-30 2026-03-01',
      'T-7 2026-03-24',
      'T-1 2026-03-30',
      'overdue 2026-04-01',
      'week-1 2026-04-08',
      'week-2 2026-04-15',
      'week-3 2026-04-22',
      'week-4 2026-04-29',
      'week-5 2026-05-06',
      'week-6 2026-05-13',
      'week-7 2026-05-20',
      'week-8 2026-05-27',
      'month-1 2026-06-27',
      'month-2 2026-07-27',
    ]);
    expect(steps.at(-1)).toBe('month-7 2026-12-27');
  });

  test.each(['month', 'quarter', 'year', 'range', 'season', 'half-year'])(
    'of the precision of a %s is counted from the end of its window and leaves out the day before',
    (precision) => {
      const steps = told(dueSeries({ end: '2026-03-31', precision }, defaultPolicy, before));
      expect(steps.slice(0, 3)).toEqual(['T-30 2026-03-01', 'T-7 2026-03-24', 'overdue 2026-04-01']);
    },
  );

  test('grows in strength from step to step: of what was missed the latest is the strongest', () => {
    const strengths = dueSeries({ end: '2026-03-31', precision: 'day' }, defaultPolicy, before).map(
      ({ strength }) => strength,
    );
    expect(strengths).toEqual(strengths.toSorted((one, other) => one - other));
    expect(new Set(strengths).size).toBe(strengths.length);
  });

  test('has no month that is long past but the last, and always one that is to come', () => {
    const months = (today: string) =>
      told(dueSeries({ end: '2026-03-31', precision: 'day' }, defaultPolicy, horizonFrom(today))).filter(
        (step) => step.startsWith('month'),
      );
    expect(months('2027-01-01').slice(0, 2)).toEqual(['month-7 2026-12-27', 'month-8 2027-01-27']);
    expect(months('2020-01-01')).toEqual(['month-1 2026-06-27']);
  });

  test('follows the policy', () => {
    const policy = { ...defaultPolicy, daysBefore: [10], daysAfter: [1, 3], weeks: 1, monthly: false };
    expect(told(dueSeries({ end: '2026-03-31', precision: 'day' }, policy, before))).toEqual([
      'T-10 2026-03-21',
      'overdue 2026-04-01',
      'overdue-3 2026-04-03',
      'week-1 2026-04-10',
    ]);
  });
});

describe('months', () => {
  test.each([
    ['a common year', '2027-01-31', ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
    ['a leap year', '2028-01-31', ['2028-02-29', '2028-03-31', '2028-04-30', '2028-05-31']],
    ['the turn of a year', '2026-12-30', ['2027-01-30', '2027-02-28', '2027-03-30', '2027-04-30']],
  ])('are counted from the first day each, and end with a shorter month: %s', (_what, day, months) => {
    expect([1, 2, 3, 4].map((n) => addMonths(day, n))).toEqual(months);
  });

  test('of a monthly series from 31 January go to the last of February and the 31st of March', () => {
    const policy = { ...defaultPolicy, daysBefore: [], daysAfter: [1], weeks: 0 };
    const steps = dueSeries({ end: '2027-01-30', precision: 'day' }, policy, horizonFrom('2027-01-01'));
    expect(told(steps).slice(0, 4)).toEqual([
      'overdue 2027-01-31',
      'month-1 2027-02-28',
      'month-2 2027-03-31',
      'month-3 2027-04-30',
    ]);
  });

  test('a year after 29 February is 28 February', () => {
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  });
});

describe('other series', () => {
  test('a review comes every 90 days, the last one missed and those of a year ahead', () => {
    expect(told(recurringSeries('review', '2025-10-01', { days: 90 }, horizonFrom('2026-05-01')))).toEqual([
      'review-2 2026-03-30',
      'review-3 2026-06-28',
      'review-4 2026-09-26',
      'review-5 2026-12-25',
      'review-6 2027-03-25',
    ]);
  });

  test('what is due every quarter is looked at once a quarter, counted in months', () => {
    const quarterly = recurringSeries('review', '2025-11-30', { months: 3 }, horizonFrom('2026-05-31'));
    expect(told(quarterly)).toEqual([
      'review-2 2026-05-30',
      'review-3 2026-08-30',
      'review-4 2026-11-30',
      'review-5 2027-02-28',
      'review-6 2027-05-30',
    ]);
  });

  test('a rhythm longer than the horizon has its next step', () => {
    expect(told(recurringSeries('review', '2026-01-01', { days: 730 }, before))).toEqual([
      'review-1 2028-01-01',
    ]);
  });

  test('a party whose turn it is hears of it the next day, weekly, then monthly', () => {
    const policy = { ...defaultPolicy, weeks: 2 };
    expect(told(turnSeries('attest', '2026-03-31', policy, before)).slice(0, 5)).toEqual([
      'attest-1 2026-04-01',
      'attest-2 2026-04-08',
      'attest-3 2026-04-15',
      'attest-4 2026-05-15',
      'attest-5 2026-06-15',
    ]);
  });
});

describe('the escalation of what is overdue', () => {
  test.each<[string, string | undefined, string]>([
    ['45 days after the end where no round is in sight', undefined, 'escalation-45 2026-05-15'],
    ['14 days before the next round where that is first', '2026-05-10', 'round-14 2026-04-26'],
    ['45 days after the end where the round is far', '2026-09-01', 'escalation-45 2026-05-15'],
    ['with the head of division, not before, where the round is near', '2026-04-15', 'round-14 2026-04-07'],
    ['45 days after the end where the round is over by then', '2026-04-05', 'escalation-45 2026-05-15'],
  ])('reaches the co-chairs’ offices %s', (_when, round, last) => {
    const steps = escalationSteps('2026-03-31', defaultPolicy.escalation, round);
    expect(told(steps)).toEqual(['escalation-7 2026-04-07', 'escalation-21 2026-04-21', last]);
    expect(steps.map(({ to, of }) => [to, of])).toEqual([
      ['head-of-division', 'owing'],
      ['secretariat', 'both'],
      ['co-chair', 'both'],
    ]);
  });
});
