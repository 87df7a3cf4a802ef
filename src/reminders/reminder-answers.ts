import { sql } from 'kysely';
import { sightOf } from '../domain/confidentiality.js';
import type { Database } from '../event-store/database.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import { isSeenBy } from '../read-models/seen-by.js';
import { reminderRules } from './reminder-rules.js';

/** One reminder, as someone may know of it. */
export interface ReminderAnswer {
  readonly id: string;
  readonly commitment: string;
  readonly step: string;
  readonly kind: string;
  /** Code of the party whose turn it is. */
  readonly party: string;
  readonly dueVersion: number;
  readonly state: string;
  readonly why: string;
  readonly stops: string;
  /** The rest is for the party's own side: a plan tells of a person's hours and days. Id of the contact, never an address. */
  readonly recipient?: string;
  readonly plannedFor?: { readonly day: string; readonly hour: number; readonly zone: string };
  /** ISO 8601 in UTC. */
  readonly dueAt?: string;
  readonly attempts?: number;
  /** When the last attempt ended, ISO 8601. */
  readonly lastAttemptAt?: string;
  readonly outcome?: string;
  readonly smtpCode?: number;
  readonly acknowledgedAt?: string;
  readonly putOff?: number;
  /** Id of the contact that handed it over. */
  readonly handedOverBy?: string;
}

interface Row {
  readonly id: string;
  readonly commitment: string;
  readonly step: string;
  readonly kind: string;
  readonly party: string;
  readonly due_version: number;
  readonly state: string;
  readonly contact: string;
  readonly local_day: string | null;
  readonly local_hour: number | null;
  readonly zone: string | null;
  readonly due_at: string;
  readonly attempts: number;
  readonly last_attempt_at: string | null;
  readonly outcome: string | null;
  readonly smtp_code: number | null;
  readonly acknowledged_at: string | null;
  readonly snoozed: number;
  readonly handed_from: string | null;
}

/** States that others than the party's own side may know of: those that the record tells of. */
const ON_RECORD = ['sent', 'uncertain', 'failed'];

/** Most reminders in one answer, the latest; nobody has had more of one commitment. */
const MOST = 1000;

/**
 * Reminders of a commitment that the reader may see, in the order of their time; undefined for one that it may not. A party's own
 * people see all of their side's, others what went out to it, without recipients and plans.
 */
export async function commitmentReminders(
  db: Database,
  known: KnownDialogue,
  commitment: string,
): Promise<ReminderAnswer[] | undefined> {
  const log = known.announcement.slug;
  const { rows: seen } = await sql`
    select from commitment_standing s
     where s.log_id = ${log} and s.commitment = ${commitment} and ${isSeenBy(known)}`.execute(db);
  if (seen.length === 0) return undefined;
  const rows = await remindersWhere(db, known, sql`r.commitment = ${commitment}`);
  return rows.flatMap((row) => shown(row, known));
}

/**
 * Reminders of a contact, those of commitments that the reader may see; undefined where there is no such contact of the
 * reader's own party. Throws nothing for others: to them the contact does not exist.
 */
export async function contactReminders(
  db: Database,
  known: KnownDialogue,
  contact: string,
): Promise<ReminderAnswer[] | undefined> {
  const { rows: found } = await sql<{ party: string }>`
    select party from contact where log_id = ${known.announcement.slug} and id = ${contact}`.execute(db);
  if (!found[0] || !isOwn(known, found[0].party)) return undefined;
  const rows = await remindersWhere(db, known, sql`r.contact = ${contact} and r.party = ${found[0].party}`);
  return rows.flatMap((row) => shown(row, known));
}

/** The one that goes out next, where one is planned. */
export function nextOf(reminders: readonly ReminderAnswer[]): ReminderAnswer | undefined {
  return reminders.find(({ state }) => state === 'planned');
}

async function remindersWhere(
  db: Database,
  known: KnownDialogue,
  which: ReturnType<typeof sql>,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.commitment, r.step, r.kind, r.party, r.due_version, r.state, r.contact, r.local_day::text, r.local_hour,
           r.zone, r.due_at, r.tries as attempts, a.finished_at as last_attempt_at, a.outcome, a.smtp_code, r.acknowledged_at,
           r.snoozed, r.handed_from
      from reminder r
      join commitment_standing s on s.log_id = r.log_id and s.commitment = r.commitment
      left join lateral (select finished_at, outcome, smtp_code from delivery_attempt a
                          where a.mail_id = r.mail_id order by fence desc limit 1) a on true
     where r.log_id = ${known.announcement.slug} and ${which} and ${isSeenBy(known)}
     order by r.due_at desc, r.contact limit ${MOST}`.execute(db);
  return rows.toReversed();
}

function shown(row: Row, known: KnownDialogue): ReminderAnswer[] {
  const { id, commitment, step, kind, party, due_version: dueVersion, state } = row;
  const rule = reminderRules[kind] ?? { why: '', stops: '' };
  const told = { id, commitment, step, kind, party, dueVersion, state, ...rule };
  if (isOwn(known, party)) return [{ ...told, ...personal(row) }];
  return ON_RECORD.includes(state) ? [told] : [];
}

function personal(row: Row): Partial<ReminderAnswer> {
  const { local_day: day, local_hour: hour, zone, attempts } = row;
  return {
    recipient: row.contact,
    ...(day !== null && hour !== null && zone !== null && { plannedFor: { day, hour, zone } }),
    dueAt: row.due_at,
    attempts,
    ...(row.last_attempt_at !== null && { lastAttemptAt: row.last_attempt_at }),
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.smtp_code !== null && { smtpCode: row.smtp_code }),
    ...(row.acknowledged_at !== null && { acknowledgedAt: row.acknowledged_at }),
    ...(row.snoozed > 0 && { putOff: row.snoozed }),
    ...(row.handed_from !== null && { handedOverBy: row.handed_from }),
  };
}

/** True of the party that the reader speaks for. */
function isOwn({ reader }: KnownDialogue, party: string): boolean {
  const sight = sightOf(reader);
  return sight.sees === 'all' || (sight.sees === 'own-side' && sight.party === party);
}
