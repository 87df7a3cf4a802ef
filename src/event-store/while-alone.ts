import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database.js';
import { removeShadows } from './shadow.js';

/** A rebuild cannot be done now, for a reason that the message tells in one sentence; nothing has changed. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

/** How often to look whether a rebuild that was ended has noticed, in milliseconds. */
const LOOK_EVERY = 100;

/**
 * Does something on one session of the owner's that only one may do at a time in a database. Throws
 * {@link RebuildRefused} while another does. The server lets others in as soon as the session has ended, however it did.
 */
export async function whileAlone<Result>(
  owner: Database,
  act: (session: Database) => Promise<Result>,
): Promise<Result> {
  return owner.connection().execute(async (session) => {
    if (await isAlone(session)) return thenLetIn(session, () => act(session));
    throw new RebuildRefused('Another rebuild or a migration is running; wait until it has ended.');
  });
}

/**
 * Does something while no rebuild can begin. One that is under way ends when it finds that its tables are gone, having changed
 * nothing; others who do the same are waited for.
 */
export async function withoutRebuilds<Result>(owner: Database, act: () => Promise<Result>): Promise<Result> {
  return owner.connection().execute(async (session) => {
    for (; !(await isAlone(session)); await pause(LOOK_EVERY)) await removeShadows(session);
    return thenLetIn(session, async () => {
      await removeShadows(session);
      return act();
    });
  });
}

async function isAlone(session: Database): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`
    select pg_try_advisory_lock(hashtext('pacta rebuild')) as alone`.execute(session);
  return rows[0]!.alone;
}

async function thenLetIn<Result>(session: Database, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } finally {
    await sql`select pg_advisory_unlock(hashtext('pacta rebuild'))`.execute(session).catch(() => undefined);
  }
}
