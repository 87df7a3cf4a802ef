import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { readLog } from '../event-store/read.js';
import { BATCH, setCheckpoint } from '../event-store/subscription.js';
import type { ReadModel } from './projection.js';

/**
 * Folds a view anew from the beginning of every log, log by log. Each log is swapped in one transaction: readers
 * see the old rows until the new ones are complete, and a rebuild that is cut off changes nothing.
 * Returns the number of events folded.
 */
export async function rebuild(db: Database, model: ReadModel): Promise<number> {
  const logs = await db.selectFrom('log_head').select('log_id').orderBy('log_id').execute();
  let folded = 0;
  for (const { log_id: log } of logs) folded += await rebuildLog(db, model, log);
  return folded;
}

async function rebuildLog(db: Database, model: ReadModel, log: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`
      insert into checkpoint (subscription, log_id) values (${model.name}, ${log}) on conflict do nothing`.execute(
      tx,
    );
    // Whoever follows the log leaves it alone while this lock is held.
    await sql`
      select from checkpoint where subscription = ${model.name} and log_id = ${log} for update`.execute(tx);
    for (const table of model.tables) {
      await sql`delete from ${sql.table(table)} where log_id = ${log}`.execute(tx);
    }
    let position = 0;
    for (;;) {
      const events = await readLog(tx, log, position, BATCH);
      const last = events.at(-1);
      if (!last) break;
      await model.handle(log, events, tx);
      position = last.position;
    }
    await setCheckpoint(tx, model.name, log, position);
    return position;
  });
}
