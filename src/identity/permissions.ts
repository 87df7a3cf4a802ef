import type { Actor, Role } from '../domain/actor.js';
import type { CommandType } from '../domain/vocabulary.js';

/** What a caller can be permitted to ask for: every command, and what lies beside the log. */
export type Permission = CommandType | 'ManageContacts';

/** Powers over the record, the columns of the table in domain.md 6.9. */
type Power =
  /** Writes down what sources say and what dialogues share. */
  | 'record'
  | 'propose'
  | 'confirm-text'
  | 'report'
  | 'claim'
  | 'attest'
  /** Asks for what others decide. */
  | 'ask'
  /** Decides for a party: extensions, withdrawal, who does its share. */
  | 'decide'
  /** Puts on record what takes every side: by a joint document, or by each side's word. */
  | 'settle'
  | 'correct'
  | 'classify'
  | 'meet'
  | 'assess'
  | 'manage-contacts'
  /** What the service itself and its operators put on record; no caller may. */
  | 'run';

/** The power that each permission takes; the compiler refuses a command that was forgotten. */
const powerFor: Readonly<Record<Permission, Power>> = {
  AnnounceDialogue: 'record',
  JoinDialogue: 'record',
  LeaveDialogue: 'record',
  ChangeCadence: 'record',
  SetVerificationRule: 'record',
  SetReminderPolicy: 'record',
  ConcludeDialogue: 'record',

  ScheduleRound: 'record',
  RescheduleRound: 'record',
  PostponeRound: 'record',
  HoldRound: 'record',
  NameCoChair: 'record',
  AdoptOutcomeDocument: 'record',
  CloseRound: 'record',
  CancelRound: 'record',

  DefineFocusArea: 'record',
  RenameFocusArea: 'record',
  MergeFocusArea: 'record',
  SplitFocusArea: 'record',
  RetireFocusArea: 'record',

  RegisterSourceDocument: 'record',
  ArchiveSourceCopy: 'record',
  AddTranslation: 'record',
  ReplaceSource: 'record',
  NoteSourceUnreachable: 'record',

  RegisterOrganisation: 'record',
  RenameOrganisation: 'record',
  MergeOrganisation: 'record',
  SplitOrganisation: 'record',
  DissolveOrganisation: 'record',

  EstablishOffice: 'record',
  RenameOffice: 'record',
  AbolishOffice: 'record',

  ScheduleFollowUp: 'meet',
  RescheduleFollowUp: 'meet',
  HoldFollowUp: 'meet',
  RecordFollowUpOutcome: 'meet',
  CancelFollowUp: 'meet',
  RecordFollowUpMissed: 'meet',

  ProposeCommitment: 'propose',
  ConfirmCommitmentText: 'confirm-text',
  ObjectToCommitmentText: 'confirm-text',
  AgreeCommitment: 'record',
  AmendCommitment: 'settle',
  CorrectCommitment: 'correct',
  ReclassifyCommitment: 'correct',
  TranslateCommitment: 'record',
  MoveCommitmentToFocusArea: 'record',
  SplitCommitment: 'settle',
  MergeCommitment: 'settle',
  SupersedeCommitment: 'settle',
  ReaffirmCommitment: 'settle',
  ReopenCommitment: 'settle',
  AssignUndertaking: 'decide',
  TransferUndertaking: 'decide',
  NameFocalPoint: 'decide',
  SetDueDate: 'settle',
  BringDueDateForward: 'settle',
  ResolveDueDate: 'record',
  RequestExtension: 'ask',
  GrantExtension: 'decide',
  RefuseExtension: 'decide',
  StartWork: 'report',
  ReportProgress: 'report',
  ReportNoProgress: 'report',
  PauseCommitment: 'report',
  ResumeCommitment: 'report',
  SubmitEvidence: 'claim',
  WithdrawEvidence: 'claim',
  ClaimDelivery: 'claim',
  RetractDeliveryClaim: 'claim',
  AttestDelivery: 'attest',
  DeclineAttestation: 'attest',
  RaiseDispute: 'decide',
  SettleDispute: 'settle',
  WithdrawCommitment: 'decide',
  RecordAssessment: 'assess',
  ReviseAssessment: 'assess',
  LapseCommitment: 'run',
  CarryOverCommitment: 'run',
  ClassifyCommitment: 'classify',
  SetEmbargo: 'classify',
  ReleaseCommitment: 'classify',

  RecordReminderSent: 'run',
  RecordReminderUncertain: 'run',
  RecordReminderFailed: 'run',
  RaiseEscalation: 'run',
  AcknowledgeReminder: 'run',
  SnoozeReminder: 'run',
  HandOverReminder: 'run',

  GrantAccess: 'run',
  RevokeAccess: 'run',

  SkipEvent: 'run',
  RetryLog: 'run',

  ManageContacts: 'manage-contacts',
};

/** Who may do what (domain.md 6.9). What is not listed is denied; for which party is the domain's own rule. */
const powers: Readonly<Record<Role, readonly Power[]>> = {
  recorder: ['record', 'propose', 'settle', 'correct', 'meet'],
  'desk-officer': ['propose', 'report', 'claim', 'ask', 'meet'],
  'focal-point': ['report', 'claim', 'ask', 'meet'],
  secretariat: [
    'record',
    'propose',
    'confirm-text',
    'report',
    'claim',
    'attest',
    'ask',
    'decide',
    'settle',
    'correct',
    'classify',
    'meet',
    'manage-contacts',
  ],
  'co-chair': ['confirm-text', 'attest', 'decide', 'settle'],
  auditor: ['assess'],
  system: ['run'],
};

/** True when the actor's role may ask for this at all. */
export function mayDo(actor: Actor, permission: Permission): boolean {
  const power = Object.hasOwn(powerFor, permission) ? powerFor[permission] : undefined;
  return power !== undefined && powers[actor.role].includes(power);
}
