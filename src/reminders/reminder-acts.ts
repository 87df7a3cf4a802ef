import { sql, type Transaction } from 'kysely';
import { addDays, type Day, dayIn, instantAt } from '../domain/calendar.js';
import type { ReminderEvent } from '../domain/reminder.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { LogDatabase } from '../event-store/database.js';
import { reminderId } from './reminder-id.js';

type Tx = Transaction<LogDatabase>;
type Act = Extract<
  ReminderEvent,
  { type: 'ReminderAcknowledged' | 'ReminderSnoozed' | 'ReminderHandedOver' | 'ReminderFailed' }
> &
  Pick<PactaEvent, 'recordedAt'>;

/** Someone who is reminded, and when they want to be. */
interface Person {
  readonly id: string;
  readonly zone: string;
  readonly hour: number;
}

/**
 * Makes the rows of reminders agree with what their recipients did, and with what could not reach them. A part of planning: an act is an event first, and its
 * rows follow in the transaction that moves the checkpoint past it, so that neither is there without the other for long,
 * whoever dies when. Planning leaves to people what they decided: it takes back what was put off or handed over only
 * where the commitment no longer calls for it, and revives nothing that is `skipped`.
 */
export async function followActs(tx: Tx, log: string, events: readonly PactaEvent[]): Promise<void> {
  for (const event of events.filter(isAct)) {
    switch (event.type) {
      case 'ReminderAcknowledged':
        await settle(tx, log, event);
        break;
      case 'ReminderSnoozed':
        await putOff(tx, log, event.data);
        break;
      case 'ReminderHandedOver':
        await settle(tx, log, event);
        await passOn(tx, log, event);
        break;
      case 'ReminderFailed':
        await tellSecretariat(tx, log, event);
        break;
    }
  }
}

/**
 * Nothing more comes of it to this person. What perhaps arrived has: they came here by a link in it. What was put off and has
 * not come again is left out. An acknowledgement stops this step; a later one has a row of its own.
 */
async function settle(tx: Tx, log: string, { type, data, recordedAt }: Act): Promise<void> {
  const acknowledgedAt = type === 'ReminderAcknowledged' ? recordedAt : null;
  const { rows } = await sql<{ mail: string }>`
    update reminder
       set acknowledged_at = coalesce(acknowledged_at, ${acknowledgedAt}::timestamptz),
           state = case when state = 'uncertain' or (state = 'planned' and tries > 0) then 'sent'
                        when state = 'planned' then 'skipped' else state end
     where log_id = ${log} and id = ${data.id}
    returning mail_id as mail`.execute(tx);
  await forgetMessages(tx, rows);
}

/**
 * It comes again on the day that was named, as a mail of its own: the one that it came with must not be repeated. Whoever
 * holds a claim on it loses that.
 */
async function putOff(tx: Tx, log: string, { id, until }: { id: string; until: Day }): Promise<void> {
  const [person] = await peopleIn(tx, log, sql`c.id = (select contact from reminder where id = ${id})`);
  if (!person) return;
  const { rows } = await sql<{ mail: string }>`
    update reminder
       set state = 'planned', snoozed = reminder.snoozed + 1, tries = 0, fence = reminder.fence + 1, not_before = null,
           lease_until = null, on_record = false, local_day = ${until}, local_hour = ${person.hour},
           zone = ${person.zone}, due_at = ${instantAt(until, person.hour, person.zone)},
           planned_at = now(), mail_id = reminder.id || '.' || (reminder.snoozed + 1)
      from reminder came
     where reminder.log_id = ${log} and reminder.id = ${id} and reminder.state <> 'cancelled' and came.id = reminder.id
    returning came.mail_id as mail`.execute(tx);
  await forgetMessages(tx, rows);
}

/** Lets the bytes of these mails go where nothing is in doubt or in hand any more: they name people, and their links are good. */
async function forgetMessages(tx: Tx, of: readonly { readonly mail: string }[]): Promise<void> {
  await sql`
    update delivery_attempt kept set raw = null
     where kept.mail_id = any(${of.map(({ mail }) => mail)}) and kept.raw is not null
       and not exists (select from delivery_attempt tried join reminder r using (mail_id, fence)
                        where tried.mail_id = kept.mail_id and tried.message_id = kept.message_id
                          and r.state in ('uncertain', 'sending'))`.execute(tx);
}

/** The colleague gets it at their next hour, unless it reached them already. */
async function passOn(
  tx: Tx,
  log: string,
  { data, recordedAt }: Extract<Act, { type: 'ReminderHandedOver' }>,
): Promise<void> {
  const [colleague] = await peopleIn(tx, log, sql`c.id = ${data.to} and c.party = ${data.party}`);
  if (!colleague) return;
  await sql`
    ${planningFor(colleague, log, data, recordedAt)}
    on conflict (id) do update
       set state = 'planned', local_day = excluded.local_day, local_hour = excluded.local_hour, zone = excluded.zone,
           due_at = excluded.due_at, planned_at = now(), handed_from = excluded.handed_from
     where reminder.state in ('planned', 'cancelled', 'skipped', 'failed')`.execute(tx);
}

/**
 * What an address refuses, the secretariat of the party hears of at its next hour (domain.md 7). Whoever was told of this step
 * already, or could not be, is not told again: two addresses that refuse would send each other's mails for ever. A row
 * that was taken back unsent, as somebody else was named meanwhile, has told nobody.
 */
async function tellSecretariat(
  tx: Tx,
  log: string,
  { data, recordedAt }: Extract<Act, { type: 'ReminderFailed' }>,
): Promise<void> {
  if (data.why === 'too-late') return;
  const secretariat = await peopleIn(
    tx,
    log,
    sql`c.party = ${data.party} and c.role = 'secretariat' and c.id <> ${data.recipient} and c.unsubscribed_at is null`,
  );
  for (const person of secretariat) {
    await sql`
      ${planningFor(person, log, data, recordedAt)}
      on conflict (id) do update
         set state = 'planned', local_day = excluded.local_day, local_hour = excluded.local_hour, zone = excluded.zone,
             due_at = excluded.due_at, planned_at = now(), mail_id = excluded.mail_id, handed_from = excluded.handed_from
       -- What was claimed before it was cancelled has perhaps arrived.
       where reminder.state = 'cancelled' and reminder.fence = 0 and reminder.acknowledged_at is null`.execute(
      tx,
    );
  }
}

/** Plans a reminder that someone else was to have for this person, as a mail of its own. */
function planningFor(
  { id: to, hour, zone }: Person,
  log: string,
  { id, commitment, dueVersion, step }: Act['data'],
  now: string,
) {
  const day = nextDayFor({ hour, zone }, now);
  const theirs = reminderId(log, commitment, dueVersion, step, to);
  return sql`
    insert into reminder (id, log_id, commitment, due_version, step, kind, strength, contact, party, state,
                          local_day, local_hour, zone, due_at, mail_id, handed_from)
    select ${theirs}, log_id, commitment, due_version, step, kind, strength, ${to}, party, 'planned',
           ${day}, ${hour}::int, ${zone}, ${instantAt(day, hour, zone)}, ${theirs}, contact
      from reminder where log_id = ${log} and id = ${id} and state <> 'cancelled'`;
}

async function peopleIn(tx: Tx, log: string, who: ReturnType<typeof sql>): Promise<readonly Person[]> {
  const { rows } = await sql<Person>`
    select c.id, c.zone, c.hour from contact c where c.log_id = ${log} and ${who} order by c.id`.execute(tx);
  return rows;
}

/** The day on which it is this hour next where they are. */
function nextDayFor({ zone, hour }: Pick<Person, 'zone' | 'hour'>, now: string): Day {
  const today = dayIn(zone, now);
  return Date.parse(instantAt(today, hour, zone)) > Date.parse(now) ? today : addDays(today, 1);
}

function isAct(event: PactaEvent): event is PactaEvent & Act {
  return ['ReminderAcknowledged', 'ReminderSnoozed', 'ReminderHandedOver', 'ReminderFailed'].includes(
    event.type,
  );
}
