import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { readByStream, type Wanted } from '../event-store/read-by-stream.js';
import { skippedBy } from '../event-store/skipped.js';
import type { ReadModel } from './projection.js';
import { RowWriter } from './row-writer.js';
import { type Folded, StreamFold, Unfoldable } from './stream-fold.js';

/** What to fold of a log. */
export interface LogToFold {
  readonly log: string;
  readonly upTo: number;
  readonly models: readonly ReadModel[];
  /** @param count of the events that were dealt with now. */
  readonly onFolded: (count: number) => void;
}

/**
 * Fills empty tables with what one log comes to, and sets the checkpoints. A view that cannot fold an event ends
 * right before it, as a follower would; the others go on.
 */
export async function rebuildLog(db: Database, { log, upTo, models, onFolded }: LogToFold): Promise<void> {
  const ends = new Map(models.map((model) => [model, upTo]));
  for (;;) {
    try {
      await foldAll(db, log, ends, onFolded);
      break;
    } catch (error) {
      if (!(error instanceof Unfoldable)) throw error;
      ends.set(error.model, error.event.position - 1);
      for (const table of models.flatMap(({ tables }) => tables)) {
        await sql`delete from ${sql.table(table)} where log_id = ${log}`.execute(db);
      }
    }
  }
  for (const [{ name }, position] of ends) {
    await sql`insert into checkpoint (subscription, log_id, position) values (${name}, ${log}, ${position})`.execute(
      db,
    );
  }
}

async function foldAll(
  db: Database,
  log: string,
  ends: ReadonlyMap<ReadModel, number>,
  onFolded: (count: number) => void,
): Promise<void> {
  const views: Folded[] = [];
  for (const [model, end] of ends) {
    const skipped = await skippedBy(db, model.name, log);
    views.push({ model, takes: ({ position }) => position <= end && !skipped.has(position) });
  }
  const writer = new RowWriter(db);
  const fold = new StreamFold(log, views, (table, row) => writer.add(table, row));
  try {
    for await (const events of readByStream(
      db,
      log,
      Math.max(...ends.values()),
      wantedBy([...ends.keys()]),
    )) {
      for (const event of events) fold.fold(event);
      await writer.relieve();
      onFolded(events.length);
    }
    fold.endStream();
    await writer.finish();
  } finally {
    // What came after the tables have been emptied would be met by the next attempt.
    await writer.rest();
  }
}

/** Events that do something to one of the views. */
function wantedBy(models: readonly ReadModel[]): Wanted {
  const types = models.flatMap(({ on }) =>
    Object.entries(on).flatMap(([type, effects]) => (effects.length > 0 ? [type] : [])),
  );
  return {
    kinds: [...new Set(models.flatMap(({ alike }) => Object.keys(alike)))],
    types: [...new Set(types)],
  };
}
