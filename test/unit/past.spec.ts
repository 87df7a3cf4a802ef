import type { Marking } from '../../src/domain/confidentiality.js';
import { Past } from '../../src/event-store/past.js';

const aldovia = { role: 'desk-officer', party: 'ALD' } as const;
const meridia = { role: 'desk-officer', party: 'MER' } as const;
const own: Marking = { level: 'own-side', party: 'ALD' };

/** Event number n of a stream stands at position 10 n; each command causes one event. */
function events(count: number, markingOf: (version: number) => Marking = () => 'public') {
  return Array.from({ length: count }, (_, index) => ({
    causationId: `command-${index + 1}`,
    position: 10 * (index + 1),
    confidentiality: markingOf(index + 1),
  }));
}

test('a stream without events has no past', () => {
  expect(Past.none.length).toBe(0);
  expect(Past.none.knowsAllAfter(0)).toBe(true);
  expect(Past.none.seenBy(aldovia)).toEqual({ version: 0, position: 0 });
});

test('everyone sees a version without gaps: what they may not see does not count', () => {
  const past = Past.of(events(5, (version) => (version > 3 ? own : 'public')));
  expect(past.length).toBe(5);
  expect(past.seenBy(aldovia)).toEqual({ version: 5, position: 50 });
  expect(past.seenBy(meridia)).toEqual({ version: 3, position: 30 });
  expect(past.seenBy(undefined)).toEqual({ version: 3, position: 30 });
});

test('a command that was done is known by its id, with the version that its reader saw then', () => {
  const past = Past.of(events(5, (version) => (version === 2 ? own : 'public')));
  expect(past.doneBy('command-4', aldovia)).toEqual({ version: 4, position: 40 });
  expect(past.doneBy('command-4', meridia)).toEqual({ version: 3, position: 40 });
  expect(past.doneBy('another', aldovia)).toBeUndefined();
});

test('a command that caused several events left the stream at the last of them', () => {
  const twice = events(3).map((event) => ({ ...event, causationId: 'one' }));
  expect(Past.of(twice).doneBy('one', aldovia)).toEqual({ version: 3, position: 30 });
});

test('of a long stream at least the last hundred events are kept, and twice as many at most', () => {
  for (const length of [99, 100, 101, 199, 200, 201, 299, 300, 301, 1000]) {
    const past = Past.of(events(length));
    const first = length - past.weight + 1;
    expect(past.weight).toBeGreaterThanOrEqual(Math.min(length, 100));
    expect(past.weight).toBeLessThanOrEqual(200);
    expect([past.knowsAllAfter(first - 2), past.knowsAllAfter(first - 1)]).toEqual([false, true]);
    expect(events(length).filter(({ causationId }) => past.doneBy(causationId, aldovia))).toHaveLength(
      past.weight,
    );
    expect(past.doneBy(`command-${first}`, aldovia)).toEqual({ version: first, position: 10 * first });
    expect(past.doneBy(`command-${length}`, aldovia)).toEqual({ version: length, position: 10 * length });
  }
});

test('a command whose events lie on both sides of where older ones are let go is known by the last of them', () => {
  const all = events(250).map((event) => ({
    ...event,
    causationId: `command-${Math.floor(event.position / 30)}`,
  }));
  const past = Past.of(all.slice(0, 199)).after(all.slice(199));
  expect(past).toEqual(Past.of(all));
  expect(past.doneBy('command-33', aldovia)).toEqual({ version: 101, position: 1010 });
});

test('the whole has all of a long stream', () => {
  const whole = Past.wholeOf(events(1000));
  expect(whole.knowsAllAfter(0)).toBe(true);
  expect(whole.doneBy('command-1', aldovia)).toEqual({ version: 1, position: 10 });
});

test('it is the same whether it was read at once or grew event by event', () => {
  const all = events(250, (version) => (version % 7 === 0 ? own : 'public'));
  let grown = Past.none;
  for (const event of all) grown = grown.after([event]);
  expect(grown).toEqual(Past.of(all));
});
