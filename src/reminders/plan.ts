import type { Day } from '../domain/calendar.js';
import { monthsOf } from '../domain/due.js';
import { escalationSteps } from '../domain/reminder-escalation.js';
import { defaultPolicy, type ReminderPolicy } from '../domain/reminder-policy.js';
import {
  contactsAbove,
  contactsFor,
  isAlwaysThere,
  type Reachable,
  reachedOn,
} from '../domain/reminder-recipients.js';
import {
  dueSeries,
  type Horizon,
  recurringSeries,
  type SeriesStep,
  turnSeries,
} from '../domain/reminder-series.js';
import { dayOf, dueAtOf, firstDayAfter, type IsQuiet, placed } from '../domain/reminder-time.js';
import { hasAnswered, owingParties, type ReminderKind, type Turn } from '../domain/reminder-turn.js';
import { quietDaysOf } from './quiet-days.js';
import { digestId, reminderId } from './reminder-id.js';
import type { DialogueRow, Subject } from './subjects.js';

/** A contact as planning sees it. */
export interface PlannedContact extends Reachable {
  readonly zone: string;
  readonly hour: number;
  readonly country?: string | undefined;
  readonly digest: boolean;
}

/** What plans of all commitments of a dialogue rest on. */
export interface Ground {
  readonly log: string;
  readonly dialogue: DialogueRow;
  readonly contacts: readonly PlannedContact[];
  /** First days of the rounds that are to come. */
  readonly rounds: readonly Day[];
  readonly horizon: Horizon;
}

/** A row of `reminder` as it is planned. */
export interface PlannedReminder {
  readonly id: string;
  readonly commitment: string;
  /** Version of the commitment's stream that began the series. */
  readonly due_version: number;
  readonly kind: ReminderKind;
  readonly step: string;
  readonly strength: number;
  readonly contact: string;
  readonly party: string;
  readonly local_day: Day;
  readonly local_hour: number;
  readonly zone: string;
  readonly due_at: string;
  readonly mail_id: string;
}

/** Steps of one series for some contacts of one party. */
interface Series {
  readonly kind: ReminderKind;
  readonly version: number;
  readonly steps: readonly SeriesStep[];
  readonly contacts: readonly PlannedContact[];
  readonly ofParty: readonly PlannedContact[];
  /** What is said after the end is said when its last day has ended for all who are responsible. */
  readonly end?: Day | undefined;
}

interface Share {
  readonly contact: PlannedContact;
  /** It is the last that can be reached. */
  readonly isLast: boolean;
  readonly steps: SeriesStep[];
}

/** Makes plans on one ground; what it looks up for one commitment it keeps for the next. */
export class Planner {
  private readonly quiet = new Map<string, IsQuiet>();
  private readonly byParty = new Map<string, PlannedContact[]>();
  private readonly digests = new Map<string, string>();
  private readonly policy: ReminderPolicy;

  constructor(private readonly ground: Ground) {
    this.policy = ground.dialogue.policy ?? defaultPolicy;
    for (const contact of ground.contacts) {
      const ofParty = this.byParty.get(contact.party) ?? [];
      this.byParty.set(contact.party, [...ofParty, contact]);
    }
  }

  /** Every reminder that follows from a commitment as it stands. */
  remindersOf(commitment: string, subject: Subject): PlannedReminder[] {
    const zones = subject.responsible.flatMap((party) => this.ground.dialogue.zones[party] ?? []);
    return [
      ...subject.turns.map((turn) => this.seriesOf(turn, subject)),
      ...this.escalationsOf(subject),
    ].flatMap((series) => this.placedFor(commitment, series, zones));
  }

  private seriesOf(turn: Turn, subject: Subject): Series {
    const { due_end, facts } = subject;
    const { kind, party, since, until } = turn;
    const ofParty = this.byParty.get(party) ?? [];
    const contacts = contactsFor(kind, ofParty, facts.focalPoints[party]);
    const steps = this.stepsOf(turn, subject);
    return {
      kind,
      version: since.version,
      steps: until === undefined ? steps : steps.filter(({ day }) => day <= until),
      contacts,
      ofParty,
      ...(kind === 'due' && due_end && { end: due_end }),
    };
  }

  private stepsOf({ kind, since: { on } }: Turn, { due_end: end, precision, every }: Subject): SeriesStep[] {
    const { policy } = this;
    const { horizon } = this.ground;
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

  private escalationsOf({ due_end: end, due_version: version, facts }: Subject): Series[] {
    if (end === null) return [];
    const silent = owingParties(facts).filter(
      (party) => facts.request?.party !== party && !hasAnswered(facts, end, party),
    );
    if (silent.length === 0) return [];
    const nextRound = this.ground.rounds.find((day) => day > end);
    return escalationSteps(end, this.policy.escalation, nextRound).flatMap((step) =>
      (step.of === 'owing' ? silent : facts.concerned).map((party): Series => {
        const ofParty = this.byParty.get(party) ?? [];
        const contacts = contactsAbove(step.to, ofParty);
        return { kind: 'escalation', version, steps: [step], contacts, ofParty, end };
      }),
    );
  }

  private placedFor(commitment: string, series: Series, zones: readonly string[]): PlannedReminder[] {
    return this.sharedOut(series, zones).flatMap(({ contact, isLast, steps }) =>
      placed(steps, this.isQuiet(contact), this.notBefore(series, zones, contact)).map((step) =>
        this.reminder(commitment, series, step, contact, isLast || contact.digest),
      ),
    );
  }

  /** Who gets which steps: those whom the series is for, and on days on which they are not there their colleagues. */
  private sharedOut(series: Series, zones: readonly string[]): Share[] {
    const { contacts, ofParty, steps } = series;
    if (contacts.every(isAlwaysThere)) {
      return contacts.map((contact) => ({ contact, isLast: false, steps: [...steps] }));
    }
    const shares = new Map<string, Share>();
    for (const contact of contacts) {
      const notBefore = this.notBefore(series, zones, contact);
      for (const step of steps) {
        const reached = reachedOn(dayOf(step, this.isQuiet(contact), notBefore), contact, ofParty);
        for (const each of reached.contacts) {
          const key = `${each.id} ${reached.isLast}`;
          const share = shares.get(key) ?? { contact: each, isLast: reached.isLast, steps: [] };
          shares.set(key, share);
          if (!share.steps.includes(step)) share.steps.push(step);
        }
      }
    }
    for (const { steps: gathered } of shares.values())
      gathered.sort((one, other) => one.strength - other.strength);
    return [...shares.values()];
  }

  private notBefore({ end }: Series, zones: readonly string[], contact: PlannedContact): Day | undefined {
    return end === undefined ? undefined : firstDayAfter(end, zones, contact);
  }

  private isQuiet({ country = '' }: PlannedContact): IsQuiet {
    const known = this.quiet.get(country);
    if (known) return known;
    const isQuiet = quietDaysOf(country || undefined);
    this.quiet.set(country, isQuiet);
    return isQuiet;
  }

  private reminder(
    commitment: string,
    { kind, version }: Series,
    { name: step, day, strength }: SeriesStep,
    { id: contact, party, zone, hour }: PlannedContact,
    digest: boolean,
  ): PlannedReminder {
    const id = reminderId(this.ground.log, commitment, version, step, contact);
    const local = { local_day: day, local_hour: hour, zone };
    return {
      id,
      commitment,
      due_version: version,
      kind,
      step,
      strength,
      contact,
      party,
      ...local,
      due_at: dueAtOf(local),
      mail_id: digest ? this.digestOf(contact, day) : id,
    };
  }

  private digestOf(contact: string, day: Day): string {
    const key = `${contact} ${day}`;
    const known = this.digests.get(key) ?? digestId(this.ground.log, contact, day);
    this.digests.set(key, known);
    return known;
  }
}
