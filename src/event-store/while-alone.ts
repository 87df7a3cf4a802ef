import { sql } from 'kysely';
import type { Database } from './database.js';

/** A rebuild cannot be done now, for a reason that the message tells in one sentence; nothing has changed. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

/**
 * Does something on one session of the owner's that only one may do at a time in a database. Throws
 * {@link RebuildRefused} while another does. The server lets others in as soon as the session has ended, however it did.
 */
export async function whileAlone<Result>(
  owner: Database,
  act: (session: Database) => Promise<Result>,
): Promise<Result> {
  return owner.connection().execute(async (session) => {
    const { rows } = await sql<{ alone: boolean }>`
      select pg_try_advisory_lock(hashtext('pacta rebuild')) as alone`.execute(session);
    if (!rows[0]?.alone) throw new RebuildRefused('Another rebuild is running; wait until it has ended.');
    try {
      return await act(session);
    } finally {
      await sql`select pg_advisory_unlock(hashtext('pacta rebuild'))`.execute(session).catch(() => undefined);
    }
  });
}
