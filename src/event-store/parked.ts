import { sql } from 'kysely';
import type { Database } from './database.js';
import { keptAlive } from './kept-alive.js';

/** A log that one subscription has set aside, because it could not handle the event after `position`. */
export interface ParkedLog {
  readonly subscription: string;
  readonly log: string;
  /** The checkpoint: the last event that was handled. The one that could not be is the next. */
  readonly position: number;
  /** ISO 8601. */
  readonly since: string;
  /** Free text of an error, which may tell what is confidential: for operators only. */
  readonly why: string;
}

/** Every parked log, by subscription and log. */
export async function parkedLogs(db: Database): Promise<readonly ParkedLog[]> {
  const rows = await db
    .selectFrom('checkpoint')
    .select(['subscription', 'log_id', 'position', 'parked_at', 'parked_why'])
    .where('parked_at', 'is not', null)
    .orderBy('subscription')
    .orderBy('log_id')
    .execute();
  return rows.map(({ subscription, log_id: log, position, parked_at, parked_why }) => ({
    subscription,
    log,
    position,
    since: parked_at!,
    why: parked_why ?? '',
  }));
}

/** An error in the words that operators are told of it; they may quote what is confidential. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Pause before a parked log is tried again: doubled every time, from a second to ten minutes. Seconds. */
const LONGEST_PAUSE = 600;

/**
 * Sets a log aside at the event after `position`, unless the subscription has moved on meanwhile, and says when it is
 * tried again. Returns true when it was not parked before, or for another reason.
 */
export async function park(
  db: Database,
  subscription: string,
  log: string,
  { position, error }: { readonly position: number; readonly error: unknown },
): Promise<boolean> {
  const why = wordsOf(error);
  const { rows } = await sql<{ known: string | null }>`
    update checkpoint c
       set parked_at = coalesce(c.parked_at, now()), parked_why = ${why}, tries = c.tries + 1,
           retry_at = now() + least(power(2, least(c.tries, 20)), ${LONGEST_PAUSE}) * interval '1 second'
      from checkpoint before
     where c.subscription = ${subscription} and c.log_id = ${log} and c.position = ${position}
       and before.subscription = c.subscription and before.log_id = c.log_id
    returning before.parked_why as known`.execute(db);
  return rows[0] !== undefined && rows[0].known !== why;
}

/** Lets a subscription try its parked logs, or the one named, without waiting any longer. */
export async function retryNow(db: Database, subscription: string, log?: string): Promise<void> {
  await sql`
    update checkpoint set retry_at = now()
     where subscription = ${subscription} and parked_at is not null
       and ${log === undefined ? sql`true` : sql`log_id = ${log}`}`.execute(db);
}

/**
 * Does something while the subscription cannot move along the log, and lets it try again after. `act` is told the
 * position of the event that it is parked at, or undefined where it is not.
 */
export async function whileParked<Result>(
  db: Database,
  subscription: string,
  log: string,
  act: (parkedAt: number | undefined) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('checkpoint')
      .select(['position', 'parked_at'])
      .where('subscription', '=', subscription)
      .where('log_id', '=', log)
      .forUpdate()
      .executeTakeFirst();
    const result = await keptAlive(tx, act(row?.parked_at ? row.position + 1 : undefined));
    await retryNow(tx, subscription, log);
    return result;
  });
}
