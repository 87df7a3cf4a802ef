import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  dayIn,
  dayInEvery,
  daysBetween,
  instantAt,
  isZone,
  mustHaveBegun,
  windowOf,
} from '../../src/domain/calendar.js';
import { Malformed } from '../../src/domain/refusal.js';

describe('the instant at which a zone shows an hour', () => {
  test.each([
    ['in Tokyo', '2026-03-31', 9, 'Asia/Tokyo', '2026-03-31T00:00:00Z'],
    ['in Kolkata, half an hour off', '2026-03-31', 9, 'Asia/Kolkata', '2026-03-31T03:30:00Z'],
    ['at midnight', '2026-03-31', 0, 'Asia/Tokyo', '2026-03-30T15:00:00Z'],
    ['before the clocks go forward', '2026-03-28', 2, 'Europe/Berlin', '2026-03-28T01:00:00Z'],
    [
      'that is skipped is that of the hour after it',
      '2026-03-29',
      2,
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
    ],
    ['that is repeated is that of its first time', '2026-10-25', 2, 'Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['after the repeated one', '2026-10-25', 3, 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['on a day whose midnight is skipped', '2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00:00Z'],
  ])('%s', (_case, day, hour, zone, instant) => {
    expect(instantAt(day, hour, zone)).toBe(instant);
  });

  test('shows that day and hour again, unless the clocks skip it', () => {
    const day = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2020-01-01', days));
    const hour = fc.integer({ min: 0, max: 23 });
    const zone = fc.constantFrom('Asia/Kolkata', 'Asia/Tokyo', 'Pacific/Kiritimati');
    fc.assert(
      fc.property(day, hour, zone, (date, at, where) => {
        const instant = new Date(instantAt(date, at, where));
        const shown = instant.toLocaleString('sv-SE', { timeZone: where });
        expect(shown).toBe(`${date} ${String(at).padStart(2, '0')}:00:00`);
      }),
    );
  });
});

describe('the day it is', () => {
  test('is another one in another zone', () => {
    expect(dayIn('Asia/Tokyo', '2026-03-31T15:00:00Z')).toBe('2026-04-01');
    expect(dayIn('Asia/Kolkata', '2026-03-31T15:00:00Z')).toBe('2026-03-31');
    expect(dayIn('America/New_York', '2026-04-01T03:59:59Z')).toBe('2026-03-31');
  });

  test('for several is that of the last to see a new day', () => {
    const both = ['Asia/Tokyo', 'Asia/Kolkata'];
    expect(dayInEvery(both, '2026-03-31T18:29:59Z')).toBe('2026-03-31');
    expect(dayInEvery(both, '2026-03-31T18:30:00Z')).toBe('2026-04-01');
    expect(dayInEvery(['Pacific/Kiritimati', 'Pacific/Pago_Pago'], '2026-03-31T10:30:00Z')).toBe(
      '2026-03-30',
    );
  });
});

describe('days', () => {
  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-31', -30, '2026-03-01'],
  ])('%s and %i more is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
    expect(daysBetween(to, from)).toBe(-days);
  });

  test('are reckoned as the calendar does, in every year that can be recorded', () => {
    const year = fc.integer({ min: 1900, max: 2999 });
    const parts = fc.tuple(year, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(parts, fc.integer({ min: -400_000, max: 400_000 }), ([year, month, day], days) => {
        const spelt = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        let date: Temporal.PlainDate;
        try {
          date = Temporal.PlainDate.from(spelt, { overflow: 'reject' });
        } catch {
          expect(() => windowOf(spelt)).toThrow(Malformed);
          return;
        }
        expect(windowOf(spelt)).toEqual({ start: spelt, end: spelt });
        const later = date.add({ days }).toString();
        expect(addDays(spelt, days)).toBe(later);
        expect(daysBetween(spelt, later)).toBe(days);
      }),
      { numRuns: 1000 },
    );
  });

  test('are counted whole over months and years', () => {
    expect(daysBetween('2025-04-01', '2026-03-31')).toBe(364);
  });
});

test.each(['2025-02-29', '2026-00-10', '2026-13', '2026-1-1x'])('%s is not a date that exists', (date) => {
  expect(() => windowOf(date, '/on')).toThrow(
    expect.objectContaining({ constructor: Malformed, code: 'no-such-date', field: '/on' }),
  );
});

describe('what is recorded as having happened', () => {
  // The day begins first at UTC+14: 31 March begins there at 10:00 UTC on the 30th.
  test.each([
    ['2026-03-31', '2026-03-30T10:00:00Z'],
    ['2026-03', '2026-02-28T10:00:00Z'],
    ['2026', '2025-12-31T10:00:00Z'],
  ])('on %s has begun somewhere from %s on, and not before', (date, begins) => {
    const justBefore = new Date(Date.parse(begins) - 1).toISOString();
    expect(() => mustHaveBegun(date, begins)).not.toThrow();
    expect(() => mustHaveBegun(date, justBefore)).toThrow(
      expect.objectContaining({ code: 'not-yet', field: '/occurredOn' }),
    );
  });
});

describe('a time zone', () => {
  test.each(['Asia/Tokyo', 'Asia/Kolkata', 'UTC', 'America/Argentina/Buenos_Aires'])('is %s', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  test.each(['', 'Asia/Edo', '+09:00', '-05', 'T00:00[Asia/Tokyo]', '2026-01-01T00:00Z', ' Asia/Tokyo'])(
    'is not %j: a zone has a name, and rules that may change',
    (zone) => {
      expect(isZone(zone)).toBe(false);
    },
  );
});
