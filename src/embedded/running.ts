import { realpath } from 'node:fs/promises';
import { SERVICE_ROLE } from '../event-store/database.js';
import { clusterIn } from './cluster.js';
import { logIn, OWNER, urlOf } from './connection.js';
import { DATABASE } from './embedded-postgres.js';
import { isLocked } from './lock.js';
import { readLockFile, servesCluster } from './orphan.js';
import { readSecrets } from './secrets.js';

/** Logins to a running embedded PostgreSQL. */
export interface RunningPostgres {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
}

/** The PostgreSQL that a living Pacta runs on `dataDir`, for a command beside it; undefined where there is none. */
export async function findRunningPostgres(dataDir: string): Promise<RunningPostgres | undefined> {
  const directory = await realpath(dataDir).catch(() => undefined);
  const secrets = directory && (await readSecrets(directory));
  const file = directory && (await readLockFile(clusterIn(directory)));
  if (!secrets || !file) return undefined;
  const { client } = await logIn(file.port, secrets.owner);
  if (!client) return undefined;
  try {
    if (!(await servesCluster(client, clusterIn(directory))) || !(await isLocked(client))) return undefined;
  } finally {
    await client.end();
  }
  const { port } = file;
  return {
    ownerUrl: urlOf({ port, user: OWNER, password: secrets.owner, database: DATABASE }),
    serviceUrl: urlOf({ port, user: SERVICE_ROLE, password: secrets.service, database: DATABASE }),
  };
}
