import {
  access,
  type AccessCommand,
  type AccessEvent,
  actorOf,
  type Grant,
} from '../../src/domain/access.js';
import type { Circumstances } from '../../src/domain/decider.js';
import { Malformed, NotFound } from '../../src/domain/refusal.js';
import { given } from './scenario.js';

const asked: Circumstances = { actor: { id: 'operator', role: 'system' }, now: '2026-01-15T12:00:00Z' };
const subject = 'key-0123456789';
const desk: Grant = { grant: 'g1', role: 'desk-officer', party: 'IN', dialogue: 'talks' };

const grant = (changes: Partial<Grant> = {}): AccessCommand => ({
  type: 'GrantAccess',
  data: { ...desk, ...changes, subject },
});
const granted = (changes: Partial<Grant> = {}): AccessEvent => ({
  type: 'AccessGranted',
  data: { ...desk, ...changes, subject },
});
const revoke = (named?: string): AccessCommand => ({
  type: 'RevokeAccess',
  data: { subject, grant: named },
});
const revoked = (named: string): AccessEvent => ({ type: 'AccessRevoked', data: { subject, grant: named } });

describe('access', () => {
  test('is granted as it was asked for', () => {
    const terms = { organisation: 'survey', expiresAt: '2027-01-01T00:00:00Z' };
    given(access).when(grant(terms), asked).happens(granted(terms));
  });

  test('as the service itself is granted to nobody', () => {
    given(access)
      .when(grant({ role: 'system' }), asked)
      .isRefused('role-not-granted', { as: Malformed, at: '/role' });
  });

  test.each(['emperor', 'constructor', ''])(
    'in the role "%s" is granted to nobody: there is none',
    (role) => {
      given(access)
        .when(grant({ role: role as Grant['role'] }), asked)
        .isRefused('role-not-granted', { as: Malformed, at: '/role' });
    },
  );

  test.each(['desk-officer', 'focal-point', 'secretariat', 'co-chair'] as const)(
    'of a %s is for a party',
    (role) => {
      given(access)
        .when(grant({ role, party: undefined }), asked)
        .isRefused('party-missing', { as: Malformed, at: '/party' });
    },
  );

  test('of an auditor is for no party', () => {
    given(access)
      .when(grant({ role: 'auditor' }), asked)
      .isRefused('party-not-of-role', { as: Malformed, at: '/party' });
    given(access)
      .when(grant({ role: 'auditor', party: undefined }), asked)
      .happens(granted({ role: 'auditor', party: undefined }));
  });

  test.each(['IN', undefined])('of a recorder may be for a party or for none: %s', (party) => {
    given(access)
      .when(grant({ role: 'recorder', party }), asked)
      .happens(granted({ role: 'recorder', party }));
  });

  test('for an organisation is for a party too', () => {
    given(access)
      .when(grant({ role: 'recorder', party: undefined, organisation: 'survey' }), asked)
      .isRefused('organisation-without-party', { as: Malformed, at: '/organisation' });
  });

  test.each(['2020-01-01T00:00:00Z', '2026-01-15T12:00:00.000Z', 'soon'])(
    'that would be over before it began, or nobody knows when, is not granted: %s',
    (expiresAt) => {
      given(access)
        .when(grant({ expiresAt }), asked)
        .isRefused('already-expired', { as: Malformed, at: '/expiresAt' });
    },
  );

  test('is known by a name of its own', () => {
    given(access, granted()).when(grant(), asked).isRefused('grant-id-taken', { at: '/grant' });
  });
});

describe('one subject', () => {
  const other = { grant: 'g2', party: 'JP' };

  test('never speaks for two parties of one dialogue', () => {
    given(access, granted())
      .when(grant(other), asked)
      .isRefused('speaks-for-another-party', { at: '/party' });
  });

  test('speaks for none but its party where either grant is for every dialogue', () => {
    given(access, granted({ dialogue: undefined }))
      .when(grant(other), asked)
      .isRefused('speaks-for-another-party', { at: '/party' });
    given(access, granted())
      .when(grant({ ...other, dialogue: undefined }), asked)
      .isRefused('speaks-for-another-party', { at: '/party' });
  });

  test('may speak for another party elsewhere, or after the first grant was revoked or is over', () => {
    const elsewhere = { ...other, dialogue: 'rivers' };
    given(access, granted()).when(grant(elsewhere), asked).happens(granted(elsewhere));
    given(access, granted(), revoked('g1')).when(grant(other), asked).happens(granted(other));
    given(access, granted({ expiresAt: '2026-01-15T12:00:00Z' }))
      .when(grant(other), asked)
      .happens(granted(other));
  });

  test('may have several roles for its party, and transcribe for nobody besides', () => {
    const second = { grant: 'g2', role: 'co-chair' as const };
    given(access, granted()).when(grant(second), asked).happens(granted(second));
    const neutral = { grant: 'g2', role: 'recorder' as const, party: undefined };
    given(access, granted()).when(grant(neutral), asked).happens(granted(neutral));
  });

  test('is the same person under each of its grants', () => {
    const { state } = given(access, granted(), granted({ grant: 'g2', role: 'secretariat' }));
    const actors = state.grants.map((each) => actorOf(subject, each));
    expect(actors).toEqual([
      { id: subject, role: 'desk-officer', party: 'IN' },
      { id: subject, role: 'secretariat', party: 'IN' },
    ]);
  });
});

describe('what was granted', () => {
  const both = [granted(), granted({ grant: 'g2', role: 'recorder', party: undefined })];

  test('is revoked one by one', () => {
    given(access, ...both)
      .when(revoke('g2'), asked)
      .happens(revoked('g2'));
  });

  test('is revoked altogether', () => {
    given(access, ...both)
      .when(revoke(), asked)
      .happens(revoked('g1'), revoked('g2'));
  });

  test('stays revoked when it is revoked again', () => {
    given(access, granted(), revoked('g1')).when(revoke('g1'), asked).nothingHappens();
    given(access, ...both, revoked('g1'))
      .when(revoke(), asked)
      .happens(revoked('g2'));
  });

  test('is all that can be revoked', () => {
    given(access, granted())
      .when(revoke('g9'), asked)
      .isRefused('no-such-grant', { as: NotFound, at: '/grant' });
    given(access).when(revoke(), asked).isRefused('nothing-granted', { as: NotFound, at: '/subject' });
  });
});
