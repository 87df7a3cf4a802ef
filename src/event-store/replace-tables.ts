import { sql } from 'kysely';
import type { Database } from './database.js';
import { migrationsRun, putInPlace, type Shadow } from './shadow.js';
import { setCheckpoint } from './checkpoint.js';
import { RebuildRefused } from './while-alone.js';

/** Longest wait for those who read the tables, in milliseconds: others queue up behind it. */
const LOCK_WITHIN = 1000;

/**
 * Longest that nothing may be asked while the tables are kept from their readers, in milliseconds: a process that hangs, or
 * whose host has vanished, would keep them for good. Longer than it takes to handle what came while the tables were waited for.
 */
const HELD_FOR = 5000;

/** Tries to get the tables, and the pause between them in milliseconds in which others come through. */
const TRIES = { count: 30, pause: 500 };

/**
 * Puts the tables of `shadow` in the place of the live ones, moves the checkpoints of their subscriptions to where
 * those of the shadow are, and counts the rebuild there. Followers are kept out first, so that `catchUp` comes to an end.
 * Throws {@link RebuildRefused} when a live view knows of an event that the shadow does not, or the tables cannot be had. The
 * server ends the session, and nothing has changed, when it has the tables and hangs.
 */
export async function replaceTables(
  session: Database,
  shadow: Shadow,
  subscriptions: readonly string[],
  catchUp: () => Promise<void>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await session.transaction().execute(async (tx) => {
        await sql`select set_config('lock_timeout', ${String(LOCK_WITHIN)}, true)`.execute(tx);
        await sql`
          select from checkpoint where subscription = any(${subscriptions}::text[])
           order by subscription, log_id for update`.execute(tx);
        await catchUp();
        // Not before: what has come until then may take longer, and keeps nobody from reading.
        await sql`select set_config('idle_in_transaction_session_timeout', ${String(HELD_FOR)}, true)`.execute(
          tx,
        );
        const tables = sql.join(shadow.tables.map((table) => sql.table(table)));
        await sql`lock table ${tables} in access exclusive mode`.execute(tx);
        // A follower that met a new log had no checkpoint that could have kept it out.
        await catchUp();
        await mustNotGoBack(tx, shadow, subscriptions);
        if (String(await migrationsRun(tx)) !== String(shadow.migrations))
          throw new RebuildRefused('The schema has changed meanwhile; rebuild again.');
        await putInPlace(tx, shadow);
        await moveCheckpoints(tx, shadow);
      });
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (tried === TRIES.count)
        throw new RebuildRefused('The views are in use without a break; nothing was changed.');
      await new Promise((resolve) => setTimeout(resolve, TRIES.pause));
    }
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

async function mustNotGoBack(
  tx: Database,
  { schema }: Shadow,
  subscriptions: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ subscription: string; log_id: string; position: number }>`
    select subscription, live.log_id, coalesce(made.position, 0) as position
      from checkpoint live left join ${sql.id(schema, 'checkpoint')} made using (subscription, log_id)
     where subscription = any(${subscriptions}::text[]) and live.position > coalesce(made.position, 0)`.execute(
    tx,
  );
  for (const { subscription, log_id, position } of rows) {
    throw new RebuildRefused(
      `${subscription} was not rebuilt: event ${position + 1} of the log ${log_id} cannot be folded, and the live view is past it.`,
    );
  }
}

/** A log that the new view has got no further along than the live one stays parked; one that it has is not parked any more. */
async function moveCheckpoints(tx: Database, { schema }: Shadow): Promise<void> {
  const made = sql.id(schema, 'checkpoint');
  await sql`
    insert into checkpoint (subscription, log_id)
    select subscription, log_id from ${made} on conflict do nothing`.execute(tx);
  // Also where none of them moves: who has kept rows of the table that is gone, or answers made of them, must see that.
  await sql`update checkpoint live set rebuilds = live.rebuilds + 1 from ${made} made
             where live.subscription = made.subscription and live.log_id = made.log_id`.execute(tx);
  const { rows } = await sql<{ subscription: string; log_id: string; position: number }>`
    select subscription, log_id, made.position from ${made} made join checkpoint live using (subscription, log_id)
     where live.position < made.position`.execute(tx);
  for (const { subscription, log_id, position } of rows) {
    await setCheckpoint(tx, subscription, log_id, position);
  }
}
