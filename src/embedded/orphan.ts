import { execFile } from 'node:child_process';
import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { logIn, pause } from './connection.js';
import { EmbeddedPostgresError } from './failure.js';
import { takeLock } from './lock.js';
import { PATIENCE, signalServer } from './signals.js';

/** Where a server may be running already, and how to get into it. */
export interface Place {
  readonly dataDir: string;
  readonly cluster: string;
  readonly password: string;
  readonly pgCtl: string;
  readonly say: (step: string) => void;
}

/** What a running server writes into its cluster: its process, and the port it listens on. */
export interface LockFile {
  readonly text: string;
  readonly pid: number;
  readonly port: number;
}

/** How long a server may take to start listening or to go, and to start or stop altogether, in milliseconds. */
const WAIT = { every: 50, silent: 3000, atMost: 60_000 };

/** Age up to which a server without a lock is given time, in milliseconds. */
const YOUTH = 1000;

/**
 * Makes sure that no server of a killed run is left on the cluster. Throws when a living Pacta uses it.
 * No process is signalled but one that has let us in as owner of this very cluster.
 */
export async function clearTheWay(place: Place): Promise<void> {
  const since = Date.now();
  let heard = since;
  let last = 0;
  for (; Date.now() - since < WAIT.atMost; await pause(WAIT.every)) {
    const file = await readLockFile(place.cluster);
    if (!file || !isAlive(file.pid)) return;
    last = file.pid;
    const login = await logIn(file.port, place.password);
    if (login.client) {
      heard = Date.now();
      if (await endOrphan(login.client, place)) return;
    } else if (login.failed === 'not-now') {
      if (heard === since) place.say('Waiting for a database that is just starting or stopping');
      heard = Date.now();
    } else if (await isAnotherProgram(file.pid, place.cluster)) {
      await disown(file, place.cluster);
      return;
    } else if (Date.now() - heard > WAIT.silent) return;
  }
  throw new EmbeddedPostgresError(
    `A PostgreSQL on ${place.dataDir} (process ${last}) neither finishes starting nor stopping; wait for it or end it, and try again.`,
  );
}

/** Stops the server behind the session; false when there is reason to look again instead. */
async function endOrphan(client: Client, place: Place): Promise<boolean> {
  try {
    if (!(await servesCluster(client, place.cluster))) return false;
    await takeLock(client, place.dataDir);
    if (await isYoung(client)) return false;
    const { rows } = await client.query<{ text: string }>(`select pg_read_file('postmaster.pid') as text`);
    const { pid } = parse(rows[0]!.text);
    place.say('Stopping a database left over from a run that was killed');
    signalServer(pid, 'INT', place.pgCtl);
    await untilGone(pid, place);
    return true;
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    // The session broke: someone else is stopping the server.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** True when the server behind the session works on this very cluster. */
export async function servesCluster(client: Client, cluster: string): Promise<boolean> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  const served = await realpath(rows[0]!.data_directory).catch(() => undefined);
  return served === (await realpath(cluster));
}

/** A server that was started a moment ago may belong to a Pacta that is about to take the lock. */
async function isYoung(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ young: boolean }>(
    `select clock_timestamp() - pg_postmaster_start_time() between interval '0' and $1::interval as young`,
    [`${YOUTH} milliseconds`],
  );
  return rows[0]!.young;
}

/** Waits for the lock file to go, which is the last thing that a server does. */
async function untilGone(pid: number, { cluster, pgCtl, dataDir }: Place): Promise<void> {
  let hurried = false;
  for (const since = Date.now(); ; await pause(WAIT.every)) {
    const file = await readLockFile(cluster);
    if (file?.pid !== pid || !isAlive(pid)) return;
    const waited = Date.now() - since;
    if (waited > PATIENCE && !hurried) {
      hurried = true;
      signalServer(pid, 'QUIT', pgCtl);
    }
    if (waited > WAIT.atMost)
      throw new EmbeddedPostgresError(
        `The database left over in ${dataDir} (process ${pid}) does not stop; end it and try again.`,
      );
  }
}

/** What the server that runs on the cluster, or ran on it last, wrote about itself. */
export async function readLockFile(cluster: string): Promise<LockFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parse(text);
}

function parse(text: string): LockFile {
  const [pid, , , port] = text.split('\n').map(Number);
  // Negative for a PostgreSQL that runs without a postmaster.
  return { text, pid: Math.abs(pid || 0), port: port || 0 };
}

function isAlive(pid: number): boolean {
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** True when the process is certainly not a server on the cluster: its number was handed out again since. */
async function isAnotherProgram(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    // A server works in its cluster.
    const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(cluster)]);
    return theirs.dev !== ours.dev || theirs.ino !== ours.ino;
  } catch {
    const name = await nameOf(pid);
    return name !== '' && !name.includes('postgres');
  }
}

function nameOf(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', 'comm='], (error, stdout) =>
      resolve(error ? '' : stdout.trim()),
    );
  });
}

/**
 * PostgreSQL trusts a lock file that names any living process of its user, and would refuse to start for
 * as long as that lives. It takes the number of its own parent, which we are, for stale, and still uses
 * the rest of the file to make sure that nothing of the former server is left.
 */
async function disown(file: LockFile, cluster: string): Promise<void> {
  const now = await readLockFile(cluster);
  if (now?.text !== file.text) return;
  await writeFile(join(cluster, 'postmaster.pid'), file.text.replace(/^-?\d+/, String(process.pid)));
}
