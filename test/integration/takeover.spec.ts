import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { keptAlive } from '../../src/event-store/kept-alive.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import { step } from '../../src/event-store/subscription.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { compileProgram } from '../support/compiled-program.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { openFreezer } from '../support/freezer.js';

/** Longest that a log may stay with a worker that is gone, in milliseconds: a rule, and not a measurement. */
const TAKEN_OVER_WITHIN = 5000;

/** Writes the rows of a step and then hangs, kept alive as a process of the domain is while it works elsewhere. */
const HANGS = `
  import { openDatabase, openServicePool } from './src/event-store/database.js';
  import { keptAlive } from './src/event-store/kept-alive.js';
  import { step } from './src/event-store/subscription.js';
  import { focusAreaStatus } from './src/read-models/focus-area-status.js';
  const [, , url] = process.argv;
  // Before it says so: a signal that nobody waits for ends the process.
  const woken = new Promise((resolve) => process.once('SIGUSR2', resolve));
  const hangs = {
    name: focusAreaStatus.name,
    async handle(log, events, tx) {
      await focusAreaStatus.handle(log, events, tx);
      console.log('holds');
      await keptAlive(tx, woken);
    },
  };
  setInterval(() => undefined, 1000);
  await step(openDatabase(openServicePool(url)), hangs, 'test').then(
    ({ outcome }) => console.log(outcome),
    () => console.log('lost'),
  );
  process.exit();
`;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacta-takeover-'));
  program = await compileProgram(folder, ['src/domain', 'src/event-store', 'src/read-models'], HANGS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let fresh: FreshDatabase;
let pool: Pool;
let db: Database;
let worker: ChildProcess | undefined;

beforeEach(async () => {
  fresh = await freshDatabase();
  pool = openServicePool(fresh.serviceUrl);
  db = openDatabase(pool);
  await new Appender(pool).append('test', appendTo('focus-area-a'));
});
afterEach(async () => {
  worker?.kill('SIGKILL');
  worker = undefined;
  await pool.end();
  await fresh.drop();
});

/** A worker in a process of its own that holds the log in the middle of a step. */
async function holding(url = fresh.serviceUrl): Promise<ChildProcess> {
  worker = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(worker.stdout!, 'data')) as [Buffer];
  expect(said.toString()).toBe('holds\n');
  expect(await step(db, focusAreaStatus, 'test')).toEqual({ outcome: 'busy-elsewhere' });
  return worker;
}

async function isTakenOver(): Promise<boolean> {
  const follower = new Follower(db, focusAreaStatus, () => undefined);
  follower.start();
  const taken = await follower.waitFor('test', 1, TAKEN_OVER_WITHIN);
  await follower.stop();
  return taken;
}

const codes = async () => (await sql<{ code: string }>`select code from focus_area`.execute(db)).rows;

test('a worker that is killed in the middle of a step is followed by another within five seconds', async () => {
  (await holding()).kill('SIGKILL');
  expect(await isTakenOver()).toBe(true);
  expect(await codes()).toEqual([{ code: 'a' }]);
});

test('so is one that hangs in the middle of a step, and what it does after it wakes up counts for nothing', async () => {
  const hung = await holding();
  hung.kill('SIGSTOP');
  expect(await isTakenOver()).toBe(true);
  await sql`update focus_area set names = '{"en": "Changed since"}'`.execute(db);

  hung.kill('SIGCONT');
  hung.kill('SIGUSR2');
  const [said] = (await once(hung.stdout!, 'data')) as [Buffer];
  expect(said.toString()).toBe('lost\n');
  expect((await sql`select names from focus_area`.execute(db)).rows).toEqual([
    { names: { en: 'Changed since' } },
  ]);
});

test('so is one whose host vanishes without a word', async () => {
  const network = await openFreezer(fresh.serviceUrl);
  await holding(network.url);
  network.freeze();
  expect(await isTakenOver()).toBe(true);
  await network.close();
});

test('one that works elsewhere keeps its log for as long as that takes', async () => {
  const slow = {
    name: 'slow',
    handle: (_log: string, _events: unknown, tx: never) =>
      keptAlive(tx, new Promise<void>((resolve) => setTimeout(resolve, 4500))),
  };
  const working = step(db, slow, 'test');
  expect(await working).toEqual({ outcome: 'moved', position: 1 });
  expect(await checkpointOf(db, 'slow', 'test')).toBe(1);
});

test('an append whose database falls silent is not held for ever: it finds out what became of it over another connection', async () => {
  const network = await openFreezer(fresh.serviceUrl);
  const distant = openServicePool(network.url, 2, 500);
  const appender = new Appender(distant);
  await appender.append('test', appendTo('focus-area-b'));
  network.freeze();
  const appended = appender.append('test', appendTo('focus-area-c'));
  network.letNewOnesThrough();
  expect(await appended).toMatchObject({ position: 3 });
  await distant.end();
  await network.close();
});

test('a statement that takes longer than any should is ended, and may be asked again', async () => {
  const impatient = openServicePool(fresh.serviceUrl, 1, 200);
  await expect(impatient.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
  expect((await impatient.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await impatient.end();
});
