import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { LogDatabase } from '../event-store/database.js';
import { withoutWaiting } from '../event-store/without-waiting.js';
import { type DeliveryPolicy, timeliness } from './delivery-policy.js';
import { dueInstant, type LocalPlan } from './due-instant.js';
import type { ClaimedMail, ClaimedReminder } from './ledger.js';
import { isOvertaken, skipOvertaken } from './overtaken.js';

type Tx = Transaction<LogDatabase>;

interface Row extends ClaimedReminder, LocalPlan {
  readonly state: string;
  readonly fence: number;
  readonly tries: number;
  readonly not_before: string | null;
  readonly on_record: boolean;
  readonly now: string;
  /** A stronger step of its series has fallen due as well, or perhaps has. */
  readonly mayBeOvertaken: boolean;
  /** Of the mail; the same in each of its reminders. */
  readonly attempts: readonly Attempt[];
}

interface Attempt {
  readonly fence: number;
  readonly message_id: string;
  readonly outcome: string | null;
}

/** Claims what of the mail can be sent now, for `leaseMs`, where `mayMail` says that mails may be sent from here. */
export async function claimMail(
  tx: Tx,
  mailId: string,
  mayMail: RawBuilder<boolean>,
  leaseMs: number,
  policy: DeliveryPolicy,
): Promise<ClaimedMail | undefined> {
  const rows = await lockWhole(tx, mailId, mayMail);
  if (!rows || rows.some(({ state }) => state === 'sending')) return undefined;
  const { attempts } = rows[0]!;
  const reminders = perhapsSentIn(rows) ?? (await ripeOf(tx, rows, policy));
  const [first] = reminders;
  if (!first) return undefined;
  const earlier =
    first.state === 'uncertain' ? attempts.find(({ fence }) => fence === first.fence) : undefined;
  const fence = Math.max(...rows.map((row) => row.fence), ...attempts.map((attempt) => attempt.fence)) + 1;
  await sql`
    update reminder set state = 'sending', fence = ${fence}, tries = tries + 1,
                        lease_until = now() + ${leaseMs} * interval '1 ms'
     where id = any(${reminders.map(({ id }) => id)})`.execute(tx);
  const perhapsSent = earlier && (await sendAgain(tx, mailId, fence, earlier.message_id, attempts));
  return {
    mailId,
    fence,
    log: first.log_id,
    contact: first.contact,
    reminders,
    tries: Math.max(...reminders.map(({ tries }) => tries)) + 1,
    now: first.now,
    messagesBefore: new Set(attempts.filter(hasPerhapsArrived).map(({ message_id }) => message_id)).size,
    perhapsSent,
  };
}

/**
 * All reminders of the mail, locked; undefined where no mail may be sent, and while someone else holds one, who may be claiming
 * or planning.
 */
async function lockWhole(tx: Tx, mailId: string, mayMail: RawBuilder<boolean>): Promise<Row[] | undefined> {
  const { rows } = await sql<Row & { whole: number }>`
    select id, log_id, commitment, due_version, step, kind, contact, party, due_at, local_day, local_hour, zone,
           state, fence, tries, not_before, on_record, now() as now, ${isOvertaken} as "mayBeOvertaken",
           (select count(*) from reminder where mail_id = ${mailId}) as whole,
           (select coalesce(json_agg(json_build_object('fence', fence, 'message_id', message_id, 'outcome', outcome)
                                     order by fence), '[]')
              from delivery_attempt where mail_id = ${mailId}) as attempts, ${withoutWaiting}
      from reminder weaker where mail_id = ${mailId} and ${mayMail} order by id for update of weaker skip locked`.execute(
    tx,
  );
  return rows[0]?.whole === rows.length ? rows : undefined;
}

function hasPerhapsArrived({ outcome }: Attempt): boolean {
  return outcome === 'sent' || outcome === 'uncertain';
}

/** Reminders that perhaps went out together and whose time to be sent once more has come; they went out under one fence. */
function perhapsSentIn(rows: readonly Row[]): Row[] | undefined {
  const ready = rows.filter(
    // Whoever reads the log knows of the doubt before there can be a second mail.
    ({ state, on_record, not_before, now }) =>
      state === 'uncertain' && on_record && not_before !== null && !isAfter(not_before, now),
  );
  return ready.length > 0 ? ready.filter(({ fence }) => fence === ready[0]!.fence) : undefined;
}

/** Planned reminders whose time has come, without those that a stronger one has overtaken and those that are too late. */
async function ripeOf(tx: Tx, rows: readonly Row[], policy: DeliveryPolicy): Promise<Row[]> {
  const today = await dueByTodaysRules(
    tx,
    rows.filter(({ state }) => state === 'planned'),
  );
  const due = today.filter(
    ({ due_at, not_before, now }) => !isAfter(due_at, now) && !(not_before && isAfter(not_before, now)),
  );
  if (due.length === 0) return [];
  const overtaken = due.some(({ mayBeOvertaken }) => mayBeOvertaken)
    ? await skipOvertaken(tx, sql`weaker.id = any(${due.map(({ id }) => id)})`)
    : new Set();
  const left = due.filter(({ id }) => !overtaken.has(id));
  const tooLate = left.filter((row) => timeliness(row, row.now, policy) === 'too-late').map(({ id }) => id);
  if (tooLate.length > 0) {
    await sql`
      update reminder set state = 'failed', failed_why = 'too-late', on_record = false
       where id = any(${tooLate})`.execute(tx);
  }
  return left.filter(({ id }) => !tooLate.includes(id));
}

/** The rules of a zone may have changed since a reminder was planned. */
async function dueByTodaysRules(tx: Tx, rows: readonly Row[]): Promise<Row[]> {
  const today: Row[] = [];
  for (const row of rows) {
    const due_at = dueInstant(row);
    const isMoved = Date.parse(due_at) !== Date.parse(row.due_at);
    if (isMoved) await sql`update reminder set due_at = ${due_at} where id = ${row.id}`.execute(tx);
    today.push({ ...row, due_at, mayBeOvertaken: row.mayBeOvertaken || isMoved });
  }
  return today;
}

/** The same message again; its intent is kept at once, so that whoever follows knows which message it was. */
async function sendAgain(
  tx: Tx,
  mailId: string,
  fence: number,
  messageId: string,
  attempts: readonly Attempt[],
) {
  await sql`
    insert into delivery_attempt (mail_id, fence, message_id, log_id, contact)
    select mail_id, ${fence}, message_id, log_id, contact from delivery_attempt
     where mail_id = ${mailId} and message_id = ${messageId} order by fence limit 1`.execute(tx);
  const { rows } = await sql<{ raw: Buffer }>`
    select raw from delivery_attempt
     where mail_id = ${mailId} and message_id = ${messageId} and raw is not null
     order by fence limit 1`.execute(tx);
  const times = attempts.filter(
    ({ message_id, outcome }) => message_id === messageId && outcome === 'uncertain',
  );
  return { messageId, raw: rows[0]?.raw, times: times.length };
}

function isAfter(instant: string, other: string): boolean {
  return Date.parse(instant) > Date.parse(other);
}
