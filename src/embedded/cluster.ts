import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAJOR } from './binaries.js';
import { OWNER } from './connection.js';
import { EmbeddedPostgresError, quote } from './failure.js';
import { firstLine, run } from './program.js';
import type { ServerUser } from './unprivileged.js';

const HALF_MADE = 'postgres.new-';

/** Sorting by code point and UTF-8 text, alike on every machine and in every later version. */
const FLAGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  `--username=${OWNER}`,
];

/** The directory of the cluster in `dataDir`. */
export function clusterIn(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** True when there is a cluster that this PostgreSQL can open, false when there is none at all. */
export async function clusterExists(dataDir: string): Promise<boolean> {
  const cluster = clusterIn(dataDir);
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(unlessAbsent);
  if (version === undefined) {
    const files = await readdir(cluster).catch(unlessAbsent);
    if (!files || files.length === 0) return false;
    throw new EmbeddedPostgresError(`There is something else than a database in ${cluster}; move it away.`);
  }
  if (version.trim() === String(MAJOR)) return true;
  throw new EmbeddedPostgresError(
    `The database in ${cluster} was made by PostgreSQL ${version.trim()}, which PostgreSQL ${MAJOR} cannot open; nothing was changed.`,
  );
}

/** What {@link makeCluster} needs to know. */
export interface NewCluster {
  readonly dataDir: string;
  readonly initdb: string;
  readonly user: ServerUser;
  readonly password: string;
  /** Whether the cluster must survive a power failure from its first moment on. */
  readonly durable: boolean;
}

/** Makes a cluster out of sight and then moves it into place: there is a whole one or none. */
export async function makeCluster({ dataDir, initdb, user, password, durable }: NewCluster): Promise<void> {
  const workshop = await mkdtemp(join(dataDir, HALF_MADE));
  try {
    const made = join(workshop, 'cluster');
    const passwordFile = join(workshop, 'password');
    await mkdir(made, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    for (const path of [workshop, made, passwordFile]) await user.give(path);
    const flags = durable ? FLAGS : [...FLAGS, '--no-sync'];
    const args = [...flags, `--pgdata=${made}`, `--pwfile=${passwordFile}`];
    const { failed, printed } = await run(user.launch(initdb, args));
    if (failed) throw quote(complaint(printed), dataDir);
    await rename(made, clusterIn(dataDir));
    if (durable) await syncDirectory(dataDir);
  } catch (error) {
    // Another Pacta that started at the same time may have been faster; then there is a cluster, and it has the same passwords.
    if (!(await clusterExists(dataDir))) throw error;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Removes what runs left behind that were killed while they made a cluster. Only for the one who holds the lock. */
export async function removeHalfMade(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(HALF_MADE)) continue;
    // Left for the next start when something still writes there.
    await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The line of initdb's output that says what went wrong. */
function complaint(printed: string): string {
  const [, said] = /(?:initdb: error|FATAL): +(.*)/.exec(printed) ?? [];
  return firstLine(said ?? printed);
}

async function syncDirectory(path: string): Promise<void> {
  // Windows does not open directories.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
