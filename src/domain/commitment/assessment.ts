import { partyOf } from '../dialogue.js';
import { NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { Assessment, CommitmentEvent } from './events.js';
import type { Commitment } from './state.js';

/** Someone outside scores the parties. It stands beside their own word and turns no key (domain.md 6.6). */
export function recordAssessment(
  { assessments }: Commitment,
  assessment: Assessment,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustScoreParties(assessment, around);
  if (assessments.some(({ id }) => id === assessment.id)) {
    throw new Refusal('assessment-already-recorded', `${assessment.id} is on record; revise it.`, '/id');
  }
  return [{ type: 'AssessmentRecorded', data: assessment }];
}

/** The assessor changes its scores; what it said before stays in the history. */
export function reviseAssessment(
  { assessments }: Commitment,
  assessment: Assessment,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustScoreParties(assessment, around);
  const before = assessments.find(({ id }) => id === assessment.id);
  if (!before) throw new NotFound('no-such-assessment', `There is no assessment ${assessment.id}.`, '/id');
  if (before.assessor !== assessment.assessor) {
    throw new Refusal('other-assessor', `${before.assessor} made it; only they revise it.`, '/assessor');
  }
  return [{ type: 'AssessmentRevised', data: assessment }];
}

function mustScoreParties({ scores }: Assessment, { parties }: CommitmentCircumstances): void {
  for (const party of Object.keys(scores)) partyOf(parties, party, `/scores/${party}`);
}
