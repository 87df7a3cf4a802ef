import fc from 'fast-check';
import { deadlineOf, type Due, dueFrom, type DueTerms, type YearCalendar } from '../../src/domain/due.js';
import { Malformed } from '../../src/domain/refusal.js';

const gregorian: YearCalendar = { kind: 'gregorian' };
const fromApril: YearCalendar = { kind: 'fiscal', startMonth: 4 };

/** What is wrong with terms that mean no days. */
function troubleWith(terms: DueTerms): { code: string; field: string | undefined } {
  try {
    dueFrom(terms);
  } catch (error) {
    if (error instanceof Malformed) return { code: error.code, field: error.field };
    throw error;
  }
  throw new Error('These terms were taken.');
}

describe('the window of days that agreed words mean', () => {
  test.each<[string, DueTerms, string, string]>([
    ['a day', { precision: 'day', day: '2026-03-31' }, '2026-03-31', '2026-03-31'],
    ['a leap day', { precision: 'day', day: '2028-02-29' }, '2028-02-29', '2028-02-29'],
    ['a month', { precision: 'month', month: '2026-04' }, '2026-04-01', '2026-04-30'],
    ['a February', { precision: 'month', month: '2026-02' }, '2026-02-01', '2026-02-28'],
    ['a February of a leap year', { precision: 'month', month: '2028-02' }, '2028-02-01', '2028-02-29'],
    ['a December', { precision: 'month', month: '2026-12' }, '2026-12-01', '2026-12-31'],
    [
      'the first quarter of a calendar year',
      { precision: 'quarter', quarter: '2028-Q1', calendar: gregorian },
      '2028-01-01',
      '2028-03-31',
    ],
    [
      'the last quarter of a calendar year',
      { precision: 'quarter', quarter: '2025-Q4', calendar: gregorian },
      '2025-10-01',
      '2025-12-31',
    ],
    [
      'the first quarter of a fiscal year from April',
      { precision: 'quarter', quarter: '2025-Q1', calendar: fromApril },
      '2025-04-01',
      '2025-06-30',
    ],
    [
      'the third quarter of a fiscal year from April, which ends in December',
      { precision: 'quarter', quarter: '2025-Q3', calendar: fromApril },
      '2025-10-01',
      '2025-12-31',
    ],
    [
      'the last quarter of a fiscal year from April, which lies in the next calendar year',
      { precision: 'quarter', quarter: '2025-Q4', calendar: fromApril },
      '2026-01-01',
      '2026-03-31',
    ],
    ['a calendar year', { precision: 'year', year: '2025', calendar: gregorian }, '2025-01-01', '2025-12-31'],
    [
      'a fiscal year from April',
      { precision: 'year', year: '2025', calendar: fromApril },
      '2025-04-01',
      '2026-03-31',
    ],
    [
      'a fiscal year that ends with a leap day',
      { precision: 'year', year: '2027', calendar: { kind: 'fiscal', startMonth: 3 } },
      '2027-03-01',
      '2028-02-29',
    ],
    [
      'a fiscal year from January, which is the calendar year',
      { precision: 'year', year: '2025', calendar: { kind: 'fiscal', startMonth: 1 } },
      '2025-01-01',
      '2025-12-31',
    ],
    [
      'a fiscal quarter from December, which crosses the year',
      { precision: 'quarter', quarter: '2025-Q1', calendar: { kind: 'fiscal', startMonth: 12 } },
      '2025-12-01',
      '2026-02-28',
    ],
    ...(
      [
        ['first', '2025-H1', gregorian, '2025-01-01', '2025-06-30'],
        ['second', '2025-H2', gregorian, '2025-07-01', '2025-12-31'],
        ['first fiscal', '2025-H1', fromApril, '2025-04-01', '2025-09-30'],
        ['second fiscal', '2025-H2', fromApril, '2025-10-01', '2026-03-31'],
      ] as const
    ).map(([which, half, calendar, start, end]): [string, DueTerms, string, string] => [
      `the ${which} half of 2025`,
      { precision: 'half-year', half, calendar },
      start,
      end,
    ]),
    ...(
      [
        ['2027-spring', 'northern', '2027-03-01', '2027-05-31'],
        ['2027-summer', 'northern', '2027-06-01', '2027-08-31'],
        ['2027-autumn', 'northern', '2027-09-01', '2027-11-30'],
        ['2027-winter', 'northern', '2027-12-01', '2028-02-29'],
        ['2027-spring', 'southern', '2027-09-01', '2027-11-30'],
        ['2027-summer', 'southern', '2027-12-01', '2028-02-29'],
        ['2027-autumn', 'southern', '2027-03-01', '2027-05-31'],
        ['2027-winter', 'southern', '2027-06-01', '2027-08-31'],
      ] as const
    ).map(([season, hemisphere, start, end]): [string, DueTerms, string, string] => [
      `the ${hemisphere} ${season}`,
      { precision: 'season', season, hemisphere },
      start,
      end,
    ]),
    [
      'a range from a month to a day',
      { precision: 'range', start: '2025-11', end: '2026-02-15' },
      '2025-11-01',
      '2026-02-15',
    ],
    [
      'a range from a day to a year',
      { precision: 'range', start: '2025-11-24', end: '2026' },
      '2025-11-24',
      '2026-12-31',
    ],
    [
      'a range of one day',
      { precision: 'range', start: '2026-01-01', end: '2026-01-01' },
      '2026-01-01',
      '2026-01-01',
    ],
  ])('%s', (_words, terms, start, end) => {
    expect(dueFrom(terms)).toEqual({ ...terms, window: { start, end } });
  });

  test.each<DueTerms>([
    { precision: 'next-round' },
    { precision: 'event-bound', event: { en: 'the signature' }, withinDays: 60 },
    { precision: 'recurring', every: 'quarter' },
    { precision: 'ongoing' },
    { precision: 'as-soon-as-possible' },
    { precision: 'none' },
  ])('is not known for $precision', (terms) => {
    expect(dueFrom(terms)).toEqual(terms);
    expect(dueFrom(terms)).not.toHaveProperty('window');
  });

  test('stands beside the agreed words, which are kept', () => {
    const words = { en: 'by the end of fiscal year 2025', ja: '2025年度末まで' };
    const due: Due = dueFrom({ precision: 'year', year: '2025', calendar: fromApril, words });
    expect(due.words).toEqual(words);
  });
});

test('a target has a window and no deadline: it is never overdue', () => {
  const terms = { precision: 'day', day: '2035-12-31' } as const;
  expect(deadlineOf(dueFrom({ ...terms, kind: 'target' }))).toBeUndefined();
  for (const kind of [undefined, 'commitment'] as const) {
    expect(deadlineOf(dueFrom({ ...terms, kind }))).toBe('2035-12-31');
  }
});

describe('words that mean no days are refused', () => {
  test.each<[string, DueTerms, string, string]>([
    ['29 February of a common year', { precision: 'day', day: '2025-02-29' }, 'no-such-date', '/due/day'],
    ['29 February of 2100', { precision: 'day', day: '2100-02-29' }, 'no-such-date', '/due/day'],
    ['31 April', { precision: 'day', day: '2026-04-31' }, 'no-such-date', '/due/day'],
    ['day zero', { precision: 'day', day: '2026-04-00' }, 'no-such-date', '/due/day'],
    ['month 13', { precision: 'month', month: '2026-13' }, 'no-such-date', '/due/month'],
    ['month zero', { precision: 'month', month: '2026-00' }, 'no-such-date', '/due/month'],
    [
      'a range from a day that does not exist',
      { precision: 'range', start: '2025-02-29', end: '2026' },
      'no-such-date',
      '/due/start',
    ],
    [
      'a range to a day that does not exist',
      { precision: 'range', start: '2025', end: '2026-06-31' },
      'no-such-date',
      '/due/end',
    ],
    [
      'a range that ends before it starts',
      { precision: 'range', start: '2026-03', end: '2026-02-28' },
      'window-reversed',
      '/due/end',
    ],
    [
      'a quarter of a year that may be a calendar year or a fiscal one',
      { precision: 'quarter', quarter: '2025-Q4' },
      'calendar-missing',
      '/due/calendar',
    ],
    [
      'a year that may be a calendar year or a fiscal one',
      { precision: 'year', year: '2025' },
      'calendar-missing',
      '/due/calendar',
    ],
    [
      'half of a year that may be a calendar year or a fiscal one',
      { precision: 'half-year', half: '2025-H1' },
      'calendar-missing',
      '/due/calendar',
    ],
    [
      'a season that is another one south of the equator',
      { precision: 'season', season: '2027-spring' },
      'hemisphere-missing',
      '/due/hemisphere',
    ],
    ...(
      [
        [{ precision: 'season', season: '3000-spring', hemisphere: 'northern' }, '/due/season'],
        [{ precision: 'half-year', half: '3000-H1', calendar: gregorian }, '/due/half'],
        [{ precision: 'quarter', quarter: '1899-Q4', calendar: gregorian }, '/due/quarter'],
        [{ precision: 'year', year: '3000', calendar: gregorian }, '/due/year'],
      ] as const
    ).map(([terms, field]): [string, DueTerms, string, string] => [
      `a ${terms.precision} of a year that no record is about`,
      terms,
      'year-out-of-range',
      field,
    ]),
  ])('%s', (_words, terms, code, field) => {
    expect(troubleWith(terms)).toEqual({ code, field });
  });
});

describe('whatever the terms', () => {
  const year = fc.integer({ min: 1900, max: 2200 });
  const two = (value: number) => String(value).padStart(2, '0');
  const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${two(m)}`);
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const partial = fc.oneof(day, month, year.map(String));
  const calendar: fc.Arbitrary<YearCalendar> = fc.oneof(
    fc.constant(gregorian),
    fc.record({ kind: fc.constant('fiscal' as const), startMonth: fc.integer({ min: 1, max: 12 }) }),
  );
  const terms: fc.Arbitrary<DueTerms> = fc.oneof(
    fc.record({ precision: fc.constant('day' as const), day }),
    fc.record({ precision: fc.constant('month' as const), month }),
    fc.record({
      precision: fc.constant('quarter' as const),
      quarter: fc.tuple(year, fc.integer({ min: 1, max: 4 })).map(([y, q]) => `${y}-Q${q}`),
      calendar,
    }),
    fc.record({ precision: fc.constant('year' as const), year: year.map(String), calendar }),
    fc.record({ precision: fc.constant('range' as const), start: partial, end: partial }),
  );

  test('the window never starts after its end: such a range is refused', () => {
    fc.assert(
      fc.property(terms, (each) => {
        if (each.precision === 'range' && each.end < each.start && !each.start.startsWith(each.end)) {
          expect(troubleWith(each).code).toBe('window-reversed');
          return;
        }
        const { start, end } = dueFrom(each).window!;
        expect(start <= end).toBe(true);
      }),
    );
  });

  test('the four quarters of a year follow each other without a gap and fill it', () => {
    fc.assert(
      fc.property(year, calendar, (y, kind) => {
        const whole = dueFrom({ precision: 'year', year: String(y), calendar: kind }).window!;
        const quarters = [1, 2, 3, 4].map(
          (q) => dueFrom({ precision: 'quarter', quarter: `${y}-Q${q}`, calendar: kind }).window!,
        );
        const nextDay = (date: string) =>
          new Date(Date.parse(date) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
        expect(quarters.map(({ start }) => start)).toEqual([
          whole.start,
          ...quarters.slice(0, 3).map(({ end }) => nextDay(end)),
        ]);
        expect(quarters[3]!.end).toBe(whole.end);
      }),
    );
  });
});
