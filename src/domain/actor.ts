import { Forbidden } from './refusal.js';

/** Roles of domain.md 6.9, plus the neutral `recorder` who transcribes what sources say. */
export const roles = [
  'recorder',
  'desk-officer',
  'focal-point',
  'secretariat',
  'co-chair',
  'auditor',
  'system',
] as const;
export type Role = (typeof roles)[number];

/**
 * Who states something. `id` is a reference (a key, a post), never a name or an address:
 * events outlive the right to hold personal data.
 */
export interface Actor {
  readonly id: string;
  readonly role: Role;
  /** Code of the party that the actor belongs to; a recorder and the system belong to none. */
  readonly party?: string | undefined;
  /** Code of the organisation that the actor answers for, where the grant names one: its undertakings only. */
  readonly organisation?: string | undefined;
}

/** Refuses an actor who does not speak for `party`. Only a party's own people state its reports, claims and keys. */
export function mustSpeakFor(actor: Actor, party: string): void {
  if (actor.party !== party) {
    throw new Forbidden(
      'not-your-party',
      `Only ${party} can state this for itself; you speak for ${actor.party ?? 'no party'}.`,
    );
  }
}
