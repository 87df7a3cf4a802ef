import type { Actor, Role } from './actor.js';
import type { Decider } from './decider.js';
import type { Fact } from './event.js';
import { Malformed, NotFound, Refusal } from './refusal.js';

/** What a role is granted on; everything but the role narrows it. */
export interface Grant {
  /** Names the grant among those of its subject. */
  readonly grant: string;
  readonly role: Role;
  /** Party that the subject speaks for. */
  readonly party?: string | undefined;
  /** The one dialogue it is good for; all of them when absent. */
  readonly dialogue?: string | undefined;
  /** Organisation whose undertakings alone the subject answers for. */
  readonly organisation?: string | undefined;
  /** The instant at which it ends by itself, ISO 8601. */
  readonly expiresAt?: string | undefined;
}

/** Roles that are granted to people and programs; `system` is the service itself and is never granted. */
export const grantedRoles = [
  'recorder',
  'desk-officer',
  'focal-point',
  'secretariat',
  'co-chair',
  'auditor',
] as const satisfies readonly Role[];

/** Whether someone of a role speaks for a party (domain.md 6.9). */
const speaksForParty: Readonly<Record<(typeof grantedRoles)[number], 'always' | 'never' | 'perhaps'>> = {
  recorder: 'perhaps',
  'desk-officer': 'always',
  'focal-point': 'always',
  secretariat: 'always',
  'co-chair': 'always',
  auditor: 'never',
};

export type AccessEvent =
  | Fact<'AccessGranted', Grant & { readonly subject: string }>
  | Fact<'AccessRevoked', { readonly subject: string; readonly grant: string }>;

export type AccessCommand =
  | { readonly type: 'GrantAccess'; readonly data: Grant & { readonly subject: string } }
  | {
      readonly type: 'RevokeAccess';
      /** `grant` absent: everything that the subject was granted. */
      readonly data: { readonly subject: string; readonly grant?: string | undefined };
    };

export interface AccessState {
  readonly grants: readonly (Grant & { readonly revoked: boolean })[];
}

/**
 * What one subject was granted. A subject is a reference (`key-…`, `oidc-…`), never a name: who stands behind it
 * is known to those who keep the key or the directory of the issuer.
 */
export const access: Decider<AccessState, AccessCommand, AccessEvent> = {
  kind: 'access',
  initial: { grants: [] },
  evolve({ grants }, { type, data }) {
    if (type === 'AccessGranted') return { grants: [...grants, { ...data, revoked: false }] };
    return { grants: grants.map((each) => (each.grant === data.grant ? { ...each, revoked: true } : each)) };
  },
  decide(state, command, { now }) {
    return command.type === 'GrantAccess'
      ? granted(state, command.data, now)
      : revoked(state, command.data.subject, command.data.grant);
  },
};

function granted({ grants }: AccessState, data: Grant & { subject: string }, now: string): AccessEvent[] {
  mustBeWhole(data);
  if (data.expiresAt !== undefined && !isAhead(data.expiresAt, now)) {
    throw new Malformed(
      'already-expired',
      `${data.expiresAt} is not an instant that lies ahead.`,
      '/expiresAt',
    );
  }
  if (grants.some(({ grant }) => grant === data.grant)) {
    throw new Refusal('grant-id-taken', `There is a grant ${data.grant} already.`, '/grant');
  }
  const other = grants
    .filter((each) => isInForce(each, now) && sharesDialogue(each, data))
    .find(({ party }) => party && data.party && party !== data.party);
  if (other) {
    throw new Refusal(
      'speaks-for-another-party',
      `This subject speaks for ${other.party} there (grant ${other.grant}); nobody speaks for two parties of one dialogue.`,
      '/party',
    );
  }
  return [{ type: 'AccessGranted', data }];
}

/** Refuses a grant whose parts do not go together, whatever else was granted. */
function mustBeWhole({ role, party, organisation }: Grant): void {
  if (!isGranted(role)) {
    throw new Malformed('role-not-granted', `The role ${role} is not granted to anyone.`, '/role');
  }
  const speaks = speaksForParty[role];
  if (speaks === 'always' && !party) {
    throw new Malformed('party-missing', `A ${role} speaks for a party: say for which.`, '/party');
  }
  if (speaks === 'never' && party) {
    throw new Malformed('party-not-of-role', `A ${role} speaks for no party.`, '/party');
  }
  if (organisation && !party) {
    throw new Malformed(
      'organisation-without-party',
      'Who answers for an organisation speaks for a party: say for which.',
      '/organisation',
    );
  }
}

function isGranted(role: Role): role is (typeof grantedRoles)[number] {
  return (grantedRoles as readonly Role[]).includes(role);
}

function revoked({ grants }: AccessState, subject: string, wanted: string | undefined): AccessEvent[] {
  const named = grants.filter(({ grant }) => wanted === undefined || grant === wanted);
  if (named.length === 0) {
    throw wanted === undefined
      ? new NotFound('nothing-granted', `Nothing was ever granted to ${subject}.`, '/subject')
      : new NotFound('no-such-grant', `There is no grant ${wanted} of ${subject}.`, '/grant');
  }
  return named
    .filter((each) => !each.revoked)
    .map(({ grant }) => ({ type: 'AccessRevoked', data: { subject, grant } }));
}

function isInForce({ revoked, expiresAt }: AccessState['grants'][number], now: string): boolean {
  return !revoked && (expiresAt === undefined || isAhead(expiresAt, now));
}

/** False, too, for what is no instant. */
function isAhead(instant: string, now: string): boolean {
  return Date.parse(instant) > Date.parse(now);
}

function sharesDialogue(one: Grant, other: Grant): boolean {
  return !one.dialogue || !other.dialogue || one.dialogue === other.dialogue;
}

/** The subject as an actor under one of its grants. Two grants of one subject are the same person. */
export function actorOf(subject: string, { role, party, organisation }: Grant): Actor {
  return { id: subject, role, ...(party && { party }), ...(organisation && { organisation }) };
}
