import type { PartialDate } from '../../domain/calendar.js';
import type {
  FollowUpHolding,
  FollowUpOutcome,
  FollowUpPlan,
  FollowUpStatus,
} from '../../domain/follow-up.js';
import type { EffectsOn } from '../projection.js';
import { changed, documentsOf, type Move } from './record-row.js';

export interface FollowUpDocument extends FollowUpPlan {
  readonly status: FollowUpStatus;
  /** Every time it was moved: the first plan stays visible. */
  readonly moves: readonly Move[];
  readonly held?: FollowUpHolding;
  readonly outcomes: readonly (FollowUpOutcome & { readonly on: PartialDate })[];
  readonly cancelled?: { readonly on: PartialDate; readonly reason?: string | undefined };
}

const followUp = documentsOf<FollowUpDocument>('follow-up');

/** A follow-up as it stands. */
export const followUpDocument: EffectsOn<'follow-up'> = {
  FollowUpScheduled: followUp((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled', moves: [], outcomes: [] },
  })),
  FollowUpRescheduled: followUp((row, { data, occurredOn: on, reason }) => {
    if (!row) return undefined;
    const { plannedFor: from, moves } = row.document;
    const move = { from, to: data.plannedFor, on, reason };
    return changed(row, { ...data, status: 'scheduled', moves: [...moves, move] });
  }),
  FollowUpHeld: followUp(
    (row, { data: { commitments: _c, focusAreas: _f, ...held } }) =>
      row && changed(row, { status: 'held', held }),
  ),
  FollowUpOutcomeRecorded: followUp(
    (row, { data: { commitments: _c, focusAreas: _f, ...outcome }, occurredOn: on }) =>
      row && changed(row, { outcomes: [...row.document.outcomes, { ...outcome, on }] }),
  ),
  FollowUpCancelled: followUp(
    (row, { occurredOn: on, reason }) =>
      row && changed(row, { status: 'cancelled', cancelled: { on, reason } }),
  ),
  FollowUpMissed: followUp((row) => row && changed(row, { status: 'missed' })),
};
