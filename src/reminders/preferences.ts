import { sql } from 'kysely';
import { type ContactRole, type Reachable, reachedOn } from '../domain/reminder-recipients.js';
import type { Database } from '../event-store/database.js';
import type { MailLanguage } from '../mail/reminder-content.js';
import { Directory } from './directory.js';

/** How a person wants to be reminded. */
export interface Preferences {
  readonly zone: string;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  /** One mail a day, or one for each reminder. */
  readonly digest: boolean;
  readonly language: MailLanguage;
  /** ISO 3166-1 alpha-2: whose public holidays are quiet days; null for weekends only. */
  readonly country: string | null;
  /** Away up to and including this day. */
  readonly awayUntil: string | null;
  /** Id of the contact of the same party that gets what comes meanwhile. */
  readonly standIn: string | null;
}

/** A person with their preferences, and those of their party who could stand in. */
export interface PreferencesShown extends Preferences {
  readonly log: string;
  readonly id: string;
  readonly name: string;
  readonly party: string;
  /** When they asked for no more mails, ISO 8601. */
  readonly unsubscribedAt: string | null;
  readonly role: ContactRole;
  readonly colleagues: readonly Colleague[];
}

interface Colleague extends Reachable {
  readonly name: string;
}

/** The preferences of a contact; undefined for one that was erased. */
export async function preferencesOf(
  db: Database,
  log: string,
  id: string,
): Promise<PreferencesShown | undefined> {
  const { rows } = await sql<PreferencesShown>`
    select c.log_id as log, c.id, c.name, c.party, c.role, c.zone, c.hour, c.digest, c.language, c.country,
           c.away_until::text as "awayUntil", c.stand_in as "standIn", c.unsubscribed_at as "unsubscribedAt",
           (select coalesce(json_agg(json_strip_nulls(json_build_object(
                     'id', o.id, 'name', o.name, 'party', o.party, 'role', o.role, 'awayUntil', o.away_until,
                     'standIn', o.stand_in, 'unsubscribed', o.unsubscribed_at is not null)) order by o.name, o.id), '[]')
              from contact o where o.log_id = c.log_id and o.party = c.party and o.id <> c.id) as colleagues
      from contact c where c.log_id = ${log} and c.id = ${id}`.execute(db);
  return rows[0];
}

/** Keeps what a person wants; what is planned for them moves accordingly. `resume` takes mails up again. */
export async function savePreferences(
  db: Database,
  log: string,
  id: string,
  chosen: Preferences & { readonly resume: boolean },
): Promise<void> {
  const { zone, hour, digest, language, country, awayUntil, standIn, resume } = chosen;
  await new Directory(db).change(log, async (tx) => {
    await sql`
      update contact
         set zone = ${zone}, hour = ${hour}, digest = ${digest}, language = ${language}, country = ${country},
             away_until = ${awayUntil}, stand_in = ${standIn},
             unsubscribed_at = case when ${resume} then null else unsubscribed_at end
       where log_id = ${log} and id = ${id}`.execute(tx);
  });
}

/** Takes note that a person wants no more mails; once. */
export async function unsubscribe(db: Database, log: string, id: string): Promise<void> {
  await new Directory(db).change(log, async (tx) => {
    await sql`
      update contact set unsubscribed_at = coalesce(unsubscribed_at, now())
       where log_id = ${log} and id = ${id}`.execute(tx);
  });
}

/**
 * Who gets instead what is meant for someone who wants no mails; nobody where there is no one else, and then they go on
 * getting one mail a day (domain.md 7). `today` is a day in the person's calendar.
 */
export function coverOf(person: PreferencesShown, today: string): readonly Colleague[] {
  const { id, name, party, role, standIn, colleagues } = person;
  const leaving: Colleague = { id, name, party, role, standIn: standIn ?? undefined, unsubscribed: true };
  const { contacts, isLast } = reachedOn(today, leaving, colleagues);
  return isLast ? [] : contacts;
}
