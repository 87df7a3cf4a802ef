import type { PactaEvent } from '../../src/domain/vocabulary.js';
import { LatestEvents } from '../../src/event-store/latest-events.js';

const at = (...positions: number[]) => positions.map((position) => ({ position }) as PactaEvent);

describe('the latest events of a log', () => {
  test('are those right after a position, in order, however they were noted', () => {
    const latest = new LatestEvents();
    latest.note('talks', at(4, 5));
    latest.note('talks', at(3));
    expect(latest.after('talks', 2, 10)).toEqual(at(3, 4, 5));
    expect(latest.after('talks', 3, 1)).toEqual(at(4));
    expect(latest.after('others', 2, 10)).toEqual([]);
  });

  test('end before a gap, which another process has filled', () => {
    const latest = new LatestEvents();
    latest.note('talks', at(3, 5));
    expect(latest.after('talks', 2, 10)).toEqual(at(3));
    expect(latest.after('talks', 3, 10)).toEqual([]);
  });

  test('are not kept without end', () => {
    const latest = new LatestEvents();
    for (let position = 1; position <= 2000; position++) latest.note('talks', at(position));
    expect(latest.after('talks', 0, 10)).toEqual([]);
    expect(latest.after('talks', 1990, 100)).toHaveLength(10);
  });
});
