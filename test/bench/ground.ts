import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import type { Ending } from '../../src/ending.js';
import { migrate } from '../../src/event-store/migrate.js';
import type { Pace } from './rounds.js';

/** Connections of each pool, ours and the peers'. */
export const POOL = 32;

/** A database of its own on the one server that all sides are measured on. */
export interface BenchDatabase {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
}

/** What every section stands on: one PostgreSQL, and how long and how much to measure. */
export interface Ground {
  readonly ending: Ending;
  readonly pace: Pace;
  /** Events in the log of what is measured on a filled log. */
  readonly events: number;
  /** Sizes of the logs that growth is measured over, the smallest first. */
  readonly sizes: readonly number[];
  /** Makes an empty database. */
  database(name: string): Promise<BenchDatabase>;
  /** Makes a database with Pacta's schema. */
  pactaDatabase(name: string): Promise<BenchDatabase>;
  readonly say: (step: string) => void;
}

/** Settings without which a commit costs nothing and no comparison means anything. */
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

/** A PostgreSQL 18 in a directory that is removed at the end, as durable as it is by default. */
export async function startGround(
  ending: Ending,
  plan: Pick<Ground, 'pace' | 'events' | 'sizes' | 'say'>,
  under = tmpdir(),
): Promise<Ground & { readonly server: string }> {
  const dataDir = await mkdtemp(join(under, 'pacta-bench-'));
  ending.afterwards(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }));
  // More connections than by default, for the pools of both sides; nothing else differs.
  const settings = { max_connections: '200' };
  const postgres = await startEmbeddedPostgres({ dataDir, say: plan.say, settings });
  ending.afterwards(() => postgres.stop());
  const database = async (name: string) => {
    await asOwner(postgres.ownerUrl, (client) => client.query(`create database ${name}`));
    return { ownerUrl: named(postgres.ownerUrl, name), serviceUrl: named(postgres.serviceUrl, name) };
  };
  const pactaDatabase = async (name: string) => {
    const made = await database(name);
    await migrate(made.ownerUrl);
    return made;
  };
  return { ...plan, ending, database, pactaDatabase, server: await mustBeDurable(postgres.ownerUrl) };
}

/** Does something as the owner of a database. */
export async function asOwner<Result>(
  ownerUrl: string,
  act: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** Asks the server itself what it does on a commit, and says so. Throws where that is less than durable. */
async function mustBeDurable(ownerUrl: string): Promise<string> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
        where name = any($1) or name in ('server_version', 'wal_sync_method', 'shared_buffers')`,
      [DURABLE],
    );
    const found = new Map(rows.map(({ name, setting }) => [name, setting]));
    const lax = DURABLE.filter((name) => found.get(name) !== 'on');
    if (lax.length > 0) throw new Error(`The server is not durable: ${lax.join(', ')} must be on.`);
    const method = found.get('wal_sync_method');
    return `PostgreSQL ${found.get('server_version')}, ${DURABLE.map((name) => `${name} on`).join(', ')}, ${method}`;
  });
}

function named(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
