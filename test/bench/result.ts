import { table } from '../../src/cli/table.js';
import type { Compared } from './rounds.js';

/** One line of the table. */
export interface Result {
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly compared: Compared;
  /** What the ratio is to be: at least, or at most. */
  readonly wanted: { readonly least: number } | { readonly most: number };
}

type Cells = Readonly<Record<'what' | 'ours' | 'against' | 'theirs' | 'ratio' | 'wanted', string>>;

/** The results as a table for the terminal. */
export function shown(results: readonly Result[]): string {
  return table(results.map((result) => ({ ...cellsOf(result), '': met(result) ? '' : 'missed' })));
}

/** The results as a table for a document. */
export function shownAsMarkdown(results: readonly Result[]): string {
  const rows = results.map((result) => Object.values(cellsOf(result)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = ['What', 'Pacta', 'Against', 'Theirs', 'Ratio (of rounds)', 'Wanted'];
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Whether the middle ratio is what it is to be. */
export function met({ compared: { ratio }, wanted }: Result): boolean {
  return 'least' in wanted ? ratio.median >= wanted.least : ratio.median <= wanted.most;
}

function cellsOf({ what, against, unit, compared: { ours, peer, ratio }, wanted }: Result): Cells {
  return {
    what,
    ours: `${figure(ours.median)} ${unit}`,
    against,
    theirs: `${figure(peer.median)} ${unit}`,
    ratio: `${times(ratio.median)} (${times(ratio.min)} to ${times(ratio.max)})`,
    wanted: 'least' in wanted ? `at least ${times(wanted.least)}` : `at most ${times(wanted.most)}`,
  };
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;
}

/** Three digits that count, with separators. */
function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
