import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Clock } from './commands/clock.js';
import { Decisions } from './commands/decisions.js';
import type { Config } from './config.js';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { Appender } from './event-store/append.js';
import { openDatabase, openServicePool } from './event-store/database.js';
import { migrate } from './event-store/migrate.js';
import { Listener, Notifier } from './event-store/notices.js';
import { DeciderRunner } from './event-store/run-decider.js';
import { createHttpApplication, serveDescription } from './http/http-application.js';
import { type DemoKeys, keepDemoKeys } from './records/demo-keys.js';
import { playDemo } from './records/demo.js';
import { openMailer } from './mail/mailer.js';
import { Views } from './read-models/views.js';
import { migrateQueue } from './reminders/queue.js';
import { Reminders } from './reminders/reminders.js';

/** The service cannot start, for a reason that one sentence tells. */
export class StartError extends Error {}

export interface Service {
  /** Address under which the API answers. */
  readonly address: string;
  /** Keys to try things with; only where examples were loaded by default. */
  readonly demoKeys?: DemoKeys | undefined;
  /** Ends everything that was started, in order; the database last. */
  stop(): Promise<void>;
}

/** Things to end, last started first. */
class Ending {
  private readonly steps: (() => Promise<void>)[] = [];

  afterwards(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  async now(): Promise<void> {
    // Whatever one step throws, the database still has to be stopped.
    for (const step of this.steps.splice(0).reverse())
      await step().catch((error: unknown) => console.error(error));
  }
}

/**
 * Starts what the settings ask for. `say` is told each step as it happens.
 * Throws {@link StartError}, and then nothing is left running.
 */
export async function startService(config: Config, say: (step: string) => void): Promise<Service> {
  const ending = new Ending();
  try {
    return { ...(await start(config, say, ending)), stop: () => ending.now() };
  } catch (error) {
    await ending.now();
    throw inOneSentence(error, config);
  }
}

async function start(
  config: Config,
  say: (step: string) => void,
  ending: Ending,
): Promise<Omit<Service, 'stop'>> {
  const { serviceUrl, ownerUrl } = config.database ?? (await embedded(config, say, ending));
  const ran = await migrate(ownerUrl);
  if (config.role !== 'api' && !config.redisUrl) await migrateQueue(ownerUrl);
  if (ran.length > 0) say(`Brought the database up to date: ${ran.join(', ')}`);

  const pool = openServicePool(serviceUrl);
  const db = openDatabase(pool);
  ending.afterwards(() => db.destroy());
  const clock = new Clock();
  const views = new Views(db, report);
  const notifier = new Notifier(pool);
  const wake = [() => views.wake()];
  const grown = () => wake.forEach((each) => each());
  const appender = new Appender(pool, (log) => {
    grown();
    notifier.grown(log);
  });
  const decisions = new Decisions(db, new DeciderRunner(db, appender), clock);
  const app = await createHttpApplication(
    AppModule.for(config.role, { db, decisions, views, clock }),
    config.logLevel,
  );
  ending.afterwards(() => app.close());
  if (config.role !== 'worker') serveDescription(app);
  await app.init();

  views.start();
  ending.afterwards(() => views.stop());
  const listener = new Listener(serviceUrl, grown);
  await listener.start();
  ending.afterwards(() => listener.stop());

  let demoKeys: DemoKeys | undefined;
  if (!config.database && !config.production) {
    await playDemo(app.get(CommandBus), db, clock.now(), say);
    demoKeys = await keepDemoKeys(db, join(config.dataDir, 'demo-keys.json'));
  }
  await app.listen(config.port, config.host);
  const address = addressOf(app, config);

  if (config.role !== 'api') {
    const mailer = openMailer({
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      outbox: join(config.dataDir, 'outbox'),
    });
    ending.afterwards(() => mailer.close());
    const reminders = new Reminders({
      db,
      commands: app.get(CommandBus),
      clock,
      mailer,
      backend: config.redisUrl ? { redisUrl: config.redisUrl } : { databaseUrl: serviceUrl },
      addresses: { publicUrl: config.publicUrl ?? address, mailDomain: mailDomainOf(config.mailFrom) },
      report,
    });
    reminders.start();
    wake.push(() => reminders.wake());
    ending.afterwards(() => reminders.stop());
    say(`Reminders are sent: ${mailer.describes}`);
  }
  return { address, demoKeys };
}

async function embedded(config: Config, say: (step: string) => void, ending: Ending) {
  const database = await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  ending.afterwards(() => database.stop());
  return database;
}

/** Domain of the sender's address, for message ids. */
function mailDomainOf(from: string): string {
  return /@([^\s>]+)>?$/.exec(from)?.[1] ?? 'localhost';
}

const report = (trouble: string) => new Logger('pacta').error(trouble);

function addressOf(app: NestFastifyApplication, { host }: Config): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const reachable = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function inOneSentence(error: unknown, config: Config): unknown {
  if (error instanceof EmbeddedPostgresError) return new StartError(error.message);
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    return new StartError(`Port ${config.port} on ${config.host} is taken; set PORT to another one.`);
  }
  if (code === 'EACCES')
    return new StartError(
      `Port ${config.port} needs rights that this process does not have; set PORT to another one.`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    if (!config.database)
      return new StartError(`This machine has no address ${config.host}; set HOST to one it has.`);
  }
  if (config.database) {
    const { host, pathname } = new URL(config.database.serviceUrl);
    return new StartError(`The database ${pathname.slice(1)} on ${host} cannot be used: ${message}`);
  }
  return error;
}
