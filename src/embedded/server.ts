import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Binaries } from './binaries.js';
import { clusterIn } from './cluster.js';
import { logIn, pause } from './connection.js';
import { EmbeddedPostgresError, quote } from './failure.js';
import { surroundings } from './program.js';
import { PATIENCE, signalServer } from './signals.js';
import type { ServerUser } from './unprivileged.js';

/** Overrides of PostgreSQL's settings, by name. */
export type Settings = Readonly<Record<string, string>>;

/** A server that this process has started, and the owner's first session on it. */
export interface Server {
  readonly port: number;
  readonly client: Client;
  /** Shuts the server down and waits for its end. */
  stop(): Promise<void>;
}

/** What {@link startServer} needs to know. */
export interface ServerPlan {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly password: string;
  readonly settings: Settings;
}

/** Small, on this machine only, and durable, because PostgreSQL's own defaults are. */
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'pacta',
  shared_buffers: '32MB',
  max_connections: '60',
  max_wal_size: '256MB',
  // Spares the processes that would read ahead, and the one that would start subscriptions.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  // What parties promise each other must not end up in the server's log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
};

/** Tries with another port, when some program takes the one that was free a moment ago. */
const MAX_PORTS = 5;

/** Pause between two attempts to log in, and how long the server may stay silent, in milliseconds. */
const POLL = { every: 20, silent: 30_000 };

const PORT_TAKEN = /could not (bind|create any TCP\/IP sockets)/;
/** Another Pacta runs a server on the cluster, or took ours for one that was left over. */
const CLUSTER_TAKEN =
  /lock file .* already exists|pre-existing shared memory block|received \w+ shutdown request/;

/** Starts PostgreSQL on the cluster; undefined when another server is or will be running on it. */
export async function startServer(plan: ServerPlan): Promise<Server | undefined> {
  for (let tried = 1; ; tried++) {
    const before = await logLength(plan.dataDir);
    const port = await freePort();
    const child = await launch(plan, port);
    const client = await firstLogin(child, port, plan);
    if (client) return { port, client, stop: () => stop(child, plan.binaries.pg_ctl) };
    const said = (await logOf(plan.dataDir)).subarray(before).toString();
    if (CLUSTER_TAKEN.test(said)) return undefined;
    if (!PORT_TAKEN.test(said) || tried === MAX_PORTS) throw quote(lastComplaint(said), plan.dataDir);
  }
}

/** The server's own words about why it cannot run on the cluster. */
export async function lastWords(dataDir: string): Promise<string> {
  return lastComplaint((await logOf(dataDir)).toString());
}

function logFile(dataDir: string): string {
  return join(dataDir, 'postgres.log');
}

async function logLength(dataDir: string): Promise<number> {
  const found = await stat(logFile(dataDir)).catch(() => undefined);
  return found?.size ?? 0;
}

async function logOf(dataDir: string): Promise<Buffer> {
  return readFile(logFile(dataDir)).catch(() => Buffer.alloc(0));
}

async function launch(
  { dataDir, binaries, user, settings }: ServerPlan,
  port: number,
): Promise<ChildProcess> {
  const all = Object.entries({ ...SETTINGS, port: String(port), ...settings });
  const args = ['-D', clusterIn(dataDir), ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const { file, args: rest, options } = user.launch(binaries.postgres, args);
  const log = await open(logFile(dataDir), 'a', 0o600);
  try {
    const child = spawn(file, rest, {
      ...surroundings(),
      ...options,
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C in the terminal reaches this process only, which then stops the server in order.
      detached: true,
    });
    child.on('error', () => undefined);
    // At once, as nobody is left to hurry it should it hang; what was committed is in its log.
    const leave = () => void (child.pid && signalServer(child.pid, 'QUIT', binaries.pg_ctl));
    process.once('exit', leave);
    child.once('exit', () => process.off('exit', leave));
    return child;
  } finally {
    await log.close();
  }
}

/** Asks for the way in until it is given; undefined when the server has ended before that. */
async function firstLogin(child: ChildProcess, port: number, plan: ServerPlan): Promise<Client | undefined> {
  const { dataDir, password, binaries } = plan;
  let heard = Date.now();
  for (; !hasEnded(child); await pause(POLL.every)) {
    const login = await logIn(port, password);
    if (login.client) return login.client;
    if (login.failed === 'not-now') heard = Date.now();
    const refused = login.failed === 'refused' && !hasEnded(child);
    if (!refused && Date.now() - heard < POLL.silent) continue;
    await stop(child, binaries.pg_ctl);
    throw new EmbeddedPostgresError(
      refused
        ? `The database in ${dataDir} does not accept the passwords in ${join(dataDir, 'database-secrets.json')}; put that file back from a backup.`
        : `The database in ${dataDir} did not answer within ${POLL.silent / 1000} seconds; ${logFile(dataDir)} may say why.`,
    );
  }
  return undefined;
}

async function stop(child: ChildProcess, pgCtl: string): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalServer(child.pid!, 'INT', pgCtl);
  const impatience = setTimeout(() => signalServer(child.pid!, 'QUIT', pgCtl), PATIENCE);
  await ended;
  clearTimeout(impatience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The last fatal line, without those about our own attempts to log in. */
function lastComplaint(log: string): string {
  const lines = [...log.matchAll(/(?:FATAL|PANIC): +(.+)/g)].map(([, said]) => said!);
  const last = lines.findLast((said) => !/^the database system is|authentication/.test(said));
  return last ?? log.trim().split('\n').at(-1)!.replace(/^$/, 'PostgreSQL ended without a word');
}
