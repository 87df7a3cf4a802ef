import fc from 'fast-check';
import { dayKey, todaysOf } from '../../src/read-models/standing-today.js';
import { parties } from './scenario.js';

const keyAt = (now: string, of: Parameters<typeof todaysOf>[0] = parties) => dayKey(todaysOf(of, now));

describe('the days of the parties in an entity tag', () => {
  test('are the earliest day, and how many days each party is ahead of it, in the parties’ order', () => {
    expect(keyAt('2026-11-24T12:00:00Z')).toBe('20261124-00');
    expect(keyAt('2026-11-24T16:00:00Z')).toBe('20261124-01');
    expect(keyAt('2026-11-24T16:00:00Z', parties.toReversed())).toBe('20261124-10');
  });

  test.each([
    ['Japan', '2026-11-24T15:00:00.000Z'],
    ['India', '2026-11-24T18:30:00.000Z'],
  ])('change when a day begins for %s', (_party, midnight) => {
    const before = new Date(Date.parse(midnight) - 1).toISOString();
    expect(keyAt(midnight)).not.toBe(keyAt(before));
  });

  test('change over the whole year exactly when a day begins for any party, and never come back', () => {
    const zones = fc.uniqueArray(
      fc.constantFrom(
        'Asia/Kolkata',
        'Asia/Tokyo',
        'Pacific/Kiritimati',
        'Pacific/Pago_Pago',
        'America/New_York',
        'Australia/Lord_Howe',
      ),
      { minLength: 1, maxLength: 4 },
    );
    const instant = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
      .map((date) => date.getTime());
    fc.assert(
      fc.property(zones, instant, fc.integer({ min: 0, max: 3 * 24 * 60 }), (names, start, minutes) => {
        const of = names.map((zone, index) => ({ code: `P${index}`, names: { en: zone }, zone }));
        const [one, other] = [start, start + minutes * 60_000].map((at) => new Date(at).toISOString());
        const sameDays = todaysOf(of, one!).every(
          ({ today }, index) => today === todaysOf(of, other!)[index]!.today,
        );
        expect(keyAt(one!, of) === keyAt(other!, of)).toBe(sameDays);
      }),
      { numRuns: 300 },
    );
  });

  test('are empty, but there, for a dialogue without parties', () => {
    expect(dayKey([])).toBe('-');
  });
});

test('the day it is for each party is told by its code', () => {
  expect(todaysOf(parties, '2026-11-24T16:00:00Z')).toEqual([
    { party: 'IN', today: '2026-11-24' },
    { party: 'JP', today: '2026-11-25' },
  ]);
});
