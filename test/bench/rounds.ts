import { performance } from 'node:perf_hooks';

/** The middle of some numbers, and how far apart they lie. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Two sides, measured in turns. The ratio is taken per round, since a machine is not as fast from one minute to the next. */
export interface Compared {
  readonly ours: Spread;
  readonly peer: Spread;
  /** Of ours to the peer's. */
  readonly ratio: Spread;
}

/** One side of a comparison: measures itself for so many seconds. */
export type Side = (seconds: number) => Promise<number>;

/** How often and how long each side is measured, in seconds; 0 for sides that take as long as they take. */
export interface Pace {
  readonly rounds: number;
  readonly seconds: number;
}

/** Lets both sides warm up for half a round, then measures ours, the peer, ours, the peer, …. */
export async function alternate({ rounds, seconds }: Pace, ours: Side, peer: Side): Promise<Compared> {
  if (seconds > 0) await ours(seconds / 2);
  if (seconds > 0) await peer(seconds / 2);
  const results: { readonly ours: number; readonly peer: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    results.push({ ours: await ours(seconds), peer: await peer(seconds) });
  }
  return {
    ours: spreadOf(results.map((each) => each.ours)),
    peer: spreadOf(results.map((each) => each.peer)),
    ratio: spreadOf(results.map((each) => each.ours / each.peer)),
  };
}

/** How many times per second `act` ends when so many callers ask for it again and again; it is told how often it was asked. */
export async function rateOf(
  callers: number,
  seconds: number,
  act: (count: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const caller = async () => {
    while (performance.now() < end) await act(count++);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return count / ((performance.now() - start) / 1000);
}

export function spreadOf(numbers: readonly number[]): Spread {
  return { median: quantile(numbers, 0.5), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** The smallest of `numbers` that so large a share of them does not exceed; 0.5 is the median. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}
