import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';

/** Seconds that a reminder may be due without going out; longer than that something is wrong. */
export const LONGEST_WAIT = 15 * 60;

const states = ['planned', 'sending', 'sent', 'uncertain', 'failed', 'skipped', 'cancelled'] as const;

/** How reminders stand, by the clock of the database. */
export interface RemindersWaiting {
  /** Seconds that the oldest reminder has been due and not sent; 0 when none is. */
  readonly oldestDueSeconds: number;
}

/**
 * How long the oldest due reminder has waited: since it fell due or was planned, whichever is later, and whether anyone works on it
 * or not. What perhaps arrived waits for nobody.
 */
export async function remindersWaiting(db: Database): Promise<RemindersWaiting> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(greatest(due_at, planned_at))), 0)::float8 as seconds
      from reminder where (state = 'planned' or state = 'sending') and due_at <= now()`.execute(db);
  return { oldestDueSeconds: Math.round(rows[0]!.seconds) };
}

/** How many reminders are in each state. */
export async function remindersByState(db: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from reminder group by state`.execute(db);
  const counts = new Map<string, number>(states.map((state) => [state, 0]));
  for (const { state, count } of rows) counts.set(state, count);
  return counts;
}
