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

test('of a long stream only the last commands are kept, and it says so; the whole has all of them', () => {
  expect(Past.of(events(100)).knowsAllAfter(0)).toBe(true);
  const long = Past.of(events(101));
  expect(long).toMatchObject({ length: 101, weight: 100 });
  expect([long.knowsAllAfter(0), long.knowsAllAfter(1)]).toEqual([false, true]);
  expect(long.doneBy('command-1', aldovia)).toBeUndefined();
  expect(long.doneBy('command-2', aldovia)).toEqual({ version: 2, position: 20 });
  expect(Past.wholeOf(events(101)).doneBy('command-1', aldovia)).toEqual({ version: 1, position: 10 });
});

test('it is the same whether it was read at once or grew event by event', () => {
  const all = events(250, (version) => (version % 7 === 0 ? own : 'public'));
  let grown = Past.none;
  for (const event of all) grown = grown.after([event]);
  expect(grown).toEqual(Past.of(all));
});
