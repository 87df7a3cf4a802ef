import { sql } from 'kysely';
import type { Database, LogDatabase } from '../event-store/database.js';
import type { Transaction } from 'kysely';
import { reminderPlanning, replan } from './planning.js';

/** How a person wants to be reminded. */
export interface Preferences {
  readonly zone: string;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  /** One mail a day, or one for each reminder. */
  readonly digest: boolean;
  readonly language: 'en' | 'ja' | 'hi';
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
  readonly colleagues: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly awayUntil: string | null;
    readonly unsubscribed: boolean;
  }[];
}

/** The preferences of a contact; undefined for one that was erased. */
export async function preferencesOf(
  db: Database,
  log: string,
  id: string,
): Promise<PreferencesShown | undefined> {
  const { rows } = await sql<PreferencesShown>`
    select c.log_id as log, c.id, c.name, c.party, c.zone, c.hour, c.digest, c.language, c.country,
           c.away_until::text as "awayUntil", c.stand_in as "standIn", c.unsubscribed_at as "unsubscribedAt",
           (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'role', o.role,
                   'awayUntil', o.away_until, 'unsubscribed', o.unsubscribed_at is not null) order by o.name, o.id), '[]')
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
  await replanned(db, log, async (tx) => {
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
  await replanned(db, log, async (tx) => {
    await sql`
      update contact set unsubscribed_at = coalesce(unsubscribed_at, now())
       where log_id = ${log} and id = ${id}`.execute(tx);
  });
}

/**
 * Who gets instead what is meant for someone who wants no mails: a stand-in, else the secretariat; nobody where there is
 * neither, and then they go on getting one mail a day (domain.md 7). `today` is a day in the person's calendar.
 */
export function coverOf({ standIn, colleagues }: PreferencesShown, today: string) {
  const reached = colleagues.filter(
    ({ unsubscribed, awayUntil }) => !unsubscribed && (awayUntil === null || awayUntil < today),
  );
  const chosen = reached.filter(({ id }) => id === standIn);
  return chosen.length > 0 ? chosen : reached.filter(({ role }) => role === 'secretariat');
}

async function replanned(
  db: Database,
  log: string,
  change: (tx: Transaction<LogDatabase>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The planner works under this lock: neither can miss what the other is just writing.
    await sql`
      insert into checkpoint (subscription, log_id) values (${reminderPlanning.name}, ${log})
      on conflict do nothing`.execute(tx);
    await sql`
      select from checkpoint where subscription = ${reminderPlanning.name} and log_id = ${log} for update`.execute(
      tx,
    );
    await change(tx);
    await replan(tx, log);
  });
}
