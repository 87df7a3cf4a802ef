import { isMarked, type Marking } from '../confidentiality.js';
import { Refusal } from '../refusal.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent } from './events.js';

/** Dispute and carry-over are not states: they stand beside it (domain.md 6.4). */
export const statuses = [
  'proposed',
  'agreed',
  'in-progress',
  'paused',
  'delivery-claimed',
  'verified',
  'withdrawn',
  'superseded',
  'lapsed',
] as const;
export type CommitmentStatus = (typeof statuses)[number];

/** Agreed and not ended: what the metric "open" counts (domain.md 8). */
export const openStatuses: readonly CommitmentStatus[] = [
  'agreed',
  'in-progress',
  'paused',
  'delivery-claimed',
];

/** Open, and not yet claimed by everyone who must: only these can be overdue. */
export const unclaimedStatuses: readonly CommitmentStatus[] = ['agreed', 'in-progress', 'paused'];

/** Ended without delivery, by decision. */
export const endedStatuses: readonly CommitmentStatus[] = ['withdrawn', 'superseded', 'lapsed'];

const living: readonly CommitmentStatus[] = ['proposed', ...openStatuses];
const closed: readonly CommitmentStatus[] = ['verified', ...endedStatuses];
const agreedOnce: readonly CommitmentStatus[] = [...openStatuses, ...closed];
const unclaimed = unclaimedStatuses;

/** States in which each command can be asked for (domain.md 6.4), and the verb that a refusal says. */
const allowed: Readonly<
  Record<
    Exclude<CommitmentCommand['type'], 'ProposeCommitment'>,
    readonly [readonly CommitmentStatus[], cannotBe: string]
  >
> = {
  ConfirmCommitmentText: [living, 'confirmed in its text'],
  ObjectToCommitmentText: [['proposed'], 'objected to'],
  AgreeCommitment: [['proposed'], 'agreed'],
  AmendCommitment: [openStatuses, 'amended'],
  CorrectCommitment: [statuses, 'corrected'],
  ReclassifyCommitment: [statuses, 'classified anew'],
  TranslateCommitment: [statuses, 'translated'],
  MoveCommitmentToFocusArea: [statuses, 'moved'],
  SplitCommitment: [openStatuses, 'split'],
  MergeCommitment: [openStatuses, 'merged'],
  AssignUndertaking: [living, 'assigned'],
  TransferUndertaking: [living, 'transferred'],
  NameFocalPoint: [living, 'given a focal point'],
  SetDueDate: [living, 'given a due date'],
  ResolveDueDate: [living, 'given the date of its event'],
  RequestExtension: [openStatuses, 'extended'],
  GrantExtension: [openStatuses, 'extended'],
  RefuseExtension: [openStatuses, 'extended'],
  BringDueDateForward: [unclaimed, 'brought forward'],
  StartWork: [['agreed'], 'started'],
  ReportProgress: [unclaimed, 'reported on'],
  ReportNoProgress: [unclaimed, 'reported on'],
  PauseCommitment: [['agreed', 'in-progress'], 'paused'],
  ResumeCommitment: [['paused'], 'resumed'],
  SubmitEvidence: [openStatuses, 'given evidence'],
  WithdrawEvidence: [openStatuses, 'relieved of evidence'],
  ClaimDelivery: [unclaimed, 'claimed'],
  RetractDeliveryClaim: [openStatuses, 'relieved of a claim'],
  AttestDelivery: [['delivery-claimed'], 'attested'],
  DeclineAttestation: [['delivery-claimed'], 'declined'],
  RaiseDispute: [openStatuses, 'disputed'],
  SettleDispute: [agreedOnce, 'settled'],
  WithdrawCommitment: [living, 'withdrawn'],
  SupersedeCommitment: [openStatuses, 'superseded'],
  LapseCommitment: [openStatuses, 'let lapse'],
  CarryOverCommitment: [openStatuses, 'carried over'],
  ReaffirmCommitment: [openStatuses, 'reaffirmed'],
  ReopenCommitment: [closed, 'reopened'],
  ClassifyCommitment: [statuses, 'classified'],
  SetEmbargo: [statuses, 'embargoed'],
  ReleaseCommitment: [statuses, 'released'],
  RecordAssessment: [agreedOnce, 'assessed'],
  ReviseAssessment: [agreedOnce, 'assessed'],
};

/** Refuses a command that the life cycle does not allow in `status`: `commitment-<status>`. */
export function mustAllow(type: keyof typeof allowed, status: CommitmentStatus): void {
  const [from, verb] = allowed[type];
  if (!from.includes(status)) {
    throw new Refusal(
      `commitment-${status}`,
      `A commitment that is ${status.replace('-', ' ')} cannot be ${verb}.`,
    );
  }
}

/** The state that an event leads to (domain.md 6.4); most facts stand beside the state and leave it as it is. */
export function statusAfter(
  status: CommitmentStatus,
  event: CommitmentEvent & { readonly confidentiality?: Marking | undefined },
): CommitmentStatus {
  switch (event.type) {
    case 'CommitmentAgreed':
      return 'agreed';
    case 'WorkStarted':
    case 'CommitmentResumed':
    case 'AttestationDeclined':
    case 'CommitmentReopened':
      return 'in-progress';
    case 'ProgressReported':
      // What is told in confidence is a note: it moves nothing that others see.
      return status === 'agreed' && !isMarked(event) ? 'in-progress' : status;
    case 'CommitmentPaused':
      return 'paused';
    case 'DeliveryClaimed':
      // A joint commitment counts as claimed only when every side has claimed its share.
      return event.data.complete ? 'delivery-claimed' : status;
    case 'DeliveryClaimRetracted':
      return status === 'delivery-claimed' ? 'in-progress' : status;
    case 'CommitmentVerified':
      return 'verified';
    case 'CommitmentWithdrawn':
      return 'withdrawn';
    case 'CommitmentSuperseded':
      return 'superseded';
    case 'CommitmentLapsed':
      return 'lapsed';
    default:
      return status;
  }
}
