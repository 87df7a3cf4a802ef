import { sql } from 'kysely';
import { fold } from '../domain/decider.js';
import { reminder, type ReminderNamed, type ReminderState } from '../domain/reminder.js';
import type { Database } from '../event-store/database.js';
import { readStream } from '../event-store/read.js';

/** A colleague to whom something can be handed. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** A reminder as the page behind its link needs it. */
export interface LinkedReminder {
  readonly log: string;
  readonly named: ReminderNamed;
  readonly recipient: { readonly name: string; readonly zone: string };
  /** The commitment no longer calls for it. */
  readonly isCancelled: boolean;
  /** What was done about it, as the log has it: rows follow later. */
  readonly acts: ReminderState;
}

/** What is planned next for a recipient. */
export interface NextReminder {
  readonly step: string;
  readonly commitment: string;
  /** Instant at which it is to go out, ISO 8601 in UTC. */
  readonly dueAt: string;
}

/** The reminder with this id; undefined where there is none, or its recipient has been erased. */
export async function linkedReminder(
  db: Database,
  log: string,
  id: string,
): Promise<LinkedReminder | undefined> {
  const { rows } = await sql<{
    commitment: string;
    step: string;
    due_version: number;
    contact: string;
    party: string;
    state: string;
    name: string;
    zone: string;
  }>`
    select r.commitment, r.step, r.due_version, r.contact, r.party, r.state, c.name, c.zone
      from reminder r join contact c on c.log_id = r.log_id and c.id = r.contact
     where r.log_id = ${log} and r.id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { commitment, step, due_version: dueVersion, contact: recipient, party, state, name, zone } = row;
  return {
    log,
    named: { id, commitment, step, dueVersion, recipient, party },
    recipient: { name, zone },
    isCancelled: state === 'cancelled',
    acts: fold(reminder, (await readStream(db, log, `reminder-${id}`)) as never[]),
  };
}

/**
 * Who else of the party can have this reminder: those who want mails, and not those who handed it on already, so that it does
 * not go in a circle.
 */
export async function colleaguesFor(db: Database, { log, named }: LinkedReminder): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    select c.id, c.name, c.role from contact c
     where c.log_id = ${log} and c.party = ${named.party} and c.id <> ${named.recipient} and c.unsubscribed_at is null
       and not exists (select from reminder r
                        where r.log_id = c.log_id and r.commitment = ${named.commitment} and r.step = ${named.step}
                          and r.due_version = ${named.dueVersion} and r.handed_from = c.id)
     order by c.name, c.id`.execute(db);
  return rows;
}

/** The name of a contact of the party; undefined for one that is not, or has been erased. */
export async function colleagueName(db: Database, log: string, party: string, id: string) {
  const { rows } = await sql<{ name: string }>`
    select name from contact where log_id = ${log} and party = ${party} and id = ${id}`.execute(db);
  return rows[0]?.name;
}

/** What comes next to the same recipient about the same commitment. */
export async function nextAbout(
  db: Database,
  { log, named }: LinkedReminder,
): Promise<NextReminder | undefined> {
  const { rows } = await sql<NextReminder>`
    select step, commitment, due_at as "dueAt" from reminder
     where log_id = ${log} and contact = ${named.recipient} and commitment = ${named.commitment}
       and id <> ${named.id} and state = 'planned' and due_at > now()
     order by due_at limit 1`.execute(db);
  return rows[0];
}
