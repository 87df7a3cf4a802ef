import { mustSpeakFor } from '../actor.js';
import { mustGiveReason, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf } from './events.js';
import { type Commitment, mustBeResponsible } from './state.js';

/** A party names who does its share, the first time. Each side names its own organisations. */
export function assignUndertaking(
  commitment: Commitment,
  undertaking: DataOf<CommitmentCommand, 'AssignUndertaking'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  const { party } = undertaking;
  mustBeResponsible(commitment, party);
  mustSpeakFor(actor, party);
  const lead = leadOf(commitment, party);
  if (lead) {
    throw new Refusal('already-assigned', `${lead} leads this undertaking; transfer it instead.`, '/lead');
  }
  return [{ type: 'UndertakingAssigned', data: undertaking }];
}

/** Another organisation takes the lead; that it was another's before stays visible. */
export function transferUndertaking(
  commitment: Commitment,
  { party, to }: DataOf<CommitmentCommand, 'TransferUndertaking'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBeResponsible(commitment, party);
  mustSpeakFor(around.actor, party);
  mustGiveReason(around.reason, 'Say why the undertaking goes to another organisation.');
  const from = leadOf(commitment, party);
  if (!from) throw new Refusal('not-assigned', 'Nobody leads this undertaking yet; assign it.', '/party');
  if (from === to) throw new Refusal('already-assigned', `${to} leads this undertaking already.`, '/to');
  return [{ type: 'UndertakingTransferred', data: { party, from, to } }];
}

/** Names the person or post that answers for a party's share, by reference. */
export function nameFocalPoint(
  commitment: Commitment,
  { party, focalPoint }: DataOf<CommitmentCommand, 'NameFocalPoint'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBeResponsible(commitment, party);
  mustSpeakFor(actor, party);
  const before = commitment.statement.undertakings.find((each) => each.party === party)?.focalPoint;
  if (before === focalPoint) {
    throw new Refusal('already-focal-point', `${focalPoint} answers for it already.`, '/focalPoint');
  }
  return [{ type: 'FocalPointNamed', data: { party, focalPoint } }];
}

function leadOf({ statement }: Commitment, party: string): string | undefined {
  return statement.undertakings.find((each) => each.party === party)?.lead;
}
