import { randomInt } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { SERVICE_ROLE } from '../event-store/database.js';
import { findBinaries, MAJOR } from './binaries.js';
import { clusterExists, clusterIn, makeCluster, removeHalfMade } from './cluster.js';
import { logIn, OWNER, pause, urlOf } from './connection.js';
import { explain, quote } from './failure.js';
import { anotherIsRunning, keepLock, takeLock } from './lock.js';
import { clearTheWay } from './orphan.js';
import { requireSecrets, type Secrets } from './secrets.js';
import { lastWords, startServer, type Server, type ServerPlan, type Settings } from './server.js';
import { chooseServerUser } from './unprivileged.js';

export { EmbeddedPostgresError } from './failure.js';

/** What to start, and whom to tell about it. */
export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  readonly say: (step: string) => void;
  /** Overrides of PostgreSQL's settings; without them the database is small and durable. */
  readonly settings?: Settings;
}

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** Logs in as the superuser who owns the database. */
  readonly ownerUrl: string;
  /** Logs in as the service's role, which has no rights but those granted to it. */
  readonly serviceUrl: string;
  /** Whether the database was made by this start. */
  readonly isNew: boolean;
  /** Shuts PostgreSQL down and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Name of the database. */
export const DATABASE = 'pacta';

/** How long to go on, in milliseconds, when others start and stop a server on the same directory at the same time. */
const CONTEND = 10_000;

/**
 * Starts PostgreSQL on the cluster in `dataDir`, which is made first where there is none. A server left
 * over from a killed run is replaced. Throws an EmbeddedPostgresError for everything that was to be expected.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
  find = findBinaries,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await startIn(await realpath(dataDir), options, find);
  } catch (error) {
    throw explain(error, dataDir);
  }
}

async function startIn(
  dataDir: string,
  { say, settings = {} }: EmbeddedPostgresOptions,
  find: typeof findBinaries,
): Promise<EmbeddedPostgres> {
  const cluster = clusterIn(dataDir);
  const exists = await clusterExists(dataDir);
  const binaries = await find();
  const user = await chooseServerUser(binaries.postgres, dataDir, cluster);
  const secrets = await requireSecrets(dataDir, exists);
  const password = secrets.owner;
  if (!exists) {
    say(`Creating a database in ${dataDir}`);
    const durable = settings.fsync !== 'off';
    await makeCluster({ dataDir, initdb: binaries.initdb, user, password, durable });
  }
  const server = await startAlone({ dataDir, binaries, user, password, settings }, say);
  try {
    return await open(server, dataDir, secrets);
  } catch (error) {
    await server.stop();
    throw wasStopped(error) ? anotherIsRunning(dataDir) : error;
  }
}

/** Before our session takes the lock, another Pacta that starts too may take our server for one left over. */
function wasStopped(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return code.startsWith('57P0') || /connection terminated|not queryable/i.test(message);
}

/** Starts the server once nobody else's is running on the cluster. */
async function startAlone(plan: ServerPlan, say: (step: string) => void): Promise<Server> {
  const { dataDir, password, binaries } = plan;
  for (const since = Date.now(); Date.now() - since < CONTEND; await pause(randomInt(250))) {
    await clearTheWay({ dataDir, cluster: clusterIn(dataDir), password, pgCtl: binaries.pg_ctl, say });
    say(`Starting PostgreSQL ${MAJOR} on ${dataDir}`);
    const server = await startServer(plan);
    if (server) return server;
  }
  throw quote(await lastWords(dataDir), dataDir);
}

async function open(server: Server, dataDir: string, secrets: Secrets): Promise<EmbeddedPostgres> {
  const { port, client } = server;
  await takeLock(client, dataDir);
  const lock = keepLock(client, () => logIn(port, secrets.owner));
  await removeHalfMade(dataDir);
  const isNew = await requireDatabase(client, secrets);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    lock.letGo();
    return server.stop();
  };
  return {
    ownerUrl: urlOf({ port, user: OWNER, password: secrets.owner, database: DATABASE }),
    serviceUrl: urlOf({ port, user: SERVICE_ROLE, password: secrets.service, database: DATABASE }),
    isNew,
    stop: () => (stopped ??= stop()),
  };
}

/** Makes the service's role and the database where they are missing; true when the database was. */
async function requireDatabase(client: Client, { service }: Secrets): Promise<boolean> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as role,
            exists (select from pg_database where datname = $2) as database`,
    [SERVICE_ROLE, DATABASE],
  );
  const { role, database } = rows[0]!;
  if (!role)
    await client.query(`create role ${SERVICE_ROLE} login password ${client.escapeLiteral(service)}`);
  if (!database) await client.query(`create database ${DATABASE}`);
  return !database;
}
