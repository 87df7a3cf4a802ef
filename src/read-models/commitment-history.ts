import type { EventType } from '../domain/vocabulary.js';
import { effectsOn, idIn, ignored, readModel } from './projection.js';

const ofCommitment = effectsOn<object>('commitment_history', (event) => [
  { commitment: idIn('commitment', event), position: event.position },
]);

const ofNamed = effectsOn<object>('commitment_history', (event) => {
  const data = event.data as { commitments?: readonly string[]; commitment?: string };
  return (data.commitments ?? [data.commitment!]).map((commitment) => ({
    commitment,
    position: event.position,
  }));
});

const its = <Type extends EventType>() => ofCommitment<Type>(() => ({}));
const named = <Type extends EventType>() => ofNamed<Type>(() => ({}));

/** Which events concern a commitment: its own stream, the follow-ups about it, and the reminders of it. */
export const commitmentHistory = readModel('commitment-history', {
  CommitmentProposed: its(),
  CommitmentTextConfirmed: its(),
  CommitmentAgreed: its(),
  ProgressReported: its(),
  EvidenceSubmitted: its(),
  DeliveryClaimed: its(),
  DeliveryAttested: its(),
  CommitmentVerified: its(),
  WithdrawalProposed: its(),
  CommitmentWithdrawn: its(),
  FollowUpScheduled: named(),
  FollowUpHeld: named(),
  ReminderSent: named(),
  CoChairNamed: ignored,
  DialogueAnnounced: ignored,
  FocusAreaDefined: ignored,
  OrganisationRegistered: ignored,
  RoundHeld: ignored,
  RoundScheduled: ignored,
  SourceDocumentRegistered: ignored,
});
