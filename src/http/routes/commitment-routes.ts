import {
  agreeCommitment,
  attestDelivery,
  claimDelivery,
  classifyCommitment,
  confirmCommitmentText,
  proposeCommitment,
  releaseCommitment,
  reportProgress,
  setEmbargo,
  submitEvidence,
  withdrawCommitment,
} from '../../commands/commitment-bodies.js';
import { ChangeCommitment } from '../../commands/commitment.js';
import { newId } from '../../commands/new-id.js';
import type { ChangeRoute } from '../change-route.js';

const commitments = 'dialogues/:dialogue/commitments';

/** A change of a commitment that exists, at an address below its own. */
const of = (
  command: ChangeRoute['command'],
  method: ChangeRoute['method'],
  path: string,
  body: ChangeRoute['body'],
  summary: string,
): ChangeRoute => ({
  command,
  method,
  path: `${commitments}/:id/${path}`,
  summary,
  body,
  Request: ChangeCommitment,
});

/** Changes of a commitment. */
export const commitmentRoutes: readonly ChangeRoute[] = [
  {
    command: 'ProposeCommitment',
    method: 'POST',
    path: commitments,
    summary: 'Propose a commitment, with its source and a due window of any precision',
    body: proposeCommitment,
    Request: ChangeCommitment,
    id: ({ id }: { id?: string }) => id ?? newId(),
    created: (log, id) => `/v1/dialogues/${log}/commitments/${id}`,
  },
  of(
    'ConfirmCommitmentText',
    'POST',
    'text-confirmations',
    confirmCommitmentText,
    'Confirm the text: these are the words we agreed to',
  ),
  of(
    'AgreeCommitment',
    'PUT',
    'agreement',
    agreeCommitment,
    'Record the text as agreed: by a joint document, or after every party confirmed it',
  ),
  of(
    'ReportProgress',
    'POST',
    'progress-reports',
    reportProgress,
    'Report progress on your own side’s share',
  ),
  of(
    'SubmitEvidence',
    'POST',
    'evidence',
    submitEvidence,
    'Submit evidence, named by the digest of its bytes',
  ),
  of('ClaimDelivery', 'POST', 'delivery-claims', claimDelivery, 'Claim that your side’s share is delivered'),
  of(
    'AttestDelivery',
    'POST',
    'attestations',
    attestDelivery,
    'Turn your party’s key: confirm delivery as it was shown to you',
  ),
  of(
    'WithdrawCommitment',
    'PUT',
    'withdrawal',
    withdrawCommitment,
    'Withdraw; a joint commitment ends when every responsible party has asked for it',
  ),
  of(
    'ClassifyCommitment',
    'PUT',
    'classification',
    classifyCommitment,
    'Withhold it from the public or keep it to your own side; one party that shares it is enough',
  ),
  of(
    'SetEmbargo',
    'PUT',
    'embargo',
    setEmbargo,
    'Withhold it until an instant; where that publishes it, every party that shares it names the same one',
  ),
  of(
    'ReleaseCommitment',
    'PUT',
    'publication',
    releaseCommitment,
    'Make it public, when every party that shares it has said so',
  ),
];
