import { sql, type Transaction } from 'kysely';
import { NotFound } from '../domain/refusal.js';
import type { Database, LogDatabase } from '../event-store/database.js';
import { replan, reminderPlanning } from './planning.js';

/** Someone who is reminded. Personal data: it lives here and nowhere in the log. */
export interface Contact {
  readonly id: string;
  readonly party: string;
  readonly name: string;
  readonly address: string;
  /** IANA zone in which the person's days and hours are counted. */
  readonly zone: string;
  /** Local hour, 0 to 23, at which reminders are sent. */
  readonly hour: number;
}

/** Whom to remind, per dialogue and party. Every change re-plans what is planned. */
export class Directory {
  constructor(private readonly db: Database) {}

  async list(log: string, party: string): Promise<Contact[]> {
    const { rows } = await sql<Contact>`
      select id, party, name, address, zone, hour from contact
       where log_id = ${log} and party = ${party} order by id`.execute(this.db);
    return rows;
  }

  async put(log: string, contact: Contact): Promise<void> {
    const { id, party, name, address, zone, hour } = contact;
    await this.change(log, async (tx) => {
      const { numAffectedRows } = await sql`
        insert into contact (log_id, id, party, name, address, zone, hour)
        values (${log}, ${id}, ${party}, ${name}, ${address}, ${zone}, ${hour})
        on conflict (log_id, id) do update
           set name = excluded.name, address = excluded.address, zone = excluded.zone, hour = excluded.hour
         where contact.party = excluded.party`.execute(tx);
      if (!numAffectedRows) throw noSuchContact(id);
    });
  }

  /** Erases the contact; nothing of it stays but the reference in events. Throws {@link NotFound}. */
  async erase(log: string, id: string, party: string): Promise<void> {
    await this.change(log, async (tx) => {
      const { numAffectedRows } = await sql`
        delete from contact where log_id = ${log} and id = ${id} and party = ${party}`.execute(tx);
      if (!numAffectedRows) throw noSuchContact(id);
    });
  }

  private async change(log: string, work: (tx: Transaction<LogDatabase>) => Promise<void>): Promise<void> {
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

function noSuchContact(id: string): NotFound {
  return new NotFound('no-such-contact', `There is no contact ${id} of your party.`);
}
