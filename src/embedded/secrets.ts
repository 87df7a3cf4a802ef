import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './failure.js';

/** Passwords of the two roles of the cluster. */
export interface Secrets {
  readonly owner: string;
  readonly service: string;
}

const FILE = 'database-secrets.json';

/** Reads the passwords kept in `dataDir`. Makes them up, once, when no cluster depends on them yet. */
export async function requireSecrets(dataDir: string, clusterExists: boolean): Promise<Secrets> {
  const kept = await readSecrets(dataDir);
  if (kept) return kept;
  if (clusterExists)
    throw new EmbeddedPostgresError(
      `The database in ${dataDir} cannot be opened, because its passwords are missing: put ${FILE} back from a backup.`,
    );
  await writeSecrets(join(dataDir, FILE), { owner: password(), service: password() });
  return (await readSecrets(dataDir))!;
}

/** The passwords kept in `dataDir`, if there are any. */
export async function readSecrets(dataDir: string): Promise<Secrets | undefined> {
  const path = join(dataDir, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const { owner, service } = JSON.parse(text) as Partial<Secrets>;
    if (typeof owner === 'string' && typeof service === 'string') return { owner, service };
  } catch {
    // Said below.
  }
  throw new EmbeddedPostgresError(
    `The passwords in ${path} cannot be read; put that file back from a backup.`,
  );
}

/** All of the file appears at once, and the first of two processes wins. */
async function writeSecrets(path: string, secrets: Secrets): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

function password(): string {
  return randomBytes(24).toString('base64url');
}
