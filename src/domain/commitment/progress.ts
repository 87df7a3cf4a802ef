import { mustSpeakFor } from '../actor.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentEvent, ProgressReport } from './events.js';
import { type Commitment, mustBe, mustBeResponsible } from './state.js';

/** A responsible side says how its share goes. Nobody reports for another. */
export function reportProgress(
  commitment: Commitment,
  report: ProgressReport,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBe(commitment, ['agreed', 'in-progress'], 'reported on');
  mustBeResponsible(commitment, report.party);
  mustSpeakFor(actor, report.party);
  return [{ type: 'ProgressReported', data: report }];
}
