import { NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, CriterionJudged, DataOf, PartyStatement, ProgressReport } from './events.js';
import { type Commitment, mustAnswerFor } from './state.js';
import { latestWording } from './wording.js';

/** A responsible side says that work has begun. */
export function startWork(
  commitment: Commitment,
  { party }: PartyStatement,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, party);
  return [{ type: 'WorkStarted', data: { party } }];
}

/** A responsible side says how its share goes. Nobody reports for another. */
export function reportProgress(
  commitment: Commitment,
  report: ProgressReport,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, report.party);
  mustJudgeWhatThereIs(commitment, report.criteria ?? []);
  return [{ type: 'ProgressReported', data: report }];
}

/** A responsible side says that there is nothing to report: which is not silence, and no progress either. */
export function reportNoProgress(
  commitment: Commitment,
  report: DataOf<CommitmentCommand, 'ReportNoProgress'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, report.party);
  return [{ type: 'NoProgressReported', data: report }];
}

/** Work rests. The clock goes on, unless an extension is granted (domain.md 6.4). */
export function pause(
  commitment: Commitment,
  { party, reasonCode }: DataOf<CommitmentCommand, 'PauseCommitment'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, party);
  return [{ type: 'CommitmentPaused', data: { party, reasonCode } }];
}

/** Work that rested goes on. */
export function resume(
  commitment: Commitment,
  { party }: PartyStatement,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, party);
  return [{ type: 'CommitmentResumed', data: { party } }];
}

function mustJudgeWhatThereIs(commitment: Commitment, judged: readonly CriterionJudged[]): void {
  const { criteria = [] } = latestWording(commitment);
  judged.forEach(({ criterion }, index) => {
    const field = `/criteria/${index}/criterion`;
    if (!criteria.some(({ id }) => id === criterion)) {
      throw new NotFound('no-such-criterion', `There is no criterion ${criterion}.`, field);
    }
    if (judged.findIndex((each) => each.criterion === criterion) < index) {
      throw new Refusal('criterion-twice', `${criterion} is judged twice.`, field);
    }
  });
}
