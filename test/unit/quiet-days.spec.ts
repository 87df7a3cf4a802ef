import { readFileSync } from 'node:fs';
import { addDays } from '../../src/domain/calendar.js';
import { dueAtOf, firstDayAfter, placed } from '../../src/domain/reminder-time.js';
import { defaultPolicy } from '../../src/domain/reminder-policy.js';
import { dueSeries, horizonFrom } from '../../src/domain/reminder-series.js';
import { HOLIDAYS_FROM, isKnownCountry, quietDaysOf } from '../../src/reminders/quiet-days.js';

describe('quiet days', () => {
  test.each([
    ['Japan’s Golden Week: Showa Day', 'JP', '2026-04-29', true],
    ['a working day between', 'JP', '2026-04-30', false],
    ['Constitution Day, on a Sunday', 'JP', '2026-05-03', true],
    ['Greenery Day', 'JP', '2026-05-04', true],
    ['Children’s Day', 'JP', '2026-05-05', true],
    ['the day in place of the one on Sunday', 'JP', '2026-05-06', true],
    ['after Golden Week', 'JP', '2026-05-07', false],
    ['a day of banks alone', 'JP', '2026-12-31', false],
    ['India’s Republic Day', 'IN', '2026-01-26', true],
    ['Republic Day, in Japan', 'JP', '2026-01-26', false],
    ['a Saturday of India’s central government', 'IN', '2026-01-24', true],
    ['a Friday in Saudi Arabia', 'SA', '2026-01-09', true],
    ['a Sunday in Saudi Arabia', 'SA', '2026-01-11', false],
    ['the second day of a feast of several', 'SA', '2026-03-20', true],
    ['half a holiday in China', 'CN', '2026-05-04', false],
    ['a Saturday where no country is known', undefined, '2026-01-10', true],
    ['a Sunday where no country is known', undefined, '2026-01-11', true],
    ['a Monday where no country is known', undefined, '2026-01-26', false],
  ])('%s', (_what, country, day, quiet) => {
    expect(quietDaysOf(country)(day)).toBe(quiet);
  });

  test('are those of a country whose holidays are known', () => {
    expect([isKnownCountry('JP'), isKnownCountry('XX')]).toEqual([true, false]);
  });

  test('come from the version of the package that is installed', () => {
    const { version } = JSON.parse(readFileSync('node_modules/date-holidays/package.json', 'utf8'));
    expect(HOLIDAYS_FROM).toBe(`date-holidays ${version}`);
  });
});

describe('a step on a quiet day', () => {
  const days = (end: string, country: string | undefined) =>
    placed(
      dueSeries({ end, precision: 'day' }, { ...defaultPolicy, weeks: 1, monthly: false }, horizonFrom(end)),
      quietDaysOf(country),
    ).map(({ name, day }) => `${name} ${day}`);

  test.each([
    // 5 to 3 May and the weekend before are quiet: the day before moves over all of Golden Week.
    ['over Golden Week', '2026-05-07', 'JP', ['T-7 2026-04-30', 'T-1 2026-05-01', 'overdue 2026-05-08']],
    [
      'where Golden Week is none',
      '2026-05-07',
      'IN',
      ['T-7 2026-04-30', 'T-1 2026-05-06', 'overdue 2026-05-08'],
    ],
    ['over Republic Day and its weekend', '2026-01-27', 'IN', ['T-7 2026-01-20', 'T-1 2026-01-23']],
    [
      'the day after, over Republic Day',
      '2026-01-25',
      'IN',
      ['T-7 2026-01-16', 'T-1 2026-01-23', 'overdue 2026-01-27'],
    ],
  ])('moves earlier before the end and later after it: %s', (_what, end, country, expected) => {
    expect(days(end, country)).toEqual(expect.arrayContaining(expected));
  });

  test('reaches two people on different days', () => {
    expect([days('2026-05-07', 'JP')[2], days('2026-05-07', 'IN')[2]]).toEqual([
      'T-1 2026-05-01',
      'T-1 2026-05-06',
    ]);
  });

  test('never moves past the end, nor what is overdue before it', () => {
    const everyDay = Array.from({ length: 366 }, (_, n) => addDays('2026-01-01', n));
    for (const end of everyDay) {
      const steps = days(end, 'JP');
      const dayOf = (name: string) => steps.find((step) => step.startsWith(`${name} `))!.split(' ')[1]!;
      expect([end, dayOf('T-1') < end, dayOf('overdue') > end]).toEqual([end, true, true]);
    }
  });

  test('that meets a stronger one is left out: one mail a day says the same once', () => {
    const steps = [
      { name: 'T-2', day: '2026-05-05', strength: 1, before: true as const },
      { name: 'T-1', day: '2026-05-06', strength: 2, before: true as const },
    ];
    expect(placed(steps, quietDaysOf('JP')).map(({ name, day }) => [name, day])).toEqual([
      ['T-1', '2026-05-01'],
    ]);
  });

  test('is sent all the same where every day is quiet', () => {
    const [step] = placed([{ name: 'T-1', day: '2026-05-05', strength: 1, before: true }], () => true);
    expect(step?.day).toBe('2026-05-05');
  });
});

describe('the hour of a reminder', () => {
  test.each([
    ['nine in Kolkata, half an hour off', '2026-03-24', 9, 'Asia/Kolkata', '2026-03-24T03:30:00Z'],
    ['nine in Kathmandu, a quarter off', '2026-03-24', 9, 'Asia/Kathmandu', '2026-03-24T03:15:00Z'],
    ['nine in Tokyo', '2026-03-24', 9, 'Asia/Tokyo', '2026-03-24T00:00:00Z'],
    ['before Berlin’s clocks go forward', '2026-03-28', 9, 'Europe/Berlin', '2026-03-28T08:00:00Z'],
    ['after they did', '2026-03-30', 9, 'Europe/Berlin', '2026-03-30T07:00:00Z'],
    [
      'an hour that Berlin skips moves on by an hour',
      '2026-03-29',
      2,
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
    ],
    ['an hour that Berlin repeats is the first', '2026-10-25', 2, 'Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['half an hour that Lord Howe skips', '2026-10-04', 2, 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['29 February', '2028-02-29', 9, 'Asia/Tokyo', '2028-02-29T00:00:00Z'],
    ['a day that Samoa skipped moves on by a day', '2011-12-30', 9, 'Pacific/Apia', '2011-12-30T19:00:00Z'],
  ])('is the recipient’s own: %s', (_what, local_day, local_hour, zone, instant) => {
    expect(dueAtOf({ local_day, local_hour, zone })).toBe(instant);
  });

  test('is computed from the day and hour of the plan, not kept: other rules of a zone, another instant', () => {
    // Planned before Mexico gave up summer time, for a day after it did: it would have been an hour earlier.
    const plan = { local_day: '2023-05-02', local_hour: 9, zone: 'America/Mexico_City' };
    expect(dueAtOf(plan)).toBe('2023-05-02T15:00:00Z');
  });

  test.each([
    [
      'an early riser in Tokyo, shared with India',
      'Asia/Tokyo',
      2,
      ['Asia/Tokyo', 'Asia/Kolkata'],
      '2026-04-02',
    ],
    ['nine in Tokyo, shared with India', 'Asia/Tokyo', 9, ['Asia/Tokyo', 'Asia/Kolkata'], '2026-04-01'],
    [
      'nine in Tokyo, shared with New York',
      'Asia/Tokyo',
      9,
      ['Asia/Tokyo', 'America/New_York'],
      '2026-04-02',
    ],
    [
      'nine in New York, shared with Tokyo',
      'America/New_York',
      9,
      ['Asia/Tokyo', 'America/New_York'],
      '2026-04-01',
    ],
  ])(
    'never says "overdue" before the last day has ended for all who are responsible: %s',
    (_who, zone, hour, zones, day) => {
      expect(firstDayAfter('2026-03-31', zones, { zone, hour })).toBe(day);
    },
  );
});
