import { mustSpeakFor } from '../actor.js';
import { partyOf } from '../dialogue.js';
import { Forbidden, Malformed, NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import { mustBeShowable } from './confidentiality.js';
import type { CommitmentCommand, CommitmentEvent, DataOf } from './events.js';
import { type Claim, type Commitment, mustBe, mustBeResponsible, responsibleParties } from './state.js';

/** Evidence is put on record before it is claimed upon; it is named by the digest of its bytes. */
export function submitEvidence(
  commitment: Commitment,
  data: DataOf<CommitmentCommand, 'SubmitEvidence'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBe(commitment, ['agreed', 'in-progress'], 'given evidence');
  mustBeResponsible(commitment, data.party);
  mustSpeakFor(actor, data.party);
  if (commitment.evidence.some((each) => each.id === data.evidence.id)) {
    throw new Refusal(
      'evidence-already-submitted',
      `Evidence ${data.evidence.id} is already on record.`,
      '/evidence/id',
    );
  }
  return [{ type: 'EvidenceSubmitted', data }];
}

/** A party says that its share is delivered, and shows by what. */
export function claimDelivery(
  commitment: Commitment,
  { party, evidence }: DataOf<CommitmentCommand, 'ClaimDelivery'>,
  { actor, digestOf }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBe(commitment, ['agreed', 'in-progress'], 'claimed');
  mustBeResponsible(commitment, party);
  mustSpeakFor(actor, party);
  if (commitment.claims.some((claim) => claim.party === party)) {
    throw new Refusal('delivery-already-claimed', `${party} has already claimed its share.`, '/party');
  }
  if (evidence.length === 0) {
    throw new Malformed('evidence-missing', 'A claim shows at least one piece of evidence.', '/evidence');
  }
  evidence.forEach((id, index) => {
    if (!commitment.evidence.some((each) => each.id === id && each.party === party)) {
      throw new NotFound(
        'no-such-evidence',
        `${party} has submitted no evidence ${id}.`,
        `/evidence/${index}`,
      );
    }
  });
  mustBeShowable(commitment, evidence);
  const claims = [...commitment.claims, { party, by: actor.id, evidence }];
  const complete = responsibleParties(commitment).every((each) =>
    claims.some((claim) => claim.party === each),
  );
  const claimDigest = digestOf(shown(commitment, claims));
  return [{ type: 'DeliveryClaimed', data: { party, evidence, claimDigest, complete } }];
}

/**
 * A party turns its key: it has seen the claim and its evidence (named by their digest) and confirms delivery.
 * Never the person or, for a unilateral commitment, the side that claimed (domain.md 6.6). The last key
 * that the rule needs verifies the commitment.
 */
export function attestDelivery(
  commitment: Commitment,
  { party, claimDigest }: DataOf<CommitmentCommand, 'AttestDelivery'>,
  { actor, parties }: CommitmentCircumstances,
): CommitmentEvent[] {
  partyOf(parties, party, '/party');
  mustSpeakFor(actor, party);
  mustBe(commitment, ['delivery-claimed'], 'attested');
  if (commitment.claims.some((claim) => claim.by === actor.id)) {
    throw new Forbidden('own-claim', 'Whoever claimed delivery cannot confirm it.');
  }
  const needed = keyHolders(commitment);
  if (!needed.includes(party)) {
    throw new Forbidden('no-key', `The key to this commitment is held by ${needed.join(' and ')}.`);
  }
  if (commitment.keys.some((key) => key.party === party)) {
    throw new Refusal('already-attested', `${party} has already attested delivery.`, '/party');
  }
  if (claimDigest !== commitment.claimDigest) {
    throw new Refusal(
      'claim-changed',
      'The claim is not the one you were shown; look again.',
      '/claimDigest',
    );
  }
  const attested: CommitmentEvent = { type: 'DeliveryAttested', data: { party, claimDigest } };
  const turned = [...commitment.keys.map((key) => key.party), party];
  const complete = needed.every((holder) => turned.includes(holder));
  return complete ? [attested, { type: 'CommitmentVerified', data: { claimDigest } }] : [attested];
}

/** Parties whose keys verify the commitment: all that share a joint one, the receiving side of a unilateral one. */
export function keyHolders({ proposal }: Pick<Commitment, 'proposal'>): string[] {
  return proposal.nature === 'joint'
    ? proposal.undertakings.map((undertaking) => undertaking.party)
    : [proposal.towards!];
}

/** What a key refers to: every claim with the bytes of its evidence, in a fixed order. */
function shown(commitment: Commitment, claims: readonly Claim[]): unknown {
  return claims.map(({ party, by, evidence }) => ({
    party,
    by,
    evidence: evidence.map((id) => ({
      id,
      digest: commitment.evidence.find((each) => each.id === id)!.digest,
    })),
  }));
}
