import type { Parts } from './app.module.js';
import { Clock } from './commands/clock.js';
import { Decisions } from './commands/decisions.js';
import type { Config } from './config.js';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import type { Ending } from './ending.js';
import { Appender, type Grown } from './event-store/append.js';
import { onBrokenConnection, openDatabase, openServicePool } from './event-store/database.js';
import { LatestEvents } from './event-store/latest-events.js';
import { migrate } from './event-store/migrate.js';
import { Notifier } from './event-store/notices.js';
import { DeciderRunner } from './event-store/run-decider.js';
import { readModels, Views } from './read-models/views.js';
import { migrateQueue } from './reminders/queue-backend.js';
import { StartError } from './start-error.js';

/** The record and all that works on it; what a server and the command line have in common. */
export interface OpenRecord extends Parts {
  readonly runner: DeciderRunner;
  /** Logs in to the database as the service. */
  readonly serviceUrl: string;
  /** Logs in as the owner of the schema. */
  readonly ownerUrl: string;
  /** Adds someone to be told when a log has grown. */
  readonly onGrown: (wake: Grown) => void;
  /** Tells them; for growth that came about in another process. */
  readonly grown: Grown;
}

/** Opens the database that the settings name, or starts the embedded one, and brings it up to date. Throws {@link StartError}. */
export async function openRecord(
  config: Config,
  say: (step: string) => void,
  report: (trouble: string) => void,
  ending: Ending,
): Promise<OpenRecord> {
  const { serviceUrl, ownerUrl } = config.database ?? (await startEmbedded(config, say, ending));
  await bringUpToDate(ownerUrl, config, say);

  const pool = openServicePool(serviceUrl);
  const db = openDatabase(pool);
  ending.afterwards(() => db.destroy());
  const clock = new Clock();
  const latest = new LatestEvents();
  const views = new Views({ db, pool }, report, readModels, latest);
  const sleepers: Grown[] = [views.wake];
  const grown: Grown = (...how) => sleepers.forEach((wake) => wake(...how));
  const notifier = new Notifier(pool);
  const appender = new Appender(pool, (...how) => {
    grown(...how);
    notifier.grown(...how);
  });
  const runner = new DeciderRunner(db, appender, latest);
  // What is there again after that may be an earlier state of the record: it was restored, or a copy took over that lagged behind.
  onBrokenConnection(pool, () => {
    for (const each of [latest, appender, runner.streams, views]) each.forgetAll();
  });
  const decisions = new Decisions(db, runner, clock);
  return {
    db,
    pool,
    runner,
    clock,
    views,
    decisions,
    oidc: config.oidc,
    appendsWaiting: () => appender.queued,
    serviceUrl,
    ownerUrl,
    grown,
    onGrown: (wake) => sleepers.push(wake),
  };
}

async function startEmbedded({ dataDir }: Config, say: (step: string) => void, ending: Ending) {
  try {
    const database = await startEmbeddedPostgres({ dataDir, say });
    ending.afterwards(() => database.stop());
    return database;
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error;
  }
}

async function bringUpToDate(ownerUrl: string, config: Config, say: (step: string) => void): Promise<void> {
  try {
    const ran = await migrate(ownerUrl);
    if (config.role !== 'api' && !config.redisUrl) await migrateQueue(ownerUrl);
    if (ran.length > 0) say(`Brought the database up to date: ${ran.join(', ')}`);
  } catch (error) {
    if (!config.database) throw error;
    const { host, pathname } = new URL(ownerUrl);
    const why =
      error instanceof Error && error.message !== ''
        ? error.message
        : String((error as { code?: string }).code);
    throw new StartError(`The database ${pathname.slice(1)} on ${host} cannot be used: ${why}`);
  }
}
