import { type Role, roles } from '../../src/domain/actor.js';
import {
  type Confidentiality,
  maySee,
  mustBeOwnToWithhold,
  type Reader,
  readerIn,
} from '../../src/domain/confidentiality.js';
import { Forbidden } from '../../src/domain/refusal.js';
import { indianSecretariat, parties, recorder } from './scenario.js';

const levels: Readonly<Record<string, Confidentiality | 'public'>> = {
  p: { level: 'public' },
  P: { level: 'parties' },
  i: { level: 'own-side', party: 'IN' },
  j: { level: 'own-side', party: 'JP' },
  s: { level: 'restricted', party: 'IN', roles: ['secretariat'] },
  c: { level: 'restricted', party: 'IN', roles: ['co-chair', 'secretariat'] },
  d: { level: 'restricted', party: 'IN', roles: ['desk-officer', 'focal-point', 'secretariat'] },
};

/** Which of the levels above each reader sees: role by role, of India and of no party (domain.md 6.7 and 6.9). */
const table: Readonly<Record<Role, readonly [ofIndia: string, ofNoParty: string]>> = {
  recorder: ['pPi', 'pP'],
  'desk-officer': ['pPid', 'p'],
  'focal-point': ['pPid', 'p'],
  secretariat: ['pPiscd', 'p'],
  'co-chair': ['pPic', 'p'],
  auditor: ['p', 'p'],
  system: ['pPijscd', 'pPijscd'],
};

const readers: readonly (readonly [string, Reader, string])[] = [
  ['whoever does not say who they are', undefined, 'p'],
  ...roles.flatMap((role): (readonly [string, Reader, string])[] => [
    [`a ${role} of India`, { role, party: 'IN' }, table[role][0]],
    [`a ${role} of no party`, { role }, table[role][1]],
  ]),
];

describe.each(readers)('%s', (_who, reader, sees) => {
  test.each(Object.keys(levels))(`sees of the levels (${Object.keys(levels).join('')}): %s?`, (letter) => {
    expect(maySee(reader, levels[letter]!)).toBe(sees.includes(letter));
  });

  test('sees an event that is marked as public', () => {
    expect(maySee(reader, 'public')).toBe(true);
  });
});

describe('an official of another government', () => {
  test('reads a dialogue that it has no part in as the public does', () => {
    expect(readerIn(parties, { role: 'secretariat', party: 'US' })).toBeUndefined();
    expect(maySee(readerIn(parties, { role: 'secretariat', party: 'US' }), { level: 'parties' })).toBe(false);
  });

  test('is told from those of the dialogue, and from those of no party', () => {
    expect(readerIn(parties, indianSecretariat)).toBe(indianSecretariat);
    expect(readerIn(parties, recorder)).toBe(recorder);
    expect(readerIn(parties, undefined)).toBeUndefined();
  });
});

describe('keeping something to one side', () => {
  test('is for its own people', () => {
    expect(() => mustBeOwnToWithhold(indianSecretariat, { level: 'own-side', party: 'JP' }, '/x')).toThrow(
      Forbidden,
    );
    expect(() => mustBeOwnToWithhold(recorder, { level: 'own-side', party: 'JP' }, '/x')).toThrow(Forbidden);
    expect(() =>
      mustBeOwnToWithhold(indianSecretariat, { level: 'restricted', party: 'IN', roles: ['co-chair'] }, '/x'),
    ).not.toThrow();
  });

  test('is another thing than keeping it to the parties, which anyone may who may say it', () => {
    expect(() => mustBeOwnToWithhold(recorder, { level: 'parties' }, '/x')).not.toThrow();
  });
});
