import fc from 'fast-check';
import { addDays, dayInEvery } from '../../src/domain/calendar.js';
import { timelinessOf } from '../../src/domain/due.js';

const india = ['Asia/Kolkata'];
const japan = ['Asia/Tokyo'];
const both = ['Asia/Kolkata', 'Asia/Tokyo'];

describe('a commitment is overdue only when its last day has ended', () => {
  // On 31 March 2026 midnight comes at 15:00 UTC in Tokyo and at 18:30 UTC in Kolkata.
  const end = '2026-03-31';

  test.each<[string, readonly string[], string]>([
    ['in Japan, for Japan', japan, '2026-03-31T15:00:00Z'],
    ['in India, for India', india, '2026-03-31T18:30:00Z'],
    ['in both, for a joint one', both, '2026-03-31T18:30:00Z'],
    ['in both, whichever is named first', both.toReversed(), '2026-03-31T18:30:00Z'],
  ])('%s', (_where, zones, midnight) => {
    const before = new Date(Date.parse(midnight) - 1).toISOString();
    expect(timelinessOf(end, zones, before)).toBe('due-soon');
    expect(timelinessOf(end, zones, midnight)).toBe('overdue');
  });
});

describe('a commitment is due soon', () => {
  test('from the thirtieth day before its end on, by the day of the last to see it begin', () => {
    // 1 March 2026 begins at 18:30 UTC of the day before in Kolkata, at 15:00 UTC in Tokyo.
    expect(timelinessOf('2026-03-31', both, '2026-02-28T18:29:59.999Z')).toBe('not-due');
    expect(timelinessOf('2026-03-31', both, '2026-02-28T18:30:00Z')).toBe('due-soon');
    expect(timelinessOf('2026-03-31', japan, '2026-02-28T15:00:00Z')).toBe('due-soon');
  });

  test('on its last day', () => {
    expect(timelinessOf('2026-03-31', india, '2026-03-31T06:00:00Z')).toBe('due-soon');
  });
});

test('without a calendar date, or without anyone responsible, nothing falls due', () => {
  expect(timelinessOf(undefined, both, '2026-03-31T00:00:00Z')).toBe('no-calendar-date');
  expect(timelinessOf('2026-03-31', [], '2036-03-31T00:00:00Z')).toBe('no-calendar-date');
});

describe('as time passes', () => {
  const order = ['not-due', 'due-soon', 'overdue'];
  const zones = fc.uniqueArray(
    fc.constantFrom(
      'Asia/Kolkata',
      'Asia/Tokyo',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'America/New_York',
      'Australia/Lord_Howe',
    ),
    { minLength: 1, maxLength: 3 },
  );
  /** Instants within 40 days of the end, where everything happens. */
  const end = '2026-03-31';
  const instant = fc
    .integer({ min: -40 * 24 * 60, max: 3 * 24 * 60 })
    .map((minutes) => new Date(Date.parse(`${end}T00:00:00Z`) + minutes * 60_000).toISOString());

  test('timeliness never goes back', () => {
    fc.assert(
      fc.property(zones, instant, instant, (where, one, other) => {
        const [earlier, later] = [one, other].toSorted();
        expect(order.indexOf(timelinessOf(end, where, later!))).toBeGreaterThanOrEqual(
          order.indexOf(timelinessOf(end, where, earlier!)),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('more people responsible never make it due earlier', () => {
    fc.assert(
      fc.property(zones, zones, instant, (some, more, now) => {
        expect(order.indexOf(timelinessOf(end, [...some, ...more], now))).toBeLessThanOrEqual(
          order.indexOf(timelinessOf(end, some, now)),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('it is due soon on 31 days, the last of them its end, and overdue on every later one', () => {
    const on = (days: number) => `${addDays(end, days)}T12:00:00Z`;
    const zone = ['UTC'];
    const days = Array.from({ length: 45 }, (_each, index) => index - 40);
    const soon = days.filter((day) => timelinessOf(end, zone, on(day)) === 'due-soon');
    expect([soon.length, soon.at(0), soon.at(-1)]).toEqual([31, -30, 0]);
    expect(days.filter((day) => timelinessOf(end, zone, on(day)) === 'overdue')).toEqual([1, 2, 3, 4]);
    expect(dayInEvery(zone, on(1))).toBe('2026-04-01');
  });
});
