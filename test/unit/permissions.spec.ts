import { type Role, roles } from '../../src/domain/actor.js';
import type { CommandType } from '../../src/domain/vocabulary.js';
import { mayDo, type Permission } from '../../src/identity/permissions.js';

/** Who may do what, letter by letter (domain.md 6.9): a role's letter stands in `letters`. */
const table: Readonly<Record<Permission, string>> = {
  AnnounceDialogue: 'rs',
  JoinDialogue: 'rs',
  LeaveDialogue: 'rs',
  ChangeCadence: 'rs',
  SetVerificationRule: 'rs',
  SetReminderPolicy: 'rs',
  ConcludeDialogue: 'rs',
  RegisterOrganisation: 'rs',
  RenameOrganisation: 'rs',
  MergeOrganisation: 'rs',
  SplitOrganisation: 'rs',
  DissolveOrganisation: 'rs',
  EstablishOffice: 'rs',
  RenameOffice: 'rs',
  AbolishOffice: 'rs',
  DefineFocusArea: 'rs',
  RenameFocusArea: 'rs',
  MergeFocusArea: 'rs',
  SplitFocusArea: 'rs',
  RetireFocusArea: 'rs',
  ScheduleRound: 'rs',
  RescheduleRound: 'rs',
  PostponeRound: 'rs',
  HoldRound: 'rs',
  NameCoChair: 'rs',
  AdoptOutcomeDocument: 'rs',
  CloseRound: 'rs',
  CancelRound: 'rs',
  RegisterSourceDocument: 'rs',
  ArchiveSourceCopy: 'rs',
  AddTranslation: 'rs',
  ReplaceSource: 'rs',
  NoteSourceUnreachable: 'rs',
  ProposeCommitment: 'rsd',
  AgreeCommitment: 'rs',
  ScheduleFollowUp: 'rsdf',
  RescheduleFollowUp: 'rsdf',
  HoldFollowUp: 'rsdf',
  RecordFollowUpOutcome: 'rsdf',
  CancelFollowUp: 'rsdf',
  RecordFollowUpMissed: 'rsdf',
  ConfirmCommitmentText: 'sc',
  ObjectToCommitmentText: 'sc',
  AmendCommitment: 'rsc',
  CorrectCommitment: 'rs',
  ReclassifyCommitment: 'rs',
  TranslateCommitment: 'rs',
  MoveCommitmentToFocusArea: 'rs',
  SplitCommitment: 'rsc',
  MergeCommitment: 'rsc',
  SupersedeCommitment: 'rsc',
  ReaffirmCommitment: 'rsc',
  ReopenCommitment: 'rsc',
  AssignUndertaking: 'sc',
  TransferUndertaking: 'sc',
  NameFocalPoint: 'sc',
  SetDueDate: 'rsc',
  BringDueDateForward: 'rsc',
  ResolveDueDate: 'rs',
  RequestExtension: 'sdf',
  GrantExtension: 'sc',
  RefuseExtension: 'sc',
  StartWork: 'sdf',
  ReportProgress: 'sdf',
  ReportNoProgress: 'sdf',
  PauseCommitment: 'sdf',
  ResumeCommitment: 'sdf',
  SubmitEvidence: 'sdf',
  WithdrawEvidence: 'sdf',
  ClaimDelivery: 'sdf',
  RetractDeliveryClaim: 'sdf',
  AttestDelivery: 'sc',
  DeclineAttestation: 'sc',
  RaiseDispute: 'sc',
  SettleDispute: 'rsc',
  WithdrawCommitment: 'sc',
  LapseCommitment: 'y',
  CarryOverCommitment: 'y',
  RecordAssessment: 'a',
  ReviseAssessment: 'a',
  ClassifyCommitment: 's',
  SetEmbargo: 's',
  ReleaseCommitment: 's',
  ManageContacts: 's',
  RecordReminderSent: 'y',
  RecordReminderUncertain: 'y',
  RecordReminderFailed: 'y',
  RaiseEscalation: 'y',
  AcknowledgeReminder: 'y',
  SnoozeReminder: 'y',
  HandOverReminder: 'y',
  GrantAccess: 'y',
  RevokeAccess: 'y',
  SkipEvent: 'y',
  RetryLog: 'y',
};
const letters: Readonly<Record<Role, string>> = {
  recorder: 'r',
  secretariat: 's',
  'desk-officer': 'd',
  'focal-point': 'f',
  'co-chair': 'c',
  auditor: 'a',
  system: 'y',
};

describe.each(roles)('a %s', (role) => {
  const actor = { id: 'key-1', role, party: 'IN' };

  test.each(Object.entries(table) as [Permission, string][])('and %s', (permission, permitted) => {
    expect(mayDo(actor, permission)).toBe(permitted.includes(letters[role]));
  });

  test('may do nothing that no rule speaks of', () => {
    for (const unknown of ['EraseEvent', 'AnnulEvent', '', 'length', 'constructor']) {
      expect(mayDo(actor, unknown as CommandType)).toBe(false);
    }
  });
});

/** What follows from a decision taken before, or was done by the service: nobody states it anew. */
const ofTheService: readonly Permission[] = [
  'RecordReminderSent',
  'RecordReminderUncertain',
  'RecordReminderFailed',
  'RaiseEscalation',
  'AcknowledgeReminder',
  'SnoozeReminder',
  'HandOverReminder',
  'LapseCommitment',
  'CarryOverCommitment',
  'GrantAccess',
  'RevokeAccess',
  'SkipEvent',
  'RetryLog',
];

test('a person never does what the service itself puts on record, and the service nothing else', () => {
  const people = roles.filter((role) => role !== 'system');
  for (const each of ofTheService) {
    expect(people.filter((role) => mayDo({ id: 'key-1', role }, each))).toEqual([]);
  }
  const others = (Object.keys(table) as Permission[]).filter((each) => !ofTheService.includes(each));
  expect(others.filter((each) => mayDo({ id: 'reminders', role: 'system' }, each))).toEqual([]);
});
