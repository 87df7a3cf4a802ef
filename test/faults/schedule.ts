import type { Dice } from './dice.js';
import { type Kind, troubles } from './troubles.js';

/** A trouble, and when it comes, in milliseconds from the beginning. */
export interface Coming {
  readonly at: number;
  readonly kind: Kind;
}

/** How often each comes by chance, relative to the others. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  'a foreign transaction holds the head of a log, and rolls back': 5,
  'a foreign append rolls back': 5,
  'sessions are ended': 2,
  'answers are lost': 3,
  'a process is killed': 1,
  'a process is killed before it hears of its commits': 1,
  'a process that only follows is killed': 0,
  'PostgreSQL is restarted': 0,
  'PostgreSQL crashes': 0,
};

/** Milliseconds from one to the next, at most. */
const APART = 1200;

/** What has to come however the dice fall, and after which part of the time. */
const CERTAIN: readonly (readonly [number, Kind])[] = [
  [0.15, 'a process is killed'],
  [0.3, 'a process is killed before it hears of its commits'],
  [0.35, 'answers are lost'],
  [0.45, 'PostgreSQL is restarted'],
  [0.55, 'a process that only follows is killed'],
  [0.6, 'a process is killed before it hears of its commits'],
  [0.75, 'PostgreSQL crashes'],
];

/** Everything that goes wrong in that many seconds, in order: what has to come in each 30 of them, and the rest by chance. */
export function schedule(seconds: number, dice: Dice): Coming[] {
  const bag = (Object.keys(troubles) as Kind[]).flatMap((kind) => Array<Kind>(WEIGHTS[kind]).fill(kind));
  const all: Coming[] = [];
  for (let at = dice.below(APART); at < seconds * 1000; at += 100 + dice.below(APART - 100)) {
    all.push({ at, kind: dice.pick(bag) });
  }
  const stretches = Math.max(1, Math.round(seconds / 30));
  const length = (seconds * 1000) / stretches;
  for (let stretch = 0; stretch < stretches; stretch++) {
    for (const [part, kind] of CERTAIN) all.push({ at: (stretch + part) * length, kind });
  }
  return all.toSorted((one, other) => one.at - other.at);
}
