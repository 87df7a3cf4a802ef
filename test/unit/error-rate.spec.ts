import { ErrorRate, RareReport } from '../../src/reminders/error-rate.js';

test('errors are too many when more than allowed come within a second, and are counted anew in the next one', () => {
  const rate = new ErrorRate(2);
  expect([1000, 1400, 1999].map((at) => rate.isTooMuch(at))).toEqual([false, false, true]);
  expect([2000, 2001, 2002].map((at) => rate.isTooMuch(at))).toEqual([false, false, true]);
});

test('one an hour is never too much', () => {
  const rate = new ErrorRate(1);
  for (let hour = 0; hour < 100; hour++) expect(rate.isTooMuch(hour * 3_600_000)).toBe(false);
});

describe('of trouble that comes again and again', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('one line is let through per interval, which says how many were kept back before it', () => {
    const said: string[] = [];
    const report = new RareReport((trouble) => said.push(trouble), 10_000);
    for (let tenth = 0; tenth < 250; tenth++) {
      report.say(`trouble ${tenth}`);
      jest.advanceTimersByTime(100);
    }
    expect(said).toEqual([
      'trouble 0',
      'trouble 100 (and 99 like it before)',
      'trouble 200 (and 99 like it before)',
    ]);
  });
});
