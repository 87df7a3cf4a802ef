import { DEFAULT_HOUR, planReminders } from '../../src/domain/reminder-policy.js';

const tokyo = { zone: 'Asia/Tokyo', hour: DEFAULT_HOUR };

describe('the reminders of a due date', () => {
  test('go out 30, 7 and 1 days before its day and one day after it, at nine in the recipient’s city', () => {
    expect(planReminders({ end: '2026-03-31', precision: 'day', zones: ['Asia/Tokyo'] }, tokyo)).toEqual([
      { step: 'T-30', day: '2026-03-01', dueAt: '2026-03-01T00:00:00Z' },
      { step: 'T-7', day: '2026-03-24', dueAt: '2026-03-24T00:00:00Z' },
      { step: 'T-1', day: '2026-03-30', dueAt: '2026-03-30T00:00:00Z' },
      { step: 'overdue', day: '2026-04-01', dueAt: '2026-04-01T00:00:00Z' },
    ]);
  });

  test.each(['month', 'quarter', 'year', 'range'])(
    'of the precision of a %s are counted from the end of its window and leave out the day before',
    (precision) => {
      const planned = planReminders({ end: '2026-03-31', precision, zones: ['Asia/Tokyo'] }, tokyo);
      expect(planned.map(({ step, day }) => [step, day])).toEqual([
        ['T-30', '2026-03-01'],
        ['T-7', '2026-03-24'],
        ['overdue', '2026-04-01'],
      ]);
    },
  );
});

describe('the hour of a reminder', () => {
  const instants = (zone: string, hour: number, end = '2026-03-31', zones = [zone]) =>
    planReminders({ end, precision: 'day', zones }, { zone, hour }).map(({ dueAt }) => dueAt);

  test('is that of the recipient: two people get the same reminder at different instants', () => {
    expect(instants('Asia/Kolkata', 9)[1]).toBe('2026-03-24T03:30:00Z');
    expect(instants('Asia/Tokyo', 9)[1]).toBe('2026-03-24T00:00:00Z');
  });

  test('is the one that they chose', () => {
    expect(instants('Asia/Kolkata', 17)[1]).toBe('2026-03-24T11:30:00Z');
  });

  test('stays the same on the clock when the clocks change between two steps', () => {
    // Berlin goes from UTC+1 to UTC+2 on 29 March 2026.
    expect(instants('Europe/Berlin', 9)).toEqual([
      '2026-03-01T08:00:00Z',
      '2026-03-24T08:00:00Z',
      '2026-03-30T07:00:00Z',
      '2026-04-01T07:00:00Z',
    ]);
  });

  test.each([
    [
      'an early riser in Tokyo, who shares it with India',
      'Asia/Tokyo',
      2,
      ['Asia/Tokyo', 'Asia/Kolkata'],
      '2026-04-01T17:00:00Z',
    ],
    [
      'nine in Tokyo, shared with India',
      'Asia/Tokyo',
      9,
      ['Asia/Tokyo', 'Asia/Kolkata'],
      '2026-04-01T00:00:00Z',
    ],
    [
      'nine in Tokyo, shared with New York',
      'Asia/Tokyo',
      9,
      ['Asia/Tokyo', 'America/New_York'],
      '2026-04-02T00:00:00Z',
    ],
    [
      'nine in New York, shared with Tokyo',
      'America/New_York',
      9,
      ['Asia/Tokyo', 'America/New_York'],
      '2026-04-01T13:00:00Z',
    ],
  ])(
    'never says "overdue" before the last day has ended for all who are responsible: %s',
    (_who, zone, hour, zones, last) => {
      expect(instants(zone, hour, '2026-03-31', zones).at(-1)).toBe(last);
    },
  );

  test('is nine unless they chose another', () => {
    expect(DEFAULT_HOUR).toBe(9);
  });
});
