import type { Dice } from '../dice.js';

/** The moments of a conversation with a mail server, in their order, as the server sees them. */
export const MOMENTS = [
  'after the intent, when it connects',
  'when it asks for DATA',
  'after 354, before the first byte',
  'in the middle of the message',
  'after the final dot, before 250',
  'after 250',
] as const;

export type Moment = (typeof MOMENTS)[number];

/**
 * When a worker dies: as it is at a moment for the nth time, or at any time, so many milliseconds after its first mail
 * begins to go out. Starting takes longer than that, and a worker that dies before has done nothing yet.
 */
export type Fate = { readonly moment: Moment; readonly nth: number } | { readonly after: number };

/** Of as many deaths as there are moments so many come at any time besides, each within so many milliseconds. */
const ANY_TIME = { count: 2, within: 700 };

/** Mails of which one is the fatal one: some arrive before, and enough are left for the workers that follow. */
const FATAL = 4;

/** Deals fates by the dice, every kind of them again and again: no moment is left to chance. */
export class Fates {
  private bag: (Moment | undefined)[] = [];

  constructor(private readonly dice: Dice) {}

  next(): Fate {
    if (this.bag.length === 0) this.bag = [...MOMENTS, ...Array<undefined>(ANY_TIME.count)];
    const [moment] = this.bag.splice(this.dice.below(this.bag.length), 1);
    if (!moment) return { after: this.dice.below(ANY_TIME.within) };
    return { moment, nth: 1 + this.dice.below(FATAL) };
  }
}
