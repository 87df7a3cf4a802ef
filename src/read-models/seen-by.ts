import { sql } from 'kysely';
import type { Role } from '../domain/actor.js';
import type { CommitmentEvent } from '../domain/commitment/events.js';
import { secrecyAfter } from '../domain/commitment/secrecy.js';
import { type Confidentiality, type Reader, sightOf } from '../domain/confidentiality.js';

/** Who may know of a commitment, as columns of `commitment_standing`. */
export interface SeenBy {
  readonly level: Confidentiality['level'];
  readonly side: string | null;
  readonly roles: readonly Role[] | null;
  readonly embargo_until: string | null;
}

/** What an event says about who may know of its commitment, where it says anything about that. */
export function seenAfter(event: Pick<CommitmentEvent, 'type' | 'data'>): SeenBy {
  const { confidentiality, until } = secrecyAfter(undefined, event)!;
  return {
    level: confidentiality.level,
    side: 'party' in confidentiality ? confidentiality.party : null,
    roles: 'roles' in confidentiality ? confidentiality.roles : null,
    embargo_until: until ?? null,
  };
}

/** Someone who asks, and when: an embargo ends by the clock. */
export interface Asking {
  /** ISO 8601. */
  readonly now: string;
  /** As one of the dialogue's. */
  readonly reader: Reader;
}

/** The condition on rows `s` of `commitment_standing` that `maySee` of the domain is in SQL; a test holds them together. */
export function isSeenBy({ reader, now }: Asking) {
  const sight = sightOf(reader);
  if (sight.sees === 'all') return sql`true`;
  // Never null, so that it can be negated: most rows have no embargo and no roles.
  const isPublic = sql`(s.level = 'public' or coalesce(s.embargo_until <= ${now}::timestamptz, false))`;
  if (sight.sees === 'public') return isPublic;
  const isShared = sql`(${isPublic} or s.level = 'parties')`;
  if (sight.sees === 'parties') return isShared;
  const { party, role } = sight;
  return sql`(${isShared} or coalesce(s.side = ${party}, false)
    and (s.level = 'own-side' or coalesce(${role} = any(s.roles), false)))`;
}

/** The part of an entity tag that is another for each reader who sees something else, and after each embargo. */
export function sightKey({ reader, embargoesEnded }: { reader: Reader; embargoesEnded: number }): string {
  const sight = sightOf(reader);
  const who = sight.sees === 'own-side' ? `${sight.party}-${sight.role}` : sight.sees;
  const parts = [...(who === 'public' ? [] : [who]), ...(embargoesEnded > 0 ? [`e${embargoesEnded}`] : [])];
  return parts.map((part) => `-${part}`).join('');
}
