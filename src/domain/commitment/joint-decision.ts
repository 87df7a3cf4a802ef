import { Forbidden, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentEvent, DataOf, JointDecision } from './events.js';
import { type Commitment, concernedParties } from './state.js';

/**
 * A decision that no side takes alone. It stands at once when a document is cited that all parties put their name
 * to; else each side says the same, and it stands with the last one's word. What one side has proposed
 * is on record meanwhile and changes nothing. `decided` are the events that it comes to, the decision first.
 */
export function decideJointly(
  commitment: Commitment,
  decided: readonly [JointDecision, ...CommitmentEvent[]],
  { actor, jointSource, digestOf }: CommitmentCircumstances,
): CommitmentEvent[] {
  if (jointSource) return [...decided];
  const [{ type: decision, data: terms }] = decided;
  const sides = concernedParties(commitment);
  const party = actor.party;
  if (!party || !sides.includes(party)) {
    throw new Forbidden(
      'takes-every-side',
      `This takes a joint document, or the word of ${sides.join(' and ')}; you speak for ${party ?? 'no party'}.`,
    );
  }
  const digest = digestOf({ decision, terms });
  const before = commitment.proposals.find((each) => each.digest === digest)?.by ?? [];
  if (before.includes(party)) {
    throw new Refusal(
      'already-proposed',
      `${party} has already proposed this; the other side has not answered.`,
    );
  }
  const proposed: CommitmentEvent = {
    type: 'JointDecisionProposed',
    data: { party, decision, terms, digest },
  };
  const complete = sides.every((side) => side === party || before.includes(side));
  return complete ? [proposed, ...decided] : [proposed];
}

/** The proposals with one more side's word. */
export function withProposal(
  { proposals }: Commitment,
  { decision, digest, party }: DataOf<CommitmentEvent, 'JointDecisionProposed'>,
): Commitment['proposals'] {
  const before = proposals.find((each) => each.digest === digest)?.by ?? [];
  return [
    ...proposals.filter((each) => each.digest !== digest),
    { decision, digest, by: [...before, party] },
  ];
}

/** What was proposed of this kind is decided; nothing of it is waiting any more. */
export function decided(state: Commitment, decision: CommitmentEvent['type']): Commitment {
  return { ...state, proposals: state.proposals.filter((each) => each.decision !== decision) };
}
