import type { Circumstances, Decider } from '../../src/domain/decider.js';
import type { Fact } from '../../src/domain/event.js';
import { Refusal } from '../../src/domain/refusal.js';

export type Counted = Fact<'Counted', { readonly to: number }>;

/** Beyond it a tally takes nothing more, so that the domain, too, has something to refuse. */
export const FULL = 30;

/** The smallest rule that depends on everything that happened before: each event says how many there are with it. */
export const tally: Decider<number, { readonly count: number }, Counted, Circumstances> = {
  kind: 'tally',
  initial: 0,
  evolve: (state, { data }) => {
    if (data.to !== state + 1) throw new Error(`A tally of ${state} cannot go to ${data.to}.`);
    return data.to;
  },
  decide: (state, { count }) => {
    if (state + count > FULL) throw new Refusal('tally-full', `The tally is at ${state}.`);
    return counted(state, count);
  },
};

/** The next `count` events of a tally. */
export function counted(state: number, count: number): Counted[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'Counted', data: { to: state + 1 + index } }));
}
