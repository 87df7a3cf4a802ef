import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { type OpenRecord, openRecord } from './open-record.js';
import { Ending } from './ending.js';
import { Listener } from './event-store/notices.js';
import { createHttpApplication, serveDescription, stopServing } from './http/http-application.js';
import { ApiKeys } from './identity/api-keys.js';
import { openMailer } from './mail/mailer.js';
import { Processes } from './processes/processes.js';
import { type DemoKeys, keepDemoKeys } from './records/demo-keys.js';
import { playDemo } from './records/demo.js';
import { openQueueBackend } from './reminders/queue-backend.js';
import { MailFence } from './reminders/mail-fence.js';
import { Reminders } from './reminders/reminders.js';
import { StartError } from './start-error.js';

export interface Service {
  /** Address under which the API answers. */
  readonly address: string;
  /** Keys to try things with; only where examples were loaded by default. */
  readonly demoKeys?: DemoKeys | undefined;
  /** Ends everything that was started, in order; the database last. */
  stop(): Promise<void>;
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
    throw error;
  }
}

const report = (trouble: string) => new Logger('pacta').error(trouble);

async function start(
  config: Config,
  say: (step: string) => void,
  ending: Ending,
): Promise<Omit<Service, 'stop'>> {
  await requireFreePort(config);
  const record = await openRecord(config, say, report, ending);
  record.views.start();
  ending.afterwards(() => record.views.stop());
  const listener = new Listener(record.serviceUrl, record.grown);
  await listener.start();
  ending.afterwards(() => listener.stop());

  // Ends before the views do: the changes in hand are answered once those show them.
  const app = await createHttpApplication(AppModule.for(config.role, record), config.logLevel);
  ending.afterwards(() => stopServing(app));
  if (config.role !== 'worker') serveDescription(app);
  await app.init();

  let demoKeys: DemoKeys | undefined;
  if (!config.database && !config.production) {
    await playDemo(app.get(CommandBus), record.db, record.clock.now(), say);
    demoKeys = await keepDemoKeys(app.get(ApiKeys), join(config.dataDir, 'demo-keys.json'));
  }
  const address = await listen(app, config);
  if (config.role !== 'api') startProcesses(record, app.get(CommandBus), ending);
  if (config.role !== 'api') await startReminders(record, app.get(CommandBus), config, address, say, ending);
  return { address, demoKeys };
}

function startProcesses({ db, runner, onGrown }: OpenRecord, commands: CommandBus, ending: Ending): void {
  const processes = new Processes(db, runner.streams, commands, report);
  processes.start();
  onGrown(processes.wake);
  ending.afterwards(() => processes.stop());
}

async function startReminders(
  { db, clock, serviceUrl, onGrown }: OpenRecord,
  commands: CommandBus,
  { smtpUrl, smtpConnections, mailFrom, mailEnvironment, dataDir, redisUrl, publicUrl }: Config,
  address: string,
  say: (step: string) => void,
  ending: Ending,
): Promise<void> {
  const backend = await openQueueBackend(redisUrl ? { redisUrl } : { databaseUrl: serviceUrl }).catch(
    (error: Error) => {
      throw new StartError(`The Redis at ${new URL(redisUrl ?? '').host} cannot be used: ${error.message}`);
    },
  );
  const mailer = openMailer({ smtpUrl, from: mailFrom, outbox: join(dataDir, 'outbox') });
  ending.afterwards(() => mailer.close());
  const reminders = new Reminders({
    db,
    commands,
    clock,
    mailer,
    atATime: smtpConnections,
    backend,
    fence: new MailFence(db, { named: mailEnvironment, dataDir }),
    addresses: { publicUrl: publicUrl ?? address, mailDomain: mailDomainOf(mailFrom) },
    report,
  });
  reminders.start();
  onGrown(reminders.wake);
  ending.afterwards(() => reminders.stop());
  say(`Reminders go out: ${mailer.describes}`);
}

/** Domain of the sender's address, for message ids. */
function mailDomainOf(from: string): string {
  return /@([^\s>]+)>?$/.exec(from)?.[1] ?? 'localhost';
}

/** Finds out that a port is taken before anything else is started or made. */
async function requireFreePort({ host, port }: Config): Promise<void> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw refusalToListen(error, host, port);
  }
  await new Promise((resolve) => probe.close(resolve));
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    throw refusalToListen(error, host, port);
  }
  const { port: taken } = app.getHttpServer().address() as AddressInfo;
  const reachable = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${taken}`;
}

function refusalToListen(error: unknown, host: string, port: number): unknown {
  switch ((error as { code?: string }).code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is taken; set PORT to another one.`);
    case 'EACCES':
      return new StartError(`This process may not listen on port ${port}; set PORT to another one.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`This machine has no address ${host}; set HOST to one that it has.`);
    default:
      return error;
  }
}
