import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { LogDatabase } from '../event-store/database.js';
import { withoutWaiting } from '../event-store/without-waiting.js';
import { type DeliveryPolicy, timeliness } from './delivery-policy.js';
import { dueInstant, type LocalPlan } from './due-instant.js';
import type { ClaimedMail, ClaimedReminder } from './ledger.js';
import { isOvertaken, skipOvertaken } from './overtaken.js';

type Tx = Transaction<LogDatabase>;

interface Row extends ClaimedReminder, LocalPlan {
  readonly mail_id: string;
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
  /** How many reminders the mail has, those included that are in other hands. */
  readonly whole: number;
}

interface Attempt {
  readonly fence: number;
  readonly message_id: string;
  readonly outcome: string | null;
}

/** Reminders of a mail that are to be sent together, and what was tried with them before. */
interface Ready {
  readonly rows: readonly Row[];
  readonly reminders: readonly Row[];
}

/**
 * Claims what of these mails can be sent now, for `leaseMs`, where `mayMail` says that mails may be sent from here. Gives a claim
 * for each mail in its place, undefined where there is none; a mail that is named twice is claimed once.
 */
export async function claimMails(
  tx: Tx,
  mailIds: readonly string[],
  mayMail: RawBuilder<boolean>,
  leaseMs: number,
  policy: DeliveryPolicy,
): Promise<(ClaimedMail | undefined)[]> {
  const claims = new Map<string, ClaimedMail>();
  const ready = await readyAmong(tx, await lockWhole(tx, mailIds, mayMail), policy);
  for (const { rows, reminders } of ready) {
    const claim = claimOf(rows, reminders);
    const { attempts, ...first } = reminders[0]!;
    const earlier =
      first.state === 'uncertain' ? attempts.find(({ fence }) => fence === first.fence) : undefined;
    const perhapsSent = earlier && (await sendAgain(tx, claim, earlier.message_id, attempts));
    claims.set(claim.mailId, { ...claim, perhapsSent });
  }
  await hold(tx, [...claims.values()], leaseMs);
  return mailIds.map((mailId, place) => (mailIds.indexOf(mailId) === place ? claims.get(mailId) : undefined));
}

/** The reminders of each mail, locked; without mails of which someone else holds one, who may be claiming or planning. */
async function lockWhole(tx: Tx, mailIds: readonly string[], mayMail: RawBuilder<boolean>): Promise<Row[][]> {
  const { rows } = await sql<Row>`
    select id, log_id, commitment, due_version, step, kind, contact, party, due_at, planned_at, local_day, local_hour, zone, mail_id,
           state, fence, tries, not_before, on_record, now() as now, ${isOvertaken} as "mayBeOvertaken",
           case when handed_from is not null then (
             select f.contact from reminder f
              where f.log_id = weaker.log_id and f.commitment = weaker.commitment and f.due_version = weaker.due_version
                and f.step = weaker.step and f.contact = weaker.handed_from and f.state = 'failed') end as undelivered_to,
           (select count(*) from reminder of_mail where of_mail.mail_id = weaker.mail_id) as whole,
           (select coalesce(json_agg(json_build_object('fence', fence, 'message_id', message_id, 'outcome', outcome)
                                     order by fence), '[]')
              from delivery_attempt tried where tried.mail_id = weaker.mail_id) as attempts, ${withoutWaiting}
      from reminder weaker where mail_id = any(${mailIds}) and ${mayMail} for update of weaker skip locked`.execute(
    tx,
  );
  // Not in order of ids there: before statistics are taken after an import, the server would read all that is planned in that order.
  const mails = new Map<string, Row[]>();
  for (const row of rows.toSorted(byId)) mails.set(row.mail_id, [...(mails.get(row.mail_id) ?? []), row]);
  return [...mails.values()].filter(
    (ofMail) => ofMail.length === ofMail[0]!.whole && ofMail.every(({ state }) => state !== 'sending'),
  );
}

/** What of each mail goes out now: what perhaps did before, or what is ripe. */
async function readyAmong(
  tx: Tx,
  mails: readonly (readonly Row[])[],
  policy: DeliveryPolicy,
): Promise<Ready[]> {
  const known = mails.map((rows) => ({ rows, again: perhapsSentIn(rows) }));
  const ripe = await ripeOf(
    tx,
    known.flatMap(({ rows, again }) => (again ? [] : rows)),
    policy,
  );
  return known
    .map(({ rows, again }) => ({
      rows,
      reminders: again ?? ripe.filter(({ mail_id }) => mail_id === rows[0]!.mail_id),
    }))
    .filter(({ reminders }) => reminders.length > 0);
}

function claimOf(rows: readonly Row[], reminders: readonly Row[]): ClaimedMail {
  const { mail_id: mailId, log_id: log, contact, now, attempts } = reminders[0]!;
  return {
    mailId,
    fence: Math.max(...rows.map(({ fence }) => fence), ...attempts.map(({ fence }) => fence)) + 1,
    log,
    contact,
    reminders,
    tries: Math.max(...reminders.map(({ tries }) => tries)) + 1,
    now,
    messagesBefore: new Set(attempts.filter(hasPerhapsArrived).map(({ message_id }) => message_id)).size,
  };
}

async function hold(tx: Tx, claims: readonly ClaimedMail[], leaseMs: number): Promise<void> {
  const held = claims.flatMap(({ fence, reminders }) => reminders.map(({ id }) => ({ id, fence })));
  if (held.length === 0) return;
  await sql`
    update reminder set state = 'sending', fence = held.fence, tries = tries + 1,
                        lease_until = now() + ${leaseMs} * interval '1 ms'
      from unnest(${held.map(({ id }) => id)}::text[], ${held.map(({ fence }) => fence)}::int[]) as held (id, fence)
     where reminder.id = held.id`.execute(tx);
}

function byId({ id: one }: Row, { id: other }: Row): number {
  return one < other ? -1 : 1;
}

function hasPerhapsArrived({ outcome }: Attempt): boolean {
  return outcome === 'sent' || outcome === 'uncertain';
}

/** Reminders that perhaps went out together and whose time to be sent once more has come; they went out under one fence. */
function perhapsSentIn(rows: readonly Row[]): Row[] | undefined {
  const inDoubt = rows.filter(({ state }) => state === 'uncertain');
  return [...new Set(inDoubt.map(({ fence }) => fence))]
    .map((together) => inDoubt.filter(({ fence }) => fence === together))
    .find((reminders) => reminders.every(mayGoAgain));
}

/** Whoever reads the log knows of the doubt about all that a message carries before it can come a second time. */
function mayGoAgain({ on_record, not_before, now }: Row): boolean {
  return on_record && not_before !== null && !isAfter(not_before, now);
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
  { mailId, fence }: Pick<ClaimedMail, 'mailId' | 'fence'>,
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
