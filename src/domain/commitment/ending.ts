import { mustSpeakFor } from '../actor.js';
import { Malformed, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentEvent, PartyStatement } from './events.js';
import { type Commitment, mustBe, mustBeResponsible, openStatuses, responsibleParties } from './state.js';

/**
 * A responsible party gives the commitment up. A unilateral one ends with its owner's word; a joint one
 * when every responsible party has asked for it (domain.md 6.4).
 */
export function withdraw(
  commitment: Commitment,
  { party }: PartyStatement,
  { actor, reason }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBe(commitment, ['proposed', ...openStatuses], 'withdrawn');
  mustBeResponsible(commitment, party);
  mustSpeakFor(actor, party);
  if (!reason) throw new Malformed('reason-missing', 'Say why the commitment is withdrawn.', '/reason');
  if (commitment.withdrawalProposedBy.includes(party)) {
    throw new Refusal(
      'withdrawal-already-proposed',
      `${party} has already asked for the withdrawal.`,
      '/party',
    );
  }
  const by = [...commitment.withdrawalProposedBy, party];
  const proposed: CommitmentEvent = { type: 'WithdrawalProposed', data: { party } };
  const agreed = responsibleParties(commitment).every((each) => by.includes(each));
  return agreed ? [proposed, { type: 'CommitmentWithdrawn', data: { by } }] : [proposed];
}
