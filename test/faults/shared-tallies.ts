import type { Dice } from './dice.js';
import type { Command, Line } from './journal.js';

/** Tallies that all writers share, in each log. */
const SHARED = 6;

const FORM = /^shared-(\d+)-(\d+)$/;

/** The tallies on which the writers get into each other's way. When one is full the next of its number begins. */
export class SharedTallies {
  private readonly full = new Map<string, number>();

  /** @param lines where writers before have got to. */
  constructor(lines: readonly Line[]) {
    for (const line of lines) if ('asked' in line) this.reached(line.asked, 0);
  }

  /** Id of one of those that are not full, as far as is known here. */
  pick(log: string, dice: Dice): string {
    const number = dice.below(SHARED);
    return `shared-${number}-${this.full.get(`${log}/${number}`) ?? 0}`;
  }

  /** The command's tally takes nothing more. */
  isFull(command: Pick<Command, 'log' | 'tally'>): void {
    this.reached(command, 1);
  }

  private reached({ log, tally }: Pick<Command, 'log' | 'tally'>, further: 0 | 1): void {
    const [, number, generation] = FORM.exec(tally) ?? [];
    if (generation === undefined) return;
    const key = `${log}/${number}`;
    this.full.set(key, Math.max(this.full.get(key) ?? 0, Number(generation) + further));
  }
}
