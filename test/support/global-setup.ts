import './source-imports.cjs';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { migrate } from '../../src/event-store/migrate.js';
import { asOwner, TEMPLATE, urlTo } from './database.js';
import { endRun, keepRunning } from './run.js';

/** What would lead tests to services and data of the person who runs them; what is named for tests is not. */
const STEERING =
  /^(PACTA_(?!TEST_(REDIS_URL|CHROMIUM|PICTURES|MODEL_RUNS|SEED)$|PROOF_(SECONDS|KILLS|SEED)$|SIMULATIONS$).*|PG[A-Z]+|SMTP_URL|REDIS_URL|DATABASE_(OWNER_)?URL|PUBLIC_URL|OIDC_(ISSUER|AUDIENCE)|ROLE|PORT|HOST|DATA_DIR|MAIL_FROM|LOG_LEVEL)$/;

/** Its data outlives no run, so it need not reach the disk. Two workers with some pools each must fit. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** Starts one PostgreSQL for the whole run and migrates the database that every test's is a copy of. */
export default async function globalSetup(): Promise<void> {
  for (const name of Object.keys(process.env)) if (STEERING.test(name)) delete process.env[name];
  const directory = await mkdtemp(join(tmpdir(), 'pacta-test-'));
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: directory,
      say: () => undefined,
      settings: SETTINGS,
    });
    keepRunning({ postgres, remove });
    process.env.PACTA_TEST_OWNER_URL = postgres.ownerUrl;
    process.env.PACTA_TEST_SERVICE_URL = postgres.serviceUrl;
    await asOwner((client) => client.query(`create database ${TEMPLATE}`));
    await migrate(urlTo(TEMPLATE, 'PACTA_TEST_OWNER_URL'));
  } catch (error) {
    // Jest runs no teardown after a setup that failed.
    await endRun();
    remove();
    throw error;
  }
}
