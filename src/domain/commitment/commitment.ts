import type { Decider } from '../decider.js';
import type { Actor } from '../actor.js';
import { isMarked, type Marking } from '../confidentiality.js';
import { Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import {
  classify,
  mustBeOpenTo,
  mustBeShared,
  mustBeWithholdable,
  noSuchCommitment,
  release,
  setEmbargo,
} from './confidentiality.js';
import { attestDelivery, claimDelivery, submitEvidence } from './delivery.js';
import { withdraw } from './ending.js';
import type { CommitmentCommand, CommitmentEvent } from './events.js';
import { reportProgress } from './progress.js';
import { secrecyAfter } from './secrecy.js';
import type { Commitment } from './state.js';
import { agree, confirmText, propose } from './text.js';

export type CommitmentState = Commitment | undefined;

/** A commitment event with who stated it: the two-key rule compares persons. */
type StatedEvent = CommitmentEvent & { readonly actor?: Actor; readonly confidentiality?: Marking };

export const commitment: Decider<CommitmentState, CommitmentCommand, StatedEvent, CommitmentCircumstances> = {
  kind: 'commitment',
  initial: undefined,
  evolve: (state, event) =>
    event.type === 'CommitmentProposed' ? proposedFrom(event) : state && evolveKnown(state, event),
  mustBeSeen(state, command, around) {
    if (command.type === 'ProposeCommitment') mustBeNew(state, command.data.id);
    else if (!state) throw noSuchCommitment();
    else mustBeOpenTo(state, around);
  },
  decide(state, command, around) {
    if (command.type === 'ProposeCommitment') {
      mustBeNew(state, command.data.id);
      mustBeWithholdable(command.data, around);
      return propose(command.data, around);
    }
    if (!state) throw noSuchCommitment();
    mustBeOpenTo(state, around);
    switch (command.type) {
      case 'ConfirmCommitmentText':
        return confirmText(state, command.data, around);
      case 'AgreeCommitment':
        mustBeShared(state);
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
      case 'ClassifyCommitment':
        return classify(state, command.data, around);
      case 'SetEmbargo':
        return setEmbargo(state, command.data, around);
      case 'ReleaseCommitment':
        return release(state, command.data, around);
    }
  },
};

function mustBeNew(state: CommitmentState, id: string): void {
  if (!state) return;
  throw new Refusal('commitment-already-proposed', `A commitment ${id} is already on record.`, '/id');
}

function proposedFrom(event: Extract<StatedEvent, { type: 'CommitmentProposed' }>): Commitment {
  return {
    status: 'proposed',
    proposal: event.data,
    textConfirmedBy: [],
    withdrawalProposedBy: [],
    evidence: [],
    claims: [],
    keys: [],
    secrecy: secrecyAfter(undefined, event)!,
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
      // What is told in confidence is a note: it moves nothing that others see.
      return isMarked(event) ? state : { ...state, status: 'in-progress' };
    case 'EvidenceSubmitted': {
      const { evidence, party } = event.data;
      const submitted = {
        ...evidence,
        party,
        ...(isMarked(event) && { confidentiality: event.confidentiality }),
      };
      return { ...state, evidence: [...state.evidence, submitted] };
    }
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
    case 'ConfidentialityChanged':
    case 'PublicationProposed':
    case 'EmbargoSet':
    case 'ReleasedToPublic':
      return { ...state, secrecy: secrecyAfter(state.secrecy, event)! };
  }
}
