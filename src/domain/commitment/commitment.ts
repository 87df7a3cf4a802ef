import type { Decider } from '../decider.js';
import type { Actor } from '../actor.js';
import { NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import { attestDelivery, claimDelivery, submitEvidence } from './delivery.js';
import { withdraw } from './ending.js';
import type { CommitmentCommand, CommitmentEvent } from './events.js';
import { reportProgress } from './progress.js';
import type { Commitment } from './state.js';
import { agree, confirmText, propose } from './text.js';

export type CommitmentState = Commitment | undefined;

/** A commitment event with who stated it: the two-key rule compares persons. */
type StatedEvent = CommitmentEvent & { readonly actor?: Actor };

export const commitment: Decider<CommitmentState, CommitmentCommand, StatedEvent, CommitmentCircumstances> = {
  kind: 'commitment',
  initial: undefined,
  evolve: (state, event) =>
    event.type === 'CommitmentProposed' ? proposedFrom(event) : state && evolveKnown(state, event),
  decide(state, command, around) {
    if (command.type === 'ProposeCommitment') {
      if (state) {
        throw new Refusal(
          'commitment-already-proposed',
          `A commitment ${command.data.id} is already on record.`,
          '/id',
        );
      }
      return propose(command.data, around);
    }
    if (!state) throw new NotFound('no-such-commitment', 'There is no such commitment in this dialogue.');
    switch (command.type) {
      case 'ConfirmCommitmentText':
        return confirmText(state, command.data, around);
      case 'AgreeCommitment':
        return agree(state, around);
      case 'ReportProgress':
        return reportProgress(state, command.data, around);
      case 'SubmitEvidence':
        return submitEvidence(state, command.data, around);
      case 'ClaimDelivery':
        return claimDelivery(state, command.data, around);
      case 'AttestDelivery':
        return attestDelivery(state, command.data, around);
      case 'WithdrawCommitment':
        return withdraw(state, command.data, around);
    }
  },
};

function proposedFrom(event: Extract<StatedEvent, { type: 'CommitmentProposed' }>): Commitment {
  return {
    status: 'proposed',
    proposal: event.data,
    textConfirmedBy: [],
    withdrawalProposedBy: [],
    evidence: [],
    claims: [],
    keys: [],
  };
}

function evolveKnown(state: Commitment, event: StatedEvent): Commitment {
  const by = event.actor?.id ?? '';
  switch (event.type) {
    case 'CommitmentProposed':
      return state;
    case 'CommitmentTextConfirmed':
      return { ...state, textConfirmedBy: [...state.textConfirmedBy, event.data.party] };
    case 'CommitmentAgreed':
      return { ...state, status: 'agreed' };
    case 'ProgressReported':
      return { ...state, status: 'in-progress' };
    case 'EvidenceSubmitted':
      return { ...state, evidence: [...state.evidence, { ...event.data.evidence, party: event.data.party }] };
    case 'DeliveryClaimed': {
      const { party, evidence, claimDigest, complete } = event.data;
      return {
        ...state,
        claims: [...state.claims, { party, by, evidence }],
        claimDigest,
        status: complete ? 'delivery-claimed' : state.status,
      };
    }
    case 'DeliveryAttested':
      return { ...state, keys: [...state.keys, { party: event.data.party, by }] };
    case 'CommitmentVerified':
      return { ...state, status: 'verified' };
    case 'WithdrawalProposed':
      return { ...state, withdrawalProposedBy: [...state.withdrawalProposedBy, event.data.party] };
    case 'CommitmentWithdrawn':
      return { ...state, status: 'withdrawn' };
  }
}
