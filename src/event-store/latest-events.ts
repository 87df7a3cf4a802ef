import { LRUCache } from 'lru-cache';
import type { PactaEvent } from '../domain/vocabulary.js';

/** Events that are kept of one log, and logs of which any are. */
const MAX_EVENTS = 500;
const MAX_LOGS = 20;

/** The last events that this process has appended, so that its own subscribers need not read them back. */
export class LatestEvents {
  private readonly logs = new LRUCache<string, Map<number, PactaEvent>>({ max: MAX_LOGS });

  /** Takes note of events that are in the log. */
  note(log: string, events: readonly PactaEvent[]): void {
    const latest = this.logs.get(log) ?? new Map<number, PactaEvent>();
    for (const event of events) latest.set(event.position, event);
    for (const position of latest.keys()) {
      if (latest.size <= MAX_EVENTS) break;
      latest.delete(position);
    }
    this.logs.set(log, latest);
  }

  /** Events up to a position are needed no more: short-lived, they cost the garbage collector nothing. */
  forget(log: string, upTo: number): void {
    const latest = this.logs.get(log);
    for (const position of latest?.keys() ?? []) if (position <= upTo) latest!.delete(position);
  }

  /** The events right after a position, up to `limit` and as far as they are known without a gap. */
  after(log: string, position: number, limit: number): PactaEvent[] {
    const latest = this.logs.get(log);
    const events: PactaEvent[] = [];
    for (let next = latest?.get(position + 1); next && events.length < limit;) {
      events.push(next);
      next = latest?.get(next.position + 1);
    }
    return events;
  }
}
