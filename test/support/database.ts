import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Databases are made as copies of this one, which is migrated once per run. */
export const TEMPLATE = 'pacta_template';

/** A database of its own for one test or one file of tests. */
export interface FreshDatabase {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  /** Ends the connections to it and removes it. */
  readonly drop: () => Promise<void>;
}

/** Makes an empty, migrated database. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner((client) => client.query(`create database ${name} template ${TEMPLATE}`));
  return {
    ownerUrl: urlTo(name, 'PACTA_TEST_OWNER_URL'),
    serviceUrl: urlTo(name, 'PACTA_TEST_SERVICE_URL'),
    drop: () => asOwner((client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

/** Does something as the owner of the run's PostgreSQL, outside every test's database. */
export async function asOwner(act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: process.env.PACTA_TEST_OWNER_URL });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

/** The URL to a database of the run's PostgreSQL, with the login of the given variable. */
export function urlTo(database: string, variable: 'PACTA_TEST_OWNER_URL' | 'PACTA_TEST_SERVICE_URL'): string {
  const url = new URL(process.env[variable]!);
  url.pathname = `/${database}`;
  return url.href;
}
