import { openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamVersion } from '../../src/event-store/append.js';

/** What a writer asks for, complete, so that its successor can ask the same again. */
export interface Command {
  /** The causation id of its events. */
  readonly id: string;
  readonly writer: number;
  readonly log: string;
  /** Id of the stream within its kind. */
  readonly tally: string;
  /** Events that it wants to add, all or none. */
  readonly count: number;
  /** Given where the writer appends by itself; without it the decider is asked. */
  readonly expectedVersion?: number | undefined;
  readonly restsOn?: readonly StreamVersion[] | undefined;
}

/** What a writer was told. Unknown is what a caller over HTTP takes from 503 or from no answer at all. */
export type Outcome =
  | { readonly is: 'acknowledged'; readonly version: number; readonly position: number }
  | { readonly is: 'refused' | 'unknown'; readonly why: string };

export type Line = { readonly asked: Command } | { readonly told: string; readonly outcome: Outcome };

/**
 * What the writers of one process asked and were told, in a file that is only added to and that each line reaches before
 * anything else happens. A `kill -9` leaves it whole, but for what was under way.
 */
export class Journal {
  private readonly file: number;

  constructor(folder: string, name: string) {
    this.file = openSync(join(folder, `${name}.jsonl`), 'ax');
  }

  write(line: Line): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

/** Everything that was asked and told in the processes whose names begin so, in the order of those names. */
export function readJournals(folder: string, prefix: string): Line[] {
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const inOrder = files.toSorted((one, other) => incarnationOf(one) - incarnationOf(other));
  return inOrder.flatMap((name) => {
    // The last piece is empty, or a line that a kill has cut off.
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Line);
  });
}

/** Commands that nobody has told to be acknowledged or refused. */
export function unresolved(lines: readonly Line[]): Command[] {
  const open = new Map<string, Command>();
  for (const line of lines) {
    if ('asked' in line) open.set(line.asked.id, line.asked);
    else if (line.outcome.is !== 'unknown') open.delete(line.told);
  }
  return [...open.values()];
}

function incarnationOf(name: string): number {
  return Number(name.split('.').at(-2));
}
