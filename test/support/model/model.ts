import type { Due } from './due-dates.js';
import type { Level, Party, Person } from './people.js';

export type Status =
  | 'proposed'
  | 'agreed'
  | 'in-progress'
  | 'paused'
  | 'delivery-claimed'
  | 'verified'
  | 'withdrawn'
  | 'superseded'
  | 'lapsed';

/** Groups of states in the table of domain.md 6.4. */
export const unclaimed: readonly Status[] = ['agreed', 'in-progress', 'paused'];
export const open: readonly Status[] = [...unclaimed, 'delivery-claimed'];
export const living: readonly Status[] = ['proposed', ...open];
export const closed: readonly Status[] = ['verified', 'withdrawn', 'superseded', 'lapsed'];
export const agreedOnce: readonly Status[] = [...open, ...closed];
export const any: readonly Status[] = [...living, ...closed];

export interface Words {
  readonly text: { readonly en: string };
  readonly titles: { readonly en: string };
  readonly criteria: readonly { readonly id: string; readonly text: { readonly en: string } }[];
  readonly type: string;
  readonly strength: string;
}

/** Whose commitment it is. */
export interface Shape {
  readonly nature: 'joint' | 'unilateral';
  readonly responsible: readonly Party[];
  readonly towards?: Party;
}

interface Key {
  readonly party: Party;
  fresh: boolean;
}

export interface Evidence {
  readonly id: string;
  readonly party: Party;
  readonly digest: string;
  readonly level: Level;
}

/** One commitment as a reader of domain.md 6.4 to 6.7 would keep it on a sheet of paper. */
export interface Model {
  readonly id: string;
  readonly shape: Shape;
  status: Status;
  agreedBy?: 'joint-document' | 'confirmed-by-every-party';
  words: Words;
  amendments: { readonly from: string; changes: Partial<Words> }[];
  /** The person who put the words on record. */
  textBy: string;
  textKeys: Key[];
  objections: Party[];
  /** Parties that have put it forward, confirmed it or objected to it. */
  voices: Party[];
  translations: Record<string, { outdated: boolean }>;
  focusAreas: readonly string[];
  leads: Partial<Record<Party, string>>;
  focalPoints: Partial<Record<Party, string>>;
  due: Due;
  /** As first agreed, whether or not it could be counted to. */
  firstDue?: Due;
  baseline?: Due;
  /** How it came to each date since the text was agreed. */
  dueChanges: string[];
  request?: { readonly party: Party; readonly due: Due; readonly grantedBy: Party[] } | undefined;
  reports: Partial<Record<Party, { readonly health: string; readonly on: string }>>;
  evidence: Evidence[];
  claims: { readonly party: Party; readonly by: string; readonly evidence: readonly string[] }[];
  deliveryKeys: Key[];
  judged: { readonly party: Party; readonly criterion: string; readonly is: string }[];
  disputes: { readonly id: string; readonly party: Party; settled: boolean }[];
  withdrawalAskedBy: Party[];
  /** What waits for the word of another side. */
  proposals: { readonly decision: string; readonly terms: string; readonly by: Party[] }[];
  successors: readonly string[];
  assessments: Record<string, string>;
  level: Level;
  ground?: string | undefined;
  embargo?: string | undefined;
  wishes: { readonly party: Party; readonly from?: string | undefined }[];
  events: { readonly type: string; readonly level: Level }[];
  /** Digests that the service has shown, by what they stand for. */
  readonly shown: { readonly text: Map<string, string>; readonly claim: Map<string, string> };
}

/** Sides whose word a joint decision takes. */
export function sidesOf({ shape: { responsible, towards } }: Model): readonly Party[] {
  return towards ? [...responsible, towards] : responsible;
}

/** Parties whose keys verify it (domain.md 6.6). */
export function keyHolders({ shape: { responsible, towards } }: Model): readonly Party[] {
  return towards ? [towards] : responsible;
}

export function fresh(keys: readonly Key[]): Party[] {
  return [...new Set(keys.filter((key) => key.fresh).map(({ party }) => party))];
}

export function stale(keys: readonly Key[]): Party[] {
  return [...new Set(keys.map(({ party }) => party))].filter((party) => !fresh(keys).includes(party));
}

export function makeStale(keys: Key[]): void {
  for (const key of keys) key.fresh = false;
}

/** Parties that stand by the words of now. */
export function textConfirmedBy({ textKeys, objections }: Model): Party[] {
  return fresh(textKeys).filter((party) => !objections.includes(party));
}

/** The words as last decided; with a day, those that hold on it. */
export function wordsOf({ words, amendments }: Model, day = '9999-12-31'): Words {
  return amendments
    .filter(({ from }) => from <= day)
    .reduce((before, { changes }) => ({ ...before, ...changes }), words);
}

/** True of evidence that is shown to those who hold keys. */
export function isShown({ level }: Evidence): boolean {
  return level.level === 'public' || level.level === 'parties';
}

/** What a key to the text refers to. */
export function textShown(model: Model): string {
  const { text, criteria } = wordsOf(model);
  return JSON.stringify([text, criteria, (model.firstDue ?? model.due).terms]);
}

/** What a key to the delivery refers to; undefined while nothing is claimed. */
export function claimShown({ claims, evidence }: Model): string | undefined {
  if (claims.length === 0) return undefined;
  const of = (party: Party) =>
    evidence
      .filter((each) => each.party === party && isShown(each))
      .map(({ id, digest }) => `${id} ${digest}`);
  return JSON.stringify(claims.map((claim) => [claim, of(claim.party)]));
}

/** True when `person` answers for the share of `party`: an organisation does so for what it leads. */
export function answersFor({ leads }: Model, { organisation }: Person, party: Party): boolean {
  return organisation === undefined || leads[party] === organisation;
}
