import { sql, type Transaction } from 'kysely';
import { planReminders } from '../domain/reminder-policy.js';
import type { LogDatabase } from '../event-store/database.js';
import type { Subscriber } from '../event-store/subscription.js';
import { followActs } from './reminder-acts.js';
import { reminderId } from './reminder-id.js';
import { reminderSubjects } from './subjects.js';

type Tx = Transaction<LogDatabase>;

/** A commitment that can fall due and someone of a party that still owes it. */
interface Expectation {
  readonly commitment: string;
  readonly due_version: number;
  readonly due_end: string;
  readonly precision: string;
  /** Of the responsible parties. */
  readonly zones: readonly string[];
  readonly contact: string;
  readonly party: string;
  readonly zone: string;
  readonly hour: number;
}

/**
 * Plans reminders as commitments change: a subscription of the log like any other, so that what is planned
 * follows from the record exactly once, whoever dies when.
 */
export const reminderPlanning: Subscriber = {
  name: reminderSubjects.name,
  gathers: 200,
  async handle(log, events, tx) {
    await reminderSubjects.handle(log, events, tx);
    await followActs(tx, log, events);
    // A party that comes back may have another zone than it left with.
    if (events.some(({ type }) => type === 'PartyJoined')) return replan(tx, log);
    const commitments = events
      .map((event) => event.stream)
      .filter((stream) => stream.startsWith('commitment-'));
    if (commitments.length === 0) return;
    await replan(
      tx,
      log,
      [...new Set(commitments)].map((stream) => stream.slice('commitment-'.length)),
    );
  },
};

/** Makes what is planned agree with the subjects and contacts of today; of all commitments, or of those named. */
export async function replan(tx: Tx, log: string, commitments?: readonly string[]): Promise<void> {
  const concerned = commitments ? sql`commitment = any(${commitments})` : sql`true`;
  const { rows } = await sql<Expectation>`
    select s.commitment, s.due_version, s.due_end, s.precision,
           array(select d.zones->>party from unnest(s.responsible) as party) as zones, c.id as contact, c.party, c.zone, c.hour
      from reminder_subject s
      join reminder_dialogue d on d.log_id = s.log_id
      join contact c on c.log_id = s.log_id and c.party = any(s.awaiting)
     where s.log_id = ${log} and s.due_end is not null and ${concerned}`.execute(tx);
  const planned = rows.flatMap((row) => remindersFor(log, row));
  await sql`
    update reminder set state = 'cancelled'
     where log_id = ${log} and state = 'planned' and ${concerned}
       and id <> all(${planned.map((reminder) => reminder.id)})
       and (handed_from is null or not exists (
         select from reminder_subject s join contact c on c.log_id = s.log_id and c.party = any(s.awaiting)
          where s.log_id = ${log} and s.commitment = reminder.commitment and s.due_version = reminder.due_version
            and c.id = reminder.contact))`.execute(tx);
  await sql`
    insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, state)
    select id, ${log}, commitment, due_version, step, contact, party, due_at, id, 'planned'
      from jsonb_populate_recordset(null::reminder, ${JSON.stringify(planned)})
    on conflict (id) do update set state = 'planned', due_at = excluded.due_at, party = excluded.party
     where reminder.state in ('planned', 'cancelled') and reminder.snoozed = 0 and reminder.handed_from is null`.execute(
    tx,
  );
}

function remindersFor(log: string, expectation: Expectation) {
  const { commitment, due_version, due_end: end, precision, zones, contact, party, zone, hour } = expectation;
  return planReminders({ end, precision, zones }, { zone, hour }).map(({ step, dueAt }) => ({
    id: reminderId(log, commitment, due_version, step, contact),
    commitment,
    due_version,
    step,
    contact,
    party,
    due_at: dueAt,
  }));
}
