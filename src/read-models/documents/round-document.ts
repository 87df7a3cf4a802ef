import type { CoChair, RoundHolding, RoundPlan } from '../../domain/round.js';
import type { EffectsOn } from '../projection.js';
import { changed, documentsOf } from './record-row.js';

export interface RoundDocument extends RoundPlan {
  readonly status: 'scheduled' | 'held';
  readonly held?: RoundHolding;
  readonly coChairs: readonly CoChair[];
}

const round = documentsOf<RoundDocument>('round');

/** A round as it stands. */
export const roundDocument: EffectsOn<'round'> = {
  RoundScheduled: round((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled', coChairs: [] },
  })),
  RoundHeld: round((row, { data }) => row && changed(row, { status: 'held', held: data })),
  CoChairNamed: round((row, { data }) => row && changed(row, { coChairs: [...row.document.coChairs, data] })),
};
