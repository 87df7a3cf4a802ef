import type { FollowUpHolding, FollowUpPlan } from '../../domain/follow-up.js';
import type { EffectsOn } from '../projection.js';
import { changed, documentsOf } from './record-row.js';

export interface FollowUpDocument extends FollowUpPlan {
  readonly status: 'scheduled' | 'held';
  readonly held?: FollowUpHolding;
}

const followUp = documentsOf<FollowUpDocument>('follow-up');

/** A follow-up as it stands. */
export const followUpDocument: EffectsOn<'follow-up'> = {
  FollowUpScheduled: followUp((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled' },
  })),
  FollowUpHeld: followUp(
    (row, { data: { commitments: _c, focusAreas: _f, ...held } }) =>
      row && changed(row, { status: 'held', held }),
  ),
};
