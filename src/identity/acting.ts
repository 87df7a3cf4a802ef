import { actorOf } from '../domain/access.js';
import type { Actor, Role } from '../domain/actor.js';
import { Forbidden } from '../domain/refusal.js';
import type { GrantAnswer } from '../read-models/grant-answers.js';
import type { Bearer } from './bearers.js';
import { mayDo, type Permission } from './permissions.js';

/** Where several grants would do, the one of the role that may do and read the most speaks (domain.md 6.9). */
const widestFirst: readonly Role[] = [
  'secretariat',
  'co-chair',
  'desk-officer',
  'focal-point',
  'recorder',
  'auditor',
];

/** As whom someone reads in a dialogue, or across all of them; undefined for someone to whom nothing is granted there. */
export function readerIn({ subject, grants }: Bearer, dialogue: string | undefined): Actor | undefined {
  const [widest] = grantsFor(grants, dialogue);
  return widest && actorOf(subject, widest);
}

/**
 * As whom someone may do this in a dialogue, or beside all of them. Throws {@link Forbidden}: `nothing-granted`,
 * `other-dialogue`, `not-permitted`.
 */
export function permittedIn(
  { subject, grants }: Bearer,
  dialogue: string | undefined,
  permission: Permission | undefined,
): Actor {
  if (grants.length === 0) {
    throw new Forbidden(
      'nothing-granted',
      `Nothing is granted to you. You are known here as ${subject}: tell it to those who run this record.`,
    );
  }
  const actors = grantsFor(grants, dialogue).map((grant) => actorOf(subject, grant));
  if (actors.length === 0) {
    const known = [...new Set(grants.map((grant) => grant.dialogue))].join(', ');
    throw new Forbidden('other-dialogue', `What is granted to you is good for this only: ${known}.`);
  }
  const permitted = actors.find((actor) => permission !== undefined && mayDo(actor, permission));
  if (permitted) return permitted;
  const as = [...new Set(actors.map(({ role }) => role))].join(', ');
  throw new Forbidden('not-permitted', `The role ${as} may not do this.`);
}

/** Grants that are good in the dialogue; without one, those that are good everywhere. The widest come first. */
function grantsFor(grants: readonly GrantAnswer[], dialogue: string | undefined): GrantAnswer[] {
  return grants
    .filter((grant) => grant.dialogue === undefined || grant.dialogue === dialogue)
    .toSorted(
      (one, other) =>
        widestFirst.indexOf(one.role) - widestFirst.indexOf(other.role) ||
        Number(Boolean(one.organisation)) - Number(Boolean(other.organisation)),
    );
}
