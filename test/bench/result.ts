import { table } from '../../src/cli/table.js';
import type { Compared, Spread } from './rounds.js';

/** One line of the table. */
export interface Result {
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly compared: Compared;
  /** What the ratio is to be: at least, or at most. */
  readonly wanted: { readonly least: number } | { readonly most: number };
}

/** The results as a table for people. */
export function shown(results: readonly Result[]): string {
  return table(
    results.map(({ what, against, unit, compared: { ours, peer, ratio }, wanted }) => ({
      what,
      ours: `${figure(ours.median)} ${unit}`,
      against,
      theirs: `${figure(peer.median)} ${unit}`,
      ratio: `${times(ratio.median)} (${times(ratio.min)} to ${times(ratio.max)})`,
      wanted: 'least' in wanted ? `at least ${times(wanted.least)}` : `at most ${times(wanted.most)}`,
      '': meets(ratio, wanted) ? '' : 'missed',
    })),
  );
}

export function meets({ median }: Spread, wanted: Result['wanted']): boolean {
  return 'least' in wanted ? median >= wanted.least : median <= wanted.most;
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;
}

/** Three digits that count, with separators. */
function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
