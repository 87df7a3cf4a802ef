import type { Pool } from 'pg';
import { Appender, type Grown } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { LatestEvents } from '../../src/event-store/latest-events.js';
import { Notifier } from '../../src/event-store/notices.js';
import { DeciderRunner } from '../../src/event-store/run-decider.js';
import { type BenchDatabase, type Ground, POOL } from './ground.js';

/** Our log, wired as the service wires it: every append also tells other processes. */
export interface PactaLog {
  readonly pool: Pool;
  readonly db: Database;
  readonly appender: Appender;
  readonly runner: DeciderRunner;
  readonly latest: LatestEvents;
}

/** Opens the log of a database. `onGrown` is told when it has grown. */
export function openPactaLog(
  { ending }: Pick<Ground, 'ending'>,
  { serviceUrl }: BenchDatabase,
  onGrown: Grown = () => undefined,
): PactaLog {
  const pool = openServicePool(serviceUrl, POOL);
  const db = openDatabase(pool);
  ending.afterwards(() => db.destroy());
  const notifier = new Notifier(pool);
  const appender = new Appender(pool, (...how) => {
    onGrown(...how);
    notifier.grown(...how);
  });
  const latest = new LatestEvents();
  return { pool, db, appender, runner: new DeciderRunner(db, appender, latest), latest };
}
