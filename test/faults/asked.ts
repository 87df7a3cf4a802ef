import type { Command, Line } from './journal.js';

/** A command, and all that was said about it. */
export interface Asked {
  readonly command: Command;
  readonly acknowledged: { readonly version: number; readonly position: number }[];
  readonly refused: string[];
  readonly unknown: string[];
  /** How often a process was killed before it could pass on the answer. */
  unanswered: number;
}

/** Every command of the journals. */
export function askedIn(journal: readonly Line[]): Asked[] {
  const all = new Map<string, Asked>();
  const open = new Set<string>();
  for (const line of journal) {
    if ('asked' in line) {
      const { asked: command } = line;
      const known = all.get(command.id);
      if (!known) all.set(command.id, { command, acknowledged: [], refused: [], unknown: [], unanswered: 0 });
      else if (open.has(command.id)) known.unanswered++;
      open.add(command.id);
    } else {
      const asked = all.get(line.told)!;
      const { outcome } = line;
      if (outcome.is === 'acknowledged') asked.acknowledged.push(outcome);
      else asked[outcome.is].push(outcome.why);
      open.delete(line.told);
    }
  }
  return [...all.values()];
}
