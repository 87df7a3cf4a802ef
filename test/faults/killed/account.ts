import { sql } from 'kysely';
import type { Database } from '../../../src/event-store/database.js';
import { heldMails } from '../../../src/reminders/held-mails.js';
import type { Taken } from './deadly-server.js';
import { LOG } from './part.js';

export interface Reminder {
  readonly id: string;
  readonly mail: string;
  readonly kind: 'due' | 'escalation';
  readonly state: string;
}

export interface Attempt {
  readonly mail: string;
  readonly fence: number;
  readonly messageId: string;
  /** By the clock of the database, as text that sorts. */
  readonly intentAt: string;
  /** Null while nobody knows. */
  readonly outcome: 'sent' | 'not-sent' | 'uncertain' | null;
}

/** What the log tells of a reminder. */
export interface Recorded {
  readonly reminder: string;
  readonly type: string;
  /** The attempt that it tells of. */
  readonly fence: number;
  readonly at: string;
}

/** All that is left of a run: what was to be sent, what was tried, what the mail servers took, and what the log tells. */
export interface Account {
  readonly reminders: readonly Reminder[];
  readonly attempts: readonly Attempt[];
  /** Mails that a person is shown as held. */
  readonly held: readonly string[];
  /** In the order in which they were taken. */
  readonly taken: readonly Taken[];
  readonly recorded: readonly Recorded[];
}

/** Reads it from the tables and the log, past the ledger that is on trial. */
export async function account(db: Database, taken: readonly Taken[]): Promise<Account> {
  const { rows: reminders } = await sql<Reminder>`
    select id, mail_id as mail, kind, state from reminder order by id`.execute(db);
  const { rows: attempts } = await sql<Attempt>`
    select mail_id as mail, fence, message_id as "messageId", intent_at as "intentAt", outcome
      from delivery_attempt order by mail_id, fence`.execute(db);
  const { rows: recorded } = await sql<Recorded>`
    select split_part(causation, '.', 1) as reminder, type, split_part(causation, '.', 2)::int as fence,
           recorded_at as at
      from event, lateral (select entry::json ->> 'causationId' as causation) caused
     where log_id = ${LOG} and stream_id like 'reminder-%' order by event.position`.execute(db);
  return { reminders, attempts, held: (await heldMails(db)).map(({ mailId }) => mailId), taken, recorded };
}
