import type { PartialDate } from '../../domain/calendar.js';
import type { CoChair, RoundHolding, RoundPlan, RoundStatus } from '../../domain/round.js';
import type { CarryOver, RoundClose } from '../../domain/round-close.js';
import type { EffectsOn } from '../projection.js';
import { changed, documentsOf, type Move } from './record-row.js';

export interface RoundDocument extends RoundPlan {
  readonly status: RoundStatus;
  /** Every time it was moved or put off: the first plan stays visible. */
  readonly moves: readonly Move[];
  readonly held?: RoundHolding;
  readonly coChairs: readonly CoChair[];
  /** Ids of source documents. */
  readonly outcomeDocuments: readonly string[];
  readonly closed?: RoundClose & CarryOver;
  readonly cancelled?: { readonly on: PartialDate; readonly reason?: string | undefined };
}

const round = documentsOf<RoundDocument>('round');

/** A round as it stands. */
export const roundDocument: EffectsOn<'round'> = {
  RoundScheduled: round((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled', moves: [], coChairs: [], outcomeDocuments: [] },
  })),
  RoundRescheduled: round((row, { data, occurredOn: on, reason }) => {
    if (!row) return undefined;
    const { plannedFor: from, moves } = row.document;
    const move = { from, to: data.plannedFor, on, reason };
    return changed(row, { ...data, status: 'scheduled', moves: [...moves, move] });
  }),
  RoundPostponed: round((row, { occurredOn: on, reason }) => {
    if (!row) return undefined;
    const { plannedFor: from, moves } = row.document;
    return changed(row, { status: 'postponed', moves: [...moves, { from, on, reason }] });
  }),
  RoundHeld: round((row, { data }) => row && changed(row, { status: 'held', held: data })),
  CoChairNamed: round((row, { data }) => row && changed(row, { coChairs: [...row.document.coChairs, data] })),
  OutcomeDocumentAdopted: round(
    (row, { data: { document } }) =>
      row && changed(row, { outcomeDocuments: [...row.document.outcomeDocuments, document] }),
  ),
  RoundClosed: round((row, { data }) => row && changed(row, { status: 'closed', closed: data })),
  RoundCancelled: round(
    (row, { occurredOn: on, reason }) =>
      row && changed(row, { status: 'cancelled', cancelled: { on, reason } }),
  ),
};
