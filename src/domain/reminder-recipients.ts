import type { Day } from './calendar.js';
import type { ReminderKind } from './reminder-turn.js';

export const contactRoles = ['focal-point', 'head-of-division', 'secretariat', 'co-chair'] as const;
export type ContactRole = (typeof contactRoles)[number];

/** What of a contact decides whether and through whom it is reached. */
export interface Reachable {
  readonly id: string;
  readonly party: string;
  readonly role: ContactRole;
  /** Away up to and including this day. */
  readonly awayUntil?: Day | undefined;
  /** Who gets instead what would come meanwhile: another contact of the party. */
  readonly standIn?: string | undefined;
  /** It wants no mails. */
  readonly unsubscribed: boolean;
}

/**
 * In which role a party's contacts are sought for each kind, and in which next where it has none: what concerns the work
 * begins below, what a party has to decide at its secretariat. Every order ends with all roles, so nobody is passed over
 * as long as the party has named anyone.
 */
const sought: Readonly<Record<Exclude<ReminderKind, 'escalation'>, readonly ContactRole[]>> = {
  due: ['focal-point', 'secretariat', 'head-of-division', 'co-chair'],
  review: ['focal-point', 'secretariat', 'head-of-division', 'co-chair'],
  silent: ['focal-point', 'secretariat', 'head-of-division', 'co-chair'],
  attest: ['secretariat', 'co-chair', 'focal-point', 'head-of-division'],
  'answer-extension': ['secretariat', 'co-chair', 'focal-point', 'head-of-division'],
  'confirm-text': ['secretariat', 'co-chair', 'focal-point', 'head-of-division'],
};

/** Escalations go up, and sideways where there is nobody above. */
const soughtAbove: Readonly<Record<Exclude<ContactRole, 'focal-point'>, readonly ContactRole[]>> = {
  'head-of-division': ['head-of-division', 'secretariat', 'co-chair', 'focal-point'],
  secretariat: ['secretariat', 'co-chair', 'head-of-division', 'focal-point'],
  'co-chair': ['co-chair', 'secretariat', 'head-of-division', 'focal-point'],
};

/** Contacts of a party that a kind of reminder is for; `named` is the one that answers for its share, where it is a contact. */
export function contactsFor<Contact extends Reachable>(
  kind: Exclude<ReminderKind, 'escalation'>,
  ofParty: readonly Contact[],
  named?: string,
): Contact[] {
  const answering = sought[kind][0] === 'focal-point' && ofParty.filter(({ id }) => id === named);
  return answering && answering.length > 0 ? answering : firstOf(sought[kind], ofParty);
}

/** Contacts of a party that an escalation to `role` is for. */
export function contactsAbove<Contact extends Reachable>(
  role: Exclude<ContactRole, 'focal-point'>,
  ofParty: readonly Contact[],
): Contact[] {
  return firstOf(soughtAbove[role], ofParty);
}

function firstOf<Contact extends Reachable>(
  roles: readonly ContactRole[],
  ofParty: readonly Contact[],
): Contact[] {
  for (const role of roles) {
    const found = ofParty.filter((contact) => contact.role === role);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Who gets on `day` what is meant for `contact`: itself; where it is away or wants no mails its stand-in (or that one's); else the
 * secretariat of the party; else itself after all. A reminder can be moved to a colleague, not silenced without
 * one (domain.md 7): then `isLast`, and it comes with the digest.
 */
export function reachedOn<Contact extends Reachable>(
  day: Day,
  contact: Contact,
  ofParty: readonly Contact[],
): { readonly contacts: readonly Contact[]; readonly isLast: boolean } {
  const tried = new Set<string>();
  for (
    let next: Contact | undefined = contact;
    next && !tried.has(next.id);
    next = standInOf(next, ofParty)
  ) {
    if (isThere(next, day)) return { contacts: [next], isLast: false };
    tried.add(next.id);
  }
  const secretariat = ofParty.filter((each) => each.role === 'secretariat' && isThere(each, day));
  if (secretariat.length > 0) return { contacts: secretariat, isLast: false };
  return { contacts: [contact], isLast: true };
}

function standInOf<Contact extends Reachable>(
  { standIn }: Contact,
  ofParty: readonly Contact[],
): Contact | undefined {
  return standIn === undefined ? undefined : ofParty.find(({ id }) => id === standIn);
}

/** True of a contact that is to be reminded itself on every day. */
export function isAlwaysThere({ awayUntil, unsubscribed }: Reachable): boolean {
  return !unsubscribed && awayUntil === undefined;
}

function isThere({ awayUntil, unsubscribed }: Reachable, day: Day): boolean {
  return !unsubscribed && (awayUntil === undefined || day > awayUntil);
}
