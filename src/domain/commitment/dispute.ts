import { mustSpeakFor } from '../actor.js';
import { Forbidden, NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentEvent, Dispute, Settlement } from './events.js';
import { type Commitment, mustBeConcerned } from './state.js';

/** A side contests the text, the date, the status, the evidence or whose it is. It stands beside the state. */
export function raiseDispute(
  commitment: Commitment,
  dispute: Dispute,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBeConcerned(commitment, dispute.party);
  mustSpeakFor(actor, dispute.party);
  if (commitment.disputes.some(({ id }) => id === dispute.id)) {
    throw new Refusal('dispute-already-raised', `A dispute ${dispute.id} is already on record.`, '/id');
  }
  return [{ type: 'DisputeRaised', data: dispute }];
}

/** A dispute ends by the word of the side that raised it, or by a joint document; never by the other side alone. */
export function settleDispute(
  commitment: Commitment,
  settlement: Settlement,
  { actor, jointSource }: CommitmentCircumstances,
): CommitmentEvent[] {
  const dispute = commitment.disputes.find(({ id }) => id === settlement.id);
  if (!dispute) throw new NotFound('no-such-dispute', `There is no dispute ${settlement.id}.`, '/id');
  if (dispute.settled) throw new Refusal('dispute-settled', `${dispute.id} is settled already.`, '/id');
  if (!jointSource && actor.party !== dispute.party) {
    throw new Forbidden(
      'not-your-dispute',
      `${dispute.party} raised it: it ends by their word, or by a joint document.`,
    );
  }
  return [{ type: 'DisputeSettled', data: settlement }];
}
