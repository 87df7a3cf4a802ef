import type { Actor, Role } from '../domain/actor.js';
import type { CommandType } from '../domain/vocabulary.js';

/** What a key can be good for: every command, and what lies beside the log. */
export type Permission = CommandType | 'ManageContacts';

const recording = [
  'AnnounceDialogue',
  'RegisterOrganisation',
  'DefineFocusArea',
  'ScheduleRound',
  'HoldRound',
  'NameCoChair',
  'RegisterSourceDocument',
  'ProposeCommitment',
  'AgreeCommitment',
  'ScheduleFollowUp',
  'HoldFollowUp',
] as const satisfies readonly Permission[];

const deskWork = [
  'ProposeCommitment',
  'ReportProgress',
  'SubmitEvidence',
  'ClaimDelivery',
  'ScheduleFollowUp',
  'HoldFollowUp',
] as const satisfies readonly Permission[];

/** Who may do what (domain.md 6.9). What is not listed is denied; for which party is the domain's own rule. */
const permitted: Readonly<Partial<Record<Role, readonly Permission[]>>> = {
  recorder: recording,
  'desk-officer': deskWork,
  secretariat: [
    ...recording,
    ...deskWork,
    'ConfirmCommitmentText',
    'AttestDelivery',
    'WithdrawCommitment',
    'ManageContacts',
  ],
  system: ['RecordReminderSent'],
};

/** True when the actor's role may ask for this at all. */
export function mayDo(actor: Actor, permission: Permission): boolean {
  return permitted[actor.role]?.includes(permission) ?? false;
}
