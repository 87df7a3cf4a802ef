import type { Day } from '../domain/calendar.js';
import { isAlwaysThere, reachedOn } from '../domain/reminder-recipients.js';
import type { SeriesStep } from '../domain/reminder-series.js';
import { dayOf, dueAtOf, firstDayAfter, type IsQuiet, placed } from '../domain/reminder-time.js';
import type { ReminderKind } from '../domain/reminder-turn.js';
import type { Ground, PlannedContact } from './ground.js';
import { quietDaysOf } from './quiet-days.js';
import { digestId, reminderId } from './reminder-id.js';
import { type Series, seriesFor } from './series.js';
import type { Subject } from './subjects.js';

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

  constructor(private readonly ground: Ground) {
    for (const contact of ground.contacts) {
      const ofParty = this.byParty.get(contact.party) ?? [];
      this.byParty.set(contact.party, [...ofParty, contact]);
    }
  }

  /** Every reminder that follows from a commitment as it stands. */
  remindersOf(commitment: string, subject: Subject): PlannedReminder[] {
    const zones = subject.responsible.flatMap((party) => this.ground.zones[party] ?? []);
    const contactsOf = (party: string) => this.byParty.get(party) ?? [];
    return seriesFor(subject, this.ground, contactsOf).flatMap((series) =>
      this.placedFor(commitment, series, zones),
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
