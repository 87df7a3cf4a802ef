import type { Day } from '../domain/calendar.js';
import { monthsOf } from '../domain/due.js';
import { escalationSteps } from '../domain/reminder-escalation.js';
import { contactsAbove, contactsFor } from '../domain/reminder-recipients.js';
import { dueSeries, recurringSeries, type SeriesStep, turnSeries } from '../domain/reminder-series.js';
import { hasAnswered, owingParties, type ReminderKind, type Turn } from '../domain/reminder-turn.js';
import type { Ground, PlannedContact } from './ground.js';
import type { Subject } from './subjects.js';

/** Steps of one series for some contacts of one party. */
export interface Series {
  readonly kind: ReminderKind;
  readonly version: number;
  readonly steps: readonly SeriesStep[];
  readonly contacts: readonly PlannedContact[];
  readonly ofParty: readonly PlannedContact[];
  /** What is said after the end is said when its last day has ended for all who are responsible. */
  readonly end?: Day | undefined;
}

/** Contacts of a party. */
export type ContactsOf = (party: string) => readonly PlannedContact[];

/** Every series that a commitment calls for as it stands: one for each party whose turn it is, and those that go to people above. */
export function seriesFor(subject: Subject, ground: Ground, contactsOf: ContactsOf): Series[] {
  return [
    ...subject.turns.map((turn) => turnsSeries(turn, subject, ground, contactsOf)),
    ...escalations(subject, ground, contactsOf),
  ];
}

function turnsSeries(turn: Turn, subject: Subject, ground: Ground, contactsOf: ContactsOf): Series {
  const { due_end, facts } = subject;
  const { kind, party, since, until } = turn;
  const ofParty = contactsOf(party);
  const contacts = contactsFor(kind, ofParty, facts.focalPoints[party]);
  const steps = stepsOf(turn, subject, ground);
  return {
    kind,
    version: since.version,
    steps: until === undefined ? steps : steps.filter(({ day }) => day <= until),
    contacts,
    ofParty,
    ...(kind === 'due' && due_end && { end: due_end }),
  };
}

function stepsOf(
  { kind, since: { on } }: Turn,
  { due_end: end, precision, every }: Subject,
  { policy, horizon }: Ground,
): SeriesStep[] {
  switch (kind) {
    case 'due':
      return end === null ? [] : dueSeries({ end, precision }, policy, horizon);
    case 'review':
      // What recurs is looked at once per occurrence, counted from when that was fixed (domain.md 7).
      return recurringSeries(
        kind,
        on,
        every ? { months: monthsOf[every] } : { days: policy.reviewEveryDays },
        horizon,
      );
    case 'silent':
      return recurringSeries(kind, on, { days: policy.silentAfterDays }, horizon);
    case 'attest':
    case 'answer-extension':
    case 'confirm-text':
      return turnSeries(kind, on, policy, horizon);
  }
}

function escalations(
  { due_end: end, due_version: version, facts }: Subject,
  { policy, rounds }: Ground,
  contactsOf: ContactsOf,
): Series[] {
  if (end === null) return [];
  const silent = owingParties(facts).filter(
    (party) => facts.request?.party !== party && !hasAnswered(facts, end, party),
  );
  if (silent.length === 0) return [];
  const nextRound = rounds.find((day) => day > end);
  return escalationSteps(end, policy.escalation, nextRound).flatMap((step) =>
    (step.of === 'owing' ? silent : facts.concerned).map((party): Series => {
      const ofParty = contactsOf(party);
      const contacts = contactsAbove(step.to, ofParty);
      return { kind: 'escalation', version, steps: [step], contacts, ofParty, end };
    }),
  );
}
