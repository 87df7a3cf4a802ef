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
  /** Decides for a party: extensions, withdrawal, settlement. */
  | 'decide'
  | 'correct'
  | 'classify'
  | 'meet'
  | 'assess'
  | 'manage-contacts'
  /** What the service itself puts on record. */
  | 'run';

/** The power that each permission takes; the compiler refuses a command that was forgotten. */
const powerFor: Readonly<Record<Permission, Power>> = {
  AnnounceDialogue: 'record',

  ScheduleRound: 'record',
  HoldRound: 'record',
  NameCoChair: 'record',

  DefineFocusArea: 'record',

  RegisterSourceDocument: 'record',

  RegisterOrganisation: 'record',

  ScheduleFollowUp: 'meet',
  HoldFollowUp: 'meet',

  ProposeCommitment: 'propose',
  ConfirmCommitmentText: 'confirm-text',
  AgreeCommitment: 'record',
  ReportProgress: 'report',
  SubmitEvidence: 'claim',
  ClaimDelivery: 'claim',
  AttestDelivery: 'attest',
  WithdrawCommitment: 'decide',
  ClassifyCommitment: 'classify',
  SetEmbargo: 'classify',
  ReleaseCommitment: 'classify',

  RecordReminderSent: 'run',

  ManageContacts: 'manage-contacts',
};

/** Who may do what (domain.md 6.9). What is not listed is denied; for which party is the domain's own rule. */
const powers: Readonly<Record<Role, readonly Power[]>> = {
  recorder: ['record', 'propose', 'correct', 'meet'],
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
    'correct',
    'classify',
    'meet',
    'manage-contacts',
  ],
  'co-chair': ['confirm-text', 'attest', 'decide'],
  auditor: ['assess'],
  system: ['run'],
};

/** True when the actor's role may ask for this at all. */
export function mayDo(actor: Actor, permission: Permission): boolean {
  const power = Object.hasOwn(powerFor, permission) ? powerFor[permission] : undefined;
  return power !== undefined && powers[actor.role].includes(power);
}
