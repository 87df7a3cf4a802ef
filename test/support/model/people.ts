import type { KeyTerms } from '../../../src/identity/api-keys.js';
import type { TestApi } from '../http.js';

export type Party = 'IN' | 'JP' | 'AU';
export type Role = 'recorder' | 'desk-officer' | 'focal-point' | 'secretariat' | 'co-chair' | 'auditor';

/** Someone with a key of their own. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly party?: Party;
  /** They answer for this organisation only. */
  readonly organisation?: string;
}

/** Everyone who asks for something in the test. */
export const people: readonly Person[] = [
  { name: 'recorder', role: 'recorder' },
  { name: 'auditor', role: 'auditor' },
  { name: 'IN secretariat', role: 'secretariat', party: 'IN' },
  { name: 'JP secretariat', role: 'secretariat', party: 'JP' },
  { name: 'AU secretariat', role: 'secretariat', party: 'AU' },
  { name: 'IN co-chair', role: 'co-chair', party: 'IN' },
  { name: 'JP co-chair', role: 'co-chair', party: 'JP' },
  { name: 'IN desk', role: 'desk-officer', party: 'IN' },
  { name: 'JP desk', role: 'desk-officer', party: 'JP' },
  { name: 'JP ministry desk', role: 'desk-officer', party: 'JP', organisation: 'meti' },
  { name: 'JP focal point', role: 'focal-point', party: 'JP' },
  { name: 'AU desk', role: 'desk-officer', party: 'AU' },
];

export type Keys = Readonly<Record<string, string>>;

/** Registers the organisations that they name, and gives each person a key, by their names. */
export async function keysOfAll(api: TestApi): Promise<Keys> {
  const keys: Record<string, string> = {};
  const recorder = await api.key({ role: 'recorder' });
  for (const code of ['meti', 'jogmec']) {
    const body = { code, names: { en: code }, kind: 'ministry' };
    const { status } = await api.ask('POST', '/v1/organisations', { key: recorder, body });
    if (status !== 201) throw new Error(`${code} was not registered: ${status}.`);
  }
  for (const { name, ...terms } of people) keys[name] = await api.key(terms satisfies KeyTerms);
  return keys;
}

/** The columns of the table in domain.md 6.9, and the recorder who writes down what sources say. */
export const may = {
  record: ['recorder', 'secretariat'],
  propose: ['recorder', 'secretariat', 'desk-officer'],
  confirm: ['secretariat', 'co-chair'],
  report: ['secretariat', 'desk-officer', 'focal-point'],
  decide: ['secretariat', 'co-chair'],
  settle: ['recorder', 'secretariat', 'co-chair'],
  classify: ['secretariat'],
  assess: ['auditor'],
} as const satisfies Record<string, readonly Role[]>;

/** Who may read something (domain.md 6.7). */
export type Level =
  | { readonly level: 'public' }
  | { readonly level: 'parties' }
  | { readonly level: 'own-side'; readonly party: Party }
  | { readonly level: 'restricted'; readonly party: Party; readonly roles: readonly Role[] };

/** True when `reader` (nobody in particular when undefined) may read what is of this level. */
export function maySee(reader: Person | undefined, level: Level): boolean {
  if (level.level === 'public') return true;
  if (!reader) return false;
  if (level.level === 'parties') return reader.party !== undefined || reader.role === 'recorder';
  if (reader.party !== level.party) return false;
  return level.level === 'own-side' || level.roles.includes(reader.role);
}
