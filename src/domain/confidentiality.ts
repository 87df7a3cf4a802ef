import type { Actor, Role } from './actor.js';
import type { KnownParty } from './dialogue.js';
import { Forbidden } from './refusal.js';

/** From the most to the least open (domain.md 6.7). */
export const levels = ['public', 'parties', 'own-side', 'restricted'] as const;

/** Roles of a party's own people: those that a restriction can name. */
export const partyRoles = ['desk-officer', 'focal-point', 'secretariat', 'co-chair'] as const;

/** What is withheld, and from whom. */
export type Restriction =
  /** Officials of every party of the dialogue. */
  | { readonly level: 'parties' }
  | { readonly level: 'own-side'; readonly party: string }
  /** Named roles of one party. */
  | { readonly level: 'restricted'; readonly party: string; readonly roles: readonly Role[] };

/** Who may read something. */
export type Confidentiality = { readonly level: 'public' } | Restriction;

/** How an event is marked: `public` is no tighter than what it belongs to. */
export type Marking = 'public' | Restriction;

/** True of an event that fewer may read than what it belongs to. */
export function isMarked<E extends { readonly confidentiality?: Marking | undefined }>(
  event: E,
): event is E & { readonly confidentiality: Restriction } {
  return event.confidentiality !== undefined && event.confidentiality !== 'public';
}

/** Someone who reads; undefined for whoever does not say who they are. */
export type Reader = Pick<Actor, 'role' | 'party'> | undefined;

/**
 * What a reader sees, in one word: all there is, what is public, what the parties share, or that and what one
 * party keeps to itself.
 */
export type Sight =
  | { readonly sees: 'all' }
  | { readonly sees: 'public' }
  | { readonly sees: 'parties' }
  | { readonly sees: 'own-side'; readonly party: string; readonly role: Role };

/**
 * What `reader` sees. Denied by default: beyond the public see the officials of a party, a recorder of no side what
 * the parties share (it writes down what they say), and the system, which shows it to nobody.
 */
export function sightOf(reader: Reader): Sight {
  if (reader?.role === 'system') return { sees: 'all' };
  if (!reader || reader.role === 'auditor') return { sees: 'public' };
  if (reader.party) return { sees: 'own-side', party: reader.party, role: reader.role };
  return { sees: reader.role === 'recorder' ? 'parties' : 'public' };
}

/**
 * The reader as one of this dialogue's: officials of others read it as the public does, and so do those of a party that
 * has left: what the parties share from then on is not for them.
 */
export function readerIn(parties: readonly Pick<KnownParty, 'code' | 'left'>[], reader: Reader): Reader {
  if (reader?.party === undefined) return reader;
  return parties.some(({ code, left }) => code === reader.party && left === undefined) ? reader : undefined;
}

/** True when `reader` may read what is so withheld, and may know that it exists (domain.md 6.7). */
export function maySee(reader: Reader, confidentiality: Confidentiality | 'public'): boolean {
  if (confidentiality === 'public' || confidentiality.level === 'public') return true;
  const sight = sightOf(reader);
  if (sight.sees === 'all') return true;
  if (sight.sees === 'public') return false;
  if (confidentiality.level === 'parties') return true;
  if (sight.sees !== 'own-side' || sight.party !== confidentiality.party) return false;
  return confidentiality.level === 'own-side' || confidentiality.roles.includes(sight.role);
}

/** True of two markings that say the same. */
export function isSameMarking(one: Marking, other: Marking): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Refuses an actor who would withhold something for a side that is not theirs. */
export function mustBeOwnToWithhold(actor: Actor, restriction: Restriction, field: string): void {
  if (restriction.level === 'parties' || actor.party === restriction.party) return;
  throw new Forbidden(
    'not-your-party',
    `Only ${restriction.party} can keep something to its own side; you speak for ${actor.party ?? 'no party'}.`,
    field,
  );
}
