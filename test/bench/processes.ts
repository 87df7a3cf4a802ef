import { PactaProcess } from '../support/pacta-process.js';
import type { BenchDatabase, Ground } from './ground.js';

/** A server in a process of its own. */
export interface Served {
  readonly address: string;
  readonly pid: number;
  /** Ends it, once however often it is asked to. */
  end(): Promise<unknown>;
}

function settingsFor({ serviceUrl, ownerUrl }: BenchDatabase) {
  return { DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl, NODE_ENV: 'production' };
}

/** The built service as an API, with its default settings and all its views. */
export async function servePacta(
  { ending }: Pick<Ground, 'ending'>,
  database: BenchDatabase,
): Promise<Served> {
  const served = new PactaProcess({ ...settingsFor(database), ROLE: 'api', PORT: '0' });
  const end = () => served.end('SIGTERM');
  ending.afterwards(async () => void (await end()));
  return { address: await served.ready(), pid: served.pid, end };
}

/** Makes a key for a desk officer of Aldovia, as an operator would. */
export async function makeKey(database: BenchDatabase): Promise<string> {
  const terms = ['--role', 'desk-officer', '--party', 'ALD'];
  const made = new PactaProcess(settingsFor(database), ['dist/cli/main.js', 'key', 'create', ...terms]);
  const [key] = await made.says(/pacta_\w{10}_[\w-]{32}/);
  await made.end();
  return key;
}

/** The peer of the whole service: one route, one INSERT. */
export async function serveBareRoute({ ending }: Pick<Ground, 'ending'>, url: string): Promise<Served> {
  const args = ['--import', './scripts/run-on-dist.js', 'test/bench/bare-route.ts', url];
  const served = new PactaProcess({ NODE_ENV: 'production' }, args);
  const end = () => served.end('SIGTERM');
  ending.afterwards(async () => void (await end()));
  const [, address] = await served.says(/Listening on (\S+)/);
  return { address: address!, pid: served.pid, end };
}
