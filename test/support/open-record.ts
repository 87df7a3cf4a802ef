import { whoIsBehind } from '../../src/event-store/poll.js';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/config.js';
import { type OpenRecord, openRecord } from '../../src/open-record.js';
import { Ending } from '../../src/ending.js';
import { Processes } from '../../src/processes/processes.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { freshDatabase } from './database.js';

export interface TestRecord extends OpenRecord {
  readonly commands: CommandBus;
  readonly ending: Ending;
  /** What went wrong in the background. */
  readonly troubles: string[];
}

/** What the environment of the process says besides the database. */
export type Settings = Readonly<Record<string, string>>;

/** The record on a database of its own, or `on` that of another one, with a command bus and views that follow it. */
export async function openTestRecord(
  settings: Settings = {},
  on?: Pick<TestRecord, 'serviceUrl' | 'ownerUrl'>,
): Promise<TestRecord> {
  const ending = new Ending();
  const troubles: string[] = [];
  const { serviceUrl, ownerUrl } = on ?? (await ownDatabase(ending));
  const config = readConfig({ ...settings, DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl });
  const record = await openRecord(
    config,
    () => undefined,
    (trouble) => troubles.push(trouble),
    ending,
  );
  const app = await NestFactory.createApplicationContext(AppModule.for('worker', record), {
    logger: ['error'],
    abortOnError: false,
  });
  ending.afterwards(() => app.close());
  record.views.start();
  ending.afterwards(() => record.views.stop());
  const processes = new Processes(record.db, record.runner.streams, app.get(CommandBus), (trouble) =>
    troubles.push(trouble),
  );
  processes.start();
  record.onGrown(processes.wake);
  ending.afterwards(() => processes.stop());
  return { ...record, commands: app.get(CommandBus), ending, troubles };
}

async function ownDatabase(ending: Ending) {
  const database = await freshDatabase();
  ending.afterwards(database.drop);
  return database;
}

/** Processes that react to the log; one that has nothing to react to in a log begins it at its next poll. */
const reacting = ['due-resolution', 'focus-area-merging', 'round-closing'];

/** Waits until views and processes have dealt with every event, and with what followed from it; nobody plans reminders here. */
export async function settled({ db, views }: Pick<TestRecord, 'db' | 'views'>): Promise<void> {
  const heads = () => db.selectFrom('log_head').select(['log_id', 'position']).execute();
  for (const { log_id, position } of await heads())
    expect(await views.haveReached(log_id, position, 10_000)).toBe(true);
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await sql<{ behind: number }>`
      select count(*)::int as behind from checkpoint c join log_head h using (log_id)
       where c.position < h.position and c.subscription <> ${reminderPlanning.name}`.execute(db);
    if (rows[0]!.behind === 0 && (await whoIsBehind(db, reacting)).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('Views and processes did not catch up within ten seconds.');
}
