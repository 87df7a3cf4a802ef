import type { Day } from './calendar.js';
import { unclaimedStatuses } from './commitment/life-cycle.js';
import type { Moment, ReminderFacts } from './reminder-facts.js';

export type ReminderKind =
  'due' | 'review' | 'silent' | 'confirm-text' | 'answer-extension' | 'attest' | 'escalation';

/** Something that a party is to do. */
export interface Turn {
  readonly kind: Exclude<ReminderKind, 'escalation'>;
  readonly party: string;
  /** The event that made it its turn: each begins a series of its own. */
  readonly since: Moment;
  /** Not asked on later days. */
  readonly until?: Day | undefined;
}

/** When a commitment is due, as reminders count it. */
export interface DueFacts {
  /** The event that fixed the window. */
  readonly fixed: Moment;
  readonly end?: Day | undefined;
}

/**
 * Whose turn it is (domain.md 7). A text that one side put forward: the other's, then its own. An extension that
 * was asked for: the sides that must answer, and the one that asked may wait. Claimed by all: those whose key is missing. Else
 * those that owe delivery and have not answered since it was due; without a day to count to it is looked at again from
 * time to time. A side that has reported nothing for long is asked to confirm or update.
 */
export function turnsOf(facts: ReminderFacts, due: DueFacts): Turn[] {
  const { status, request } = facts;
  if (status === 'proposed') return textTurns(facts);
  const answering = request
    ? facts.concerned
        .filter((party) => party !== request.party && !request.grantedBy.includes(party))
        .map((party): Turn => ({ kind: 'answer-extension', party, since: request }))
    : [];
  const claim = facts.claim;
  if (status === 'delivery-claimed' && claim) {
    const missing = facts.keyHolders.filter((party) => !facts.attested.includes(party));
    return [...answering, ...missing.map((party): Turn => ({ kind: 'attest', party, since: claim }))];
  }
  return [...answering, ...owingParties(facts).flatMap((party) => owingTurns(facts, due, party))];
}

/** Parties that have agreed to it and not yet claimed their share. */
export function owingParties({ status, responsible, claimed }: ReminderFacts): string[] {
  return unclaimedStatuses.includes(status) ? responsible.filter((party) => !claimed.includes(party)) : [];
}

function textTurns({ responsible, text }: ReminderFacts): Turn[] {
  const missing = responsible.filter(
    (party) => !text.confirmed.includes(party) && !text.objected.includes(party),
  );
  const others = missing.filter((party) => party !== text.by);
  const asked = others.length > 0 || text.objected.length > 0 ? others : missing;
  return asked.map((party): Turn => ({ kind: 'confirm-text', party, since: text }));
}

function owingTurns(facts: ReminderFacts, { fixed, end }: DueFacts, party: string): Turn[] {
  if (facts.request?.party === party) return [];
  const heard = facts.heard[party];
  const silentSince = heard && heard.on > facts.since.on ? heard : facts.since;
  const silent: Turn = { kind: 'silent', party, since: silentSince };
  if (end === undefined) return [{ kind: 'review', party, since: fixed }, silent];
  if (hasAnswered(facts, end, party)) return [silent];
  return [
    { kind: 'due', party, since: fixed },
    { ...silent, until: end },
  ];
}

/** True of a party that has said, after its time was up, what becomes of it. */
export function hasAnswered({ answered }: ReminderFacts, end: Day, party: string): boolean {
  const on = answered[party];
  return on !== undefined && on > end;
}
