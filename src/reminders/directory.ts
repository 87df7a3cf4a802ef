import { sql, type Transaction } from 'kysely';
import { type Day, windowOf } from '../domain/calendar.js';
import { Malformed, NotFound } from '../domain/refusal.js';
import type { ContactRole } from '../domain/reminder-recipients.js';
import type { Database, LogDatabase } from '../event-store/database.js';
import type { MailLanguage } from '../mail/reminder-content.js';
import { forgetErased } from './due-mails.js';
import { replan, reminderPlanning } from './planning.js';
import { isKnownCountry } from './quiet-days.js';

export { mailLanguages } from '../mail/reminder-content.js';

type Tx = Transaction<LogDatabase>;

/** Who is reminded and where. Personal data: it lives here and nowhere in the log. */
export interface NamedContact {
  readonly id: string;
  readonly party: string;
  readonly name: string;
  readonly address: string;
  /** IANA zone in which the person's days and hours are counted. */
  readonly zone: string;
  /** Local hour, 0 to 23, at which reminders are sent. */
  readonly hour: number;
  /** A focal point when absent. */
  readonly role?: ContactRole | undefined;
  /** English when absent. */
  readonly language?: MailLanguage | undefined;
  /** ISO 3166-1 alpha-2: where its public holidays are. */
  readonly country?: string | undefined;
  /** One mail a day, which holds when absent, or one for each reminder. */
  readonly digest?: boolean | undefined;
  /** Away up to and including this day; its stand-in is reminded meanwhile. */
  readonly awayUntil?: Day | undefined;
  /** Id of another contact of the party. */
  readonly standIn?: string | undefined;
}

export interface Contact extends NamedContact {
  /** When it asked for no more mails: what it must hear goes to a colleague from then on. */
  readonly unsubscribedAt?: string | undefined;
}

/** Whom to remind, per dialogue and party. Every change re-plans what is planned. */
export class Directory {
  constructor(private readonly db: Database) {}

  async list(log: string, party: string): Promise<Contact[]> {
    const { rows } = await sql<{ contact: Contact }>`
      select json_strip_nulls(json_build_object(
               'id', id, 'party', party, 'name', name, 'address', address, 'zone', zone, 'hour', hour, 'role', role,
               'language', language, 'country', country, 'digest', digest, 'awayUntil', away_until,
               'standIn', stand_in, 'unsubscribedAt', unsubscribed_at)) as contact
        from contact where log_id = ${log} and party = ${party} order by id`.execute(this.db);
    return rows.map(({ contact }) => contact);
  }

  /**
   * Names a contact, or puts what is said in place of what was known of it. Throws {@link Malformed} for a country, a day or a
   * stand-in that cannot be, {@link NotFound} for an id that is another party's, or a stand-in who is no contact of this one.
   */
  async put(log: string, contact: NamedContact): Promise<void> {
    mustBePossible(contact);
    const { id, party, name, address, zone, hour, role = 'focal-point', language = 'en' } = contact;
    const { country = null, digest = true, awayUntil = null, standIn = null } = contact;
    await this.change(log, async (tx) => {
      if (standIn !== null) await mustBeOfParty(tx, log, party, standIn);
      const { numAffectedRows } = await sql`
        insert into contact (log_id, id, party, name, address, zone, hour, role, language, country, digest,
                             away_until, stand_in)
        values (${log}, ${id}, ${party}, ${name}, ${address}, ${zone}, ${hour}, ${role}, ${language}, ${country},
                ${digest}, ${awayUntil}, ${standIn})
        on conflict (log_id, id) do update
           set name = excluded.name, address = excluded.address, zone = excluded.zone, hour = excluded.hour,
               role = excluded.role, language = excluded.language, country = excluded.country,
               digest = excluded.digest, away_until = excluded.away_until, stand_in = excluded.stand_in
         where contact.party = excluded.party`.execute(tx);
      if (!numAffectedRows) throw noSuchContact(id);
    });
  }

  /**
   * Erases the contact; nothing of it stays but the reference in events, and for up to an hour what is said of a mail that
   * is in hand meanwhile. Throws {@link NotFound}.
   */
  async erase(log: string, id: string, party: string): Promise<void> {
    await this.change(log, async (tx) => {
      const { numAffectedRows } = await sql`
        delete from contact where log_id = ${log} and id = ${id} and party = ${party}`.execute(tx);
      if (!numAffectedRows) throw noSuchContact(id);
      await sql`update contact set stand_in = null where log_id = ${log} and stand_in = ${id}`.execute(tx);
      await forgetErased(tx);
    });
  }

  /** Lets `work` change contacts of a log, and plans anew by what it leaves. */
  async change(log: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      // The planner works under this lock: neither can miss what the other is just writing.
      await sql`
        insert into checkpoint (subscription, log_id) values (${reminderPlanning.name}, ${log})
        on conflict do nothing`.execute(tx);
      await sql`
        select from checkpoint where subscription = ${reminderPlanning.name} and log_id = ${log} for update`.execute(
        tx,
      );
      await work(tx);
      await replan(tx, log);
    });
  }
}

function mustBePossible({ id, country, awayUntil, standIn }: NamedContact): void {
  if (country !== undefined && !isKnownCountry(country)) {
    throw new Malformed(
      'unknown-country',
      `${country} is no country whose holidays are known; leave it out, or give its two letters (ISO 3166-1), such as JP.`,
      '/country',
    );
  }
  if (awayUntil !== undefined) windowOf(awayUntil, '/awayUntil');
  if (awayUntil !== undefined && standIn === undefined) {
    throw new Malformed('stand-in-missing', 'Say who stands in until then.', '/standIn');
  }
  if (standIn === id) {
    throw new Malformed('own-stand-in', 'Nobody stands in for themselves.', '/standIn');
  }
}

async function mustBeOfParty(tx: Tx, log: string, party: string, standIn: string): Promise<void> {
  const { rows } = await sql`
    select from contact where log_id = ${log} and id = ${standIn} and party = ${party}`.execute(tx);
  if (rows.length > 0) return;
  throw new NotFound('no-such-stand-in', `There is no contact ${standIn} of your party.`, '/standIn');
}

function noSuchContact(id: string): NotFound {
  return new NotFound('no-such-contact', `There is no contact ${id} of your party.`);
}
