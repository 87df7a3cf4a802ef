import { LRUCache } from 'lru-cache';
import type { Past } from './past.js';

/** A stream as it was after its last event that is known here. */
export interface Folded<State = unknown> {
  readonly state: State;
  readonly past: Past;
}

/** Events of which it is kept by which command they came, and so many for each state: some fifty megabytes at most. */
const MAX_WEIGHT = 400_000;
const WEIGHT_OF_STATE = 50;

/** Streams of which only that they exist is kept. */
const MAX_EXISTING = 20_000;

/**
 * Streams that were written or looked at of late. Another process may have added to them since: what is decided on one of
 * these is good only once the append has found the stream as it is here.
 */
export class RecentStreams {
  private readonly streams = new LRUCache<string, Folded>({
    maxSize: MAX_WEIGHT,
    sizeCalculation: ({ past }) => past.weight + WEIGHT_OF_STATE,
  });

  private readonly existing = new LRUCache<string, true>({ max: MAX_EXISTING });

  get(log: string, stream: string): Folded | undefined {
    return this.streams.get(keyOf(log, stream));
  }

  /** Keeps a stream that exists, unless more is known of it already. */
  keep(log: string, stream: string, folded: Folded): void {
    const key = keyOf(log, stream);
    if (folded.past.length > (this.streams.peek(key)?.past.length ?? 0)) this.streams.set(key, folded);
  }

  /** What is known of a stream turned out to be of another record. */
  forget(log: string, stream: string): void {
    this.streams.delete(keyOf(log, stream));
  }

  /** All that is known may be of another record. */
  forgetAll(): void {
    this.streams.clear();
    this.existing.clear();
  }

  /** What exists never ceases to, in one record. */
  exists(log: string, stream: string): boolean {
    const key = keyOf(log, stream);
    return this.existing.get(key) ?? this.streams.has(key);
  }

  noteExisting(log: string, stream: string): void {
    this.existing.set(keyOf(log, stream), true);
  }
}

function keyOf(log: string, stream: string): string {
  return `${log} ${stream}`;
}
