import type { Marking } from '../confidentiality.js';
import { mustGiveReason, NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf } from './events.js';
import { type Commitment, mustAnswerFor } from './state.js';

/**
 * Evidence is put on record before it is claimed upon; it is named by the digest of its bytes. Evidence that
 * comes when keys are already turned makes them stale (domain.md 6.6).
 */
export function submitEvidence(
  commitment: Commitment,
  data: DataOf<CommitmentCommand, 'SubmitEvidence'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, data.party);
  if (commitment.delivery.evidence.some((each) => each.id === data.evidence.id)) {
    throw new Refusal(
      'evidence-already-submitted',
      `Evidence ${data.evidence.id} is already on record.`,
      '/evidence/id',
    );
  }
  return [{ type: 'EvidenceSubmitted', data }];
}

/** True of evidence that the holders of keys are shown: not of what one side keeps to itself. */
export function isShown({ confidentiality }: Commitment['delivery']['evidence'][number]): boolean {
  return confidentiality === undefined || confidentiality.level === 'parties';
}

/**
 * A side takes its evidence back. What a claim rests on alone is not taken from under it. Who could not see the evidence
 * is not told that it is gone.
 */
export function withdrawEvidence(
  commitment: Commitment,
  { party, evidence }: DataOf<CommitmentCommand, 'WithdrawEvidence'>,
  around: CommitmentCircumstances,
): (CommitmentEvent & { readonly confidentiality?: Marking })[] {
  mustAnswerFor(commitment, around.actor, party);
  mustGiveReason(around.reason, 'Say why the evidence is withdrawn.');
  const { delivery } = commitment;
  const submitted = delivery.evidence.find((each) => each.id === evidence && each.party === party);
  if (!submitted) {
    throw new NotFound('no-such-evidence', `${party} has submitted no evidence ${evidence}.`, '/evidence');
  }
  if (delivery.claims.some((claim) => claim.evidence.every((id) => id === evidence))) {
    throw new Refusal(
      'claim-rests-on-it',
      'A claim rests on this evidence alone; retract the claim first.',
      '/evidence',
    );
  }
  const { confidentiality } = submitted;
  return [
    { type: 'EvidenceWithdrawn', data: { party, evidence }, ...(confidentiality && { confidentiality }) },
  ];
}
