import type { CriterionJudged } from '../domain/commitment/events.js';
import { judgementWords } from './criteria-shown.js';
import { disputables, settlements } from './dispute-words.js';
import { by, type Names, plain, type Telling, text } from './event-telling.js';
import { Text } from './language.js';
import { healthWords } from './standing-words.js';

type DeliveryEvent =
  | 'WorkStarted'
  | 'ProgressReported'
  | 'NoProgressReported'
  | 'CommitmentPaused'
  | 'CommitmentResumed'
  | 'EvidenceSubmitted'
  | 'EvidenceWithdrawn'
  | 'DeliveryClaimed'
  | 'DeliveryClaimRetracted'
  | 'DeliveryAttested'
  | 'AttestationDeclined'
  | 'CommitmentVerified'
  | 'DisputeRaised'
  | 'DisputeSettled';

/** How it goes, and whether it is done. */
export const deliveryEventWords: Telling<DeliveryEvent> = {
  WorkStarted: by('began work'),
  ProgressReported: (report, names) =>
    by(
      `reported: ${healthWords(report.health).words.toLowerCase()}${report.reasonCode ? ` (${plain(report.reasonCode)})` : ''}`,
      () => (
        <>
          {text(report.text)} <Judged criteria={report.criteria ?? []} {...names} />
        </>
      ),
    )(report, names),
  NoProgressReported: by('reported that there is nothing to report', ({ text: words }) => text(words)),
  CommitmentPaused: by('let work rest', ({ reasonCode }) => plain(reasonCode)),
  CommitmentResumed: by('took work up again'),
  EvidenceSubmitted: by('submitted evidence', ({ evidence }) => text(evidence.titles)),
  EvidenceWithdrawn: by('withdrew evidence', ({ evidence }) => evidence),
  DeliveryClaimed: by(
    'claimed its share as delivered',
    ({ complete }) => complete && 'With this, every share is claimed.',
  ),
  DeliveryClaimRetracted: by('retracted its claim'),
  DeliveryAttested: by('turned its key: it confirms delivery'),
  AttestationDeclined: by('declined to confirm delivery', () => 'Every claim is void; work goes on.'),
  CommitmentVerified: () => ({ what: 'Verified: every key that is needed has been turned' }),
  DisputeRaised: by('raised a dispute', ({ about, text: words }) => (
    <>
      About {disputables[about]}: {text(words)}
    </>
  )),
  DisputeSettled: ({ id, how, text: words }, { commitment }) => {
    const about = commitment.disputes.find((each) => each.id === id)?.about;
    return {
      what: `Dispute${about ? ` about ${disputables[about]}` : ''} settled: ${settlements[how]}`,
      details: text(words),
    };
  },
};

function Judged({ criteria, commitment }: { criteria: readonly CriterionJudged[] } & Names) {
  return (
    <>
      {criteria.map(({ criterion, is }) => {
        const known = commitment.criteria?.find(({ id }) => id === criterion);
        return (
          <span class="aside">
            {known ? <Text of={known.text} /> : criterion}: {judgementWords[is]}
          </span>
        );
      })}
    </>
  );
}
