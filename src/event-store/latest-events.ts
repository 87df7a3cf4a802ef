import { LRUCache } from 'lru-cache';
import type { PactaEvent } from '../domain/vocabulary.js';

/** Events that are kept of one log, and logs of which any are. */
const MAX_EVENTS = 500;
const MAX_LOGS = 20;

/**
 * The last events that this process has appended, so that its own subscribers need not read them back. They are in arrays, not
 * in maps: what is taken out of a map that keeps changing stays reachable from the tables that it has outgrown, until the
 * next full garbage collection.
 */
export class LatestEvents {
  /** Events of each log in the order of their positions. */
  private readonly logs = new LRUCache<string, PactaEvent[]>({ max: MAX_LOGS });

  /** Takes note of events that are in the log one after another. */
  note(log: string, events: readonly PactaEvent[]): void {
    const latest = this.logs.get(log) ?? [];
    this.logs.set(log, latest);
    if (events.length > 0) latest.splice(firstAfter(events[0]!.position, latest), 0, ...events);
    if (latest.length > MAX_EVENTS) latest.splice(0, latest.length - MAX_EVENTS);
  }

  /** What was appended may not be in the logs any more. */
  forgetAll(): void {
    this.logs.clear();
  }

  /** Events up to a position are needed no more. */
  forget(log: string, upTo: number): void {
    const latest = this.logs.get(log);
    latest?.splice(0, firstAfter(upTo, latest));
  }

  /** The events right after a position, up to `limit` and as far as they are known without a gap. */
  after(log: string, position: number, limit: number): PactaEvent[] {
    const latest = this.logs.get(log) ?? [];
    const first = firstAfter(position, latest);
    const events = latest.slice(first, first + limit);
    const gap = events.findIndex((event, index) => event.position !== position + 1 + index);
    return gap < 0 ? events : events.slice(0, gap);
  }
}

/** Place of the first event after a position. */
function firstAfter(position: number, events: readonly PactaEvent[]): number {
  return events.findLastIndex((event) => event.position <= position) + 1;
}
