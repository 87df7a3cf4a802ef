import type { Database } from './database.js';

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
