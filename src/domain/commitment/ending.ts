import { dueFrom } from '../due.js';
import { Malformed, mustGiveReason, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf, PartyStatement } from './events.js';
import { decideJointly } from './joint-decision.js';
import { mustSpeakFor } from '../actor.js';
import { type Commitment, mustBeResponsible, responsibleParties } from './state.js';

/**
 * A responsible party gives the commitment up. A unilateral one ends with its owner's word; a joint one
 * when every responsible party has asked for it (domain.md 6.4).
 */
export function withdraw(
  commitment: Commitment,
  { party }: PartyStatement,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBeResponsible(commitment, party);
  mustSpeakFor(around.actor, party);
  mustGiveReason(around.reason, 'Say why the commitment is withdrawn.');
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

/** Ends undelivered because the close of a round decided so; never by the clock (domain.md 6.4). */
export function lapse(
  { statement: { id } }: Commitment,
  { round }: DataOf<CommitmentCommand, 'LapseCommitment'>,
  { close }: CommitmentCircumstances,
): CommitmentEvent[] {
  if (!close?.lapsed.includes(id)) throw notDecided(id, round);
  return [{ type: 'CommitmentLapsed', data: { round } }];
}

/** Goes into the next round's list with the same identity. Asked again for the same round it changes nothing. */
export function carryOver(
  { statement: { id }, carriedOver }: Commitment,
  { round }: DataOf<CommitmentCommand, 'CarryOverCommitment'>,
  { close }: CommitmentCircumstances,
): CommitmentEvent[] {
  if (!close?.carryOver.includes(id)) throw notDecided(id, round);
  return carriedOver.includes(round) ? [] : [{ type: 'CommitmentCarriedOver', data: { round } }];
}

function notDecided(id: string, round: number): Refusal {
  return new Refusal('not-decided-at-close', `The close of round ${round} did not decide this of ${id}.`);
}

/** A document of all parties says again what was promised; nothing else changes. */
export function reaffirm(
  _commitment: Commitment,
  { round }: DataOf<CommitmentCommand, 'ReaffirmCommitment'>,
  { jointSource }: CommitmentCircumstances,
): CommitmentEvent[] {
  if (!jointSource) {
    throw new Malformed(
      'joint-document-missing',
      'Cite the joint document that reaffirms it, put on record by another side or by a recorder.',
      '/sources',
    );
  }
  return [{ type: 'CommitmentReaffirmed', data: round === undefined ? {} : { round } }];
}

/**
 * Takes up again what had ended, with a new due date or one to be set; earlier verification stays in the history.
 * Needs a reason and a source (domain.md 6.4).
 */
export function reopen(
  commitment: Commitment,
  { due }: DataOf<CommitmentCommand, 'ReopenCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustGiveReason(around.reason, 'Say why the commitment is taken up again.');
  if (!around.sources) {
    throw new Malformed('source-missing', 'Cite the source that says so.', '/sources');
  }
  if (!commitment.agreed) {
    throw new Refusal('never-agreed', 'It was withdrawn before it was agreed; propose it anew.');
  }
  return decideJointly(commitment, [{ type: 'CommitmentReopened', data: { due: dueFrom(due) } }], around);
}
