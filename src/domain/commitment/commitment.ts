import type { Decider } from '../decider.js';
import { Refusal } from '../refusal.js';
import { recordAssessment, reviseAssessment } from './assessment.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import {
  classify,
  mustBeOpenTo,
  mustBeShared,
  mustBeWithholdable,
  noSuchCommitment,
  release,
  setEmbargo,
} from './confidentiality.js';
import { attestDelivery, claimDelivery, declineAttestation, retractDeliveryClaim } from './delivery.js';
import { raiseDispute, settleDispute } from './dispute.js';
import {
  bringDueDateForward,
  grantExtension,
  refuseExtension,
  requestExtension,
  resolveDueDate,
  setDueDate,
} from './due-date.js';
import { carryOver, lapse, reaffirm, reopen, withdraw } from './ending.js';
import type { DataOf } from './events.js';
import { submitEvidence, withdrawEvidence } from './evidence.js';
import { evolveKnown, proposedFrom, type StatedEvent } from './evolve.js';
import { merge, moveToFocusArea, split, supersede } from './grouping.js';
import { mustAllow } from './life-cycle.js';
import { pause, reportNoProgress, reportProgress, resume, startWork } from './progress.js';
import { assignUndertaking, nameFocalPoint, transferUndertaking } from './responsibility.js';
import type { Commitment } from './state.js';
import { agree, confirmText, objectToText, propose } from './text.js';
import { amend, correct, reclassify, translate } from './wording.js';

export type CommitmentState = Commitment | undefined;

type Later = Exclude<CommitmentCommand['type'], 'ProposeCommitment'>;

type Decide<Type extends Later> = (
  commitment: Commitment,
  data: DataOf<CommitmentCommand, Type>,
  around: CommitmentCircumstances,
) => StatedEvent[];

/** What is decided on each command, once the life cycle allows it. */
const decisions: { readonly [Type in Later]: Decide<Type> } = {
  ConfirmCommitmentText: confirmText,
  ObjectToCommitmentText: objectToText,
  AgreeCommitment: (commitment, _data, around) => {
    mustBeShared(commitment);
    return agree(commitment, around);
  },
  AmendCommitment: amend,
  CorrectCommitment: correct,
  ReclassifyCommitment: reclassify,
  TranslateCommitment: translate,
  MoveCommitmentToFocusArea: moveToFocusArea,
  SplitCommitment: split,
  MergeCommitment: merge,
  AssignUndertaking: assignUndertaking,
  TransferUndertaking: transferUndertaking,
  NameFocalPoint: nameFocalPoint,
  SetDueDate: setDueDate,
  ResolveDueDate: resolveDueDate,
  RequestExtension: requestExtension,
  GrantExtension: grantExtension,
  RefuseExtension: refuseExtension,
  BringDueDateForward: bringDueDateForward,
  StartWork: startWork,
  ReportProgress: reportProgress,
  ReportNoProgress: reportNoProgress,
  PauseCommitment: pause,
  ResumeCommitment: resume,
  SubmitEvidence: submitEvidence,
  WithdrawEvidence: withdrawEvidence,
  ClaimDelivery: claimDelivery,
  RetractDeliveryClaim: retractDeliveryClaim,
  AttestDelivery: attestDelivery,
  DeclineAttestation: declineAttestation,
  RaiseDispute: raiseDispute,
  SettleDispute: settleDispute,
  WithdrawCommitment: withdraw,
  SupersedeCommitment: supersede,
  LapseCommitment: lapse,
  CarryOverCommitment: carryOver,
  ReaffirmCommitment: reaffirm,
  ReopenCommitment: reopen,
  ClassifyCommitment: classify,
  SetEmbargo: setEmbargo,
  ReleaseCommitment: release,
  RecordAssessment: recordAssessment,
  ReviseAssessment: reviseAssessment,
};

/** One commitment: the rules of domain.md 6.4 to 6.6. */
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
    mustAllow(command.type, state.status);
    return (decisions[command.type] as Decide<Later>)(state, command.data, around);
  },
};

function mustBeNew(state: CommitmentState, id: string): void {
  if (!state) return;
  throw new Refusal('commitment-already-proposed', `A commitment ${id} is already on record.`, '/id');
}
