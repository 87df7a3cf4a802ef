import { mustSpeakFor } from '../actor.js';
import { partyOf } from '../dialogue.js';
import { Forbidden, Malformed, mustGiveReason, NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import { mustBeShowable } from './confidentiality.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf, PartyStatement } from './events.js';
import { isShown } from './evidence.js';
import { type Claim, type Commitment, mustAnswerFor, mustBeOnlyKeyOf, responsibleParties } from './state.js';
import { latestWording } from './wording.js';

/** A party says that its share is delivered, and shows by what. */
export function claimDelivery(
  commitment: Commitment,
  { party, evidence }: DataOf<CommitmentCommand, 'ClaimDelivery'>,
  { actor, digestOf }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, party);
  const { delivery } = commitment;
  if (delivery.claims.some((claim) => claim.party === party)) {
    throw new Refusal('delivery-already-claimed', `${party} has already claimed its share.`, '/party');
  }
  const unmet = judgementsOf(commitment).find((each) => each.party === party && each.is === 'not-met');
  if (unmet) {
    throw new Refusal(
      'criterion-not-met',
      `${party} reported ${unmet.criterion} as not met; deliver the rest by a split or an amendment.`,
    );
  }
  if (evidence.length === 0) {
    throw new Malformed('evidence-missing', 'A claim shows at least one piece of evidence.', '/evidence');
  }
  evidence.forEach((id, index) => {
    if (!delivery.evidence.some((each) => each.id === id && each.party === party)) {
      throw new NotFound(
        'no-such-evidence',
        `${party} has submitted no evidence ${id}.`,
        `/evidence/${index}`,
      );
    }
  });
  mustBeShowable(delivery, evidence);
  const claims = [...delivery.claims, { party, by: actor.id, evidence }];
  const complete = responsibleParties(commitment).every((each) =>
    claims.some((claim) => claim.party === each),
  );
  const claimDigest = digestOf(shown({ claims, evidence: delivery.evidence }));
  return [{ type: 'DeliveryClaimed', data: { party, evidence, claimDigest, complete } }];
}

/** A party takes its claim back; what was confirmed of it is void. */
export function retractDeliveryClaim(
  commitment: Commitment,
  { party }: PartyStatement,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, around.actor, party);
  mustGiveReason(around.reason, 'Say why the claim is retracted.');
  if (!commitment.delivery.claims.some((claim) => claim.party === party)) {
    throw new Refusal('nothing-claimed', `${party} has claimed nothing that it could retract.`, '/party');
  }
  return [{ type: 'DeliveryClaimRetracted', data: { party } }];
}

/**
 * A party turns its key: it has seen the claim and its evidence (named by their digest) and confirms delivery.
 * Never the person or, for a unilateral commitment, the side that claimed (domain.md 6.6). The last key
 * that the rule needs verifies the commitment.
 */
export function attestDelivery(
  commitment: Commitment,
  { party, claimDigest }: DataOf<CommitmentCommand, 'AttestDelivery'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustHoldKey(commitment, party, around);
  const turned = keysTurned(commitment);
  if (turned.includes(party)) {
    throw new Refusal('already-attested', `${party} has already attested delivery.`, '/party');
  }
  mustBeShown(commitment, claimDigest, around);
  mustBeOnlyKeyOf(around.actor, party, commitment.delivery);
  const attested: CommitmentEvent = { type: 'DeliveryAttested', data: { party, claimDigest } };
  const complete = keyHolders(commitment).every((holder) => holder === party || turned.includes(holder));
  return complete ? [attested, { type: 'CommitmentVerified', data: { claimDigest } }] : [attested];
}

/** A party that holds a key says that this is not delivery, and why; work goes on. */
export function declineAttestation(
  commitment: Commitment,
  { party, claimDigest }: DataOf<CommitmentCommand, 'DeclineAttestation'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustHoldKey(commitment, party, around);
  mustGiveReason(around.reason, 'Say what is missing.');
  mustBeShown(commitment, claimDigest, around);
  return [{ type: 'AttestationDeclined', data: { party, claimDigest } }];
}

/** Parties whose keys verify the commitment: all that share a joint one, the receiving side of a unilateral one. */
export function keyHolders({ statement }: Pick<Commitment, 'statement'>): string[] {
  return statement.nature === 'joint'
    ? statement.undertakings.map((undertaking) => undertaking.party)
    : [statement.towards!];
}

/** Parties whose key to the claims and evidence of now is turned; earlier keys are stale. */
export function keysTurned({ delivery }: Commitment): string[] {
  return delivery.keys.filter((key) => key.revision === delivery.revision).map((key) => key.party);
}

/** What a key refers to, by its digest; undefined while nothing is claimed. */
export function claimDigestOf(
  { delivery }: Commitment,
  digestOf: (value: unknown) => string,
): string | undefined {
  return delivery.claims.length > 0 ? digestOf(shown(delivery)) : undefined;
}

/** Some of it is delivered and some is not: computed, never stored, and never rounded up (domain.md 6.4). */
export function isPartlyDelivered(commitment: Commitment): boolean {
  const { claims } = commitment.delivery;
  const claimed = responsibleParties(commitment).filter((party) =>
    claims.some((claim) => claim.party === party),
  );
  const judged = (is: string) => judgementsOf(commitment).some((each) => each.is === is);
  const partlyClaimed = claimed.length > 0 && claimed.length < responsibleParties(commitment).length;
  return partlyClaimed || (judged('met') && judged('not-met'));
}

/** Judgements of the criteria that still are: what an amendment has dropped hinders nobody. */
function judgementsOf(commitment: Commitment): Commitment['delivery']['criteria'] {
  const { criteria = [] } = latestWording(commitment);
  return commitment.delivery.criteria.filter((each) => criteria.some(({ id }) => id === each.criterion));
}

function mustHoldKey(
  commitment: Commitment,
  party: string,
  { actor, parties }: CommitmentCircumstances,
): void {
  partyOf(parties, party, '/party');
  mustSpeakFor(actor, party);
  if (commitment.delivery.claims.some((claim) => claim.by === actor.id)) {
    throw new Forbidden('own-claim', 'Whoever claimed delivery cannot confirm it.');
  }
  const needed = keyHolders(commitment);
  if (!needed.includes(party)) {
    throw new Forbidden('no-key', `The key to this commitment is held by ${needed.join(' and ')}.`);
  }
}

function mustBeShown(
  commitment: Commitment,
  claimDigest: string,
  { digestOf }: CommitmentCircumstances,
): void {
  if (claimDigest === claimDigestOf(commitment, digestOf)) return;
  throw new Refusal('claim-changed', 'The claim is not the one you were shown; look again.', '/claimDigest');
}

/** Every claim, and all evidence of those who claim with its bytes, in a fixed order. */
function shown({ claims, evidence }: Pick<Commitment['delivery'], 'claims' | 'evidence'>): unknown {
  const of = (claim: Claim) =>
    evidence
      .filter((each) => each.party === claim.party && isShown(each))
      .map(({ id, digest }) => ({ id, digest }));
  return claims.map((claim) => ({
    party: claim.party,
    by: claim.by,
    rests: claim.evidence,
    evidence: of(claim),
  }));
}
