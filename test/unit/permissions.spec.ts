import { type Role, roles } from '../../src/domain/actor.js';
import type { CommandType } from '../../src/domain/vocabulary.js';
import { mayDo, type Permission } from '../../src/identity/permissions.js';

/** Who may do what, letter by letter (domain.md 6.9): a role's letter stands in `letters`. */
const table: Readonly<Record<Permission, string>> = {
  AnnounceDialogue: 'rs',
  RegisterOrganisation: 'rs',
  DefineFocusArea: 'rs',
  ScheduleRound: 'rs',
  HoldRound: 'rs',
  NameCoChair: 'rs',
  RegisterSourceDocument: 'rs',
  ProposeCommitment: 'rsd',
  AgreeCommitment: 'rs',
  ScheduleFollowUp: 'rsdf',
  HoldFollowUp: 'rsdf',
  ConfirmCommitmentText: 'sc',
  ReportProgress: 'sdf',
  SubmitEvidence: 'sdf',
  ClaimDelivery: 'sdf',
  AttestDelivery: 'sc',
  WithdrawCommitment: 'sc',
  ClassifyCommitment: 's',
  SetEmbargo: 's',
  ReleaseCommitment: 's',
  ManageContacts: 's',
  RecordReminderSent: 'y',
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

test('a person never records that a reminder went out, and the system nothing else', () => {
  const people = roles.filter((role) => role !== 'system');
  expect(people.filter((role) => mayDo({ id: 'key-1', role }, 'RecordReminderSent'))).toEqual([]);
  const others = (Object.keys(table) as Permission[]).filter((each) => each !== 'RecordReminderSent');
  expect(others.filter((each) => mayDo({ id: 'reminders', role: 'system' }, each))).toEqual([]);
});
