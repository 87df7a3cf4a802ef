import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { openTestApi } from '../support/http.js';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(90_000);

let database: FreshDatabase;
let db: Database;
let owner: Database;
let folder: string;
let env: Record<string, string>;
let key: string;
const started: PactaProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(openServicePool(database.serviceUrl, 2));
  owner = openDatabase(openOwnerPool(database.ownerUrl));
  folder = await mkdtemp(join(tmpdir(), 'pacta-killed-'));
  env = {
    DATABASE_URL: database.serviceUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    PORT: '0',
    ROLE: 'api',
  };
  const maker = await openTestApi({ on: database });
  key = await maker.key({ role: 'recorder' });
  await maker.ending.now();
});
afterAll(async () => {
  for (const each of started) await each.end('SIGKILL');
  await db.destroy();
  await owner.destroy();
  await database.drop();
  await rm(folder, { recursive: true });
});

function start(): PactaProcess {
  const pacta = new PactaProcess(env);
  started.push(pacta);
  return pacta;
}

function post(url: string, body: object, once: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': once },
    body: JSON.stringify(body),
  });
}

async function events(log = 'talks'): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from event where log_id = ${log}`.execute(db);
  return rows[0]!.count;
}

async function announce(address: string, slug: string): Promise<void> {
  const parties = [
    { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
    { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
  ];
  const dialogue = { slug, titles: { en: 'Talks' }, level: 'directors', parties };
  expect((await post(`${address}/v1/dialogues`, dialogue, randomUUID())).status).toBe(201);
}

/** Resolves once a change is in the log. */
async function recorded(log: string): Promise<void> {
  while ((await events(log)) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
}

const meeting = { kind: 'working-level', titles: { en: 'Data' } };

test('a change whose process was killed after the append is not made again, and is answered at last', async () => {
  const first = start();
  const address = await first.ready();
  await announce(address, 'talks');
  const once = randomUUID();
  // While another holds the views back, the process has appended and not yet answered.
  await owner.transaction().execute(async (views) => {
    await sql`select from checkpoint for update`.execute(views);
    const lost = post(`${address}/v1/dialogues/talks/follow-ups`, meeting, once).catch(() => 'lost');
    await recorded('talks');
    await first.end('SIGKILL');
    expect(await lost).toBe('lost');
  });
  const { rows } = await sql`select status from repeatable_change order by asked_at`.execute(db);
  expect(rows).toEqual([{ status: 201 }, { status: null }]);

  const url = `${await start().ready()}/v1/dialogues/talks/follow-ups`;
  const answers = await Promise.all([post(url, meeting, once), post(url, meeting, once)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const [one, other] = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
  expect([one, await events()]).toEqual([other, 2]);
  const { followUps } = (await (await fetch(url)).json()) as { followUps: { id: string }[] };
  expect(followUps.map(({ id }) => id)).toEqual([one?.id]);
});

test('a process that is asked to end answers the changes in hand first', async () => {
  const pacta = start();
  const address = await pacta.ready();
  await announce(address, 'last');
  let answered: Promise<Response> | undefined;
  let ended: Promise<number | null> | undefined;
  await owner.transaction().execute(async (views) => {
    await sql`select from checkpoint for update`.execute(views);
    answered = post(`${address}/v1/dialogues/last/follow-ups`, meeting, randomUUID());
    await recorded('last');
    ended = pacta.end('SIGTERM');
    await pacta.says(/Stopping/);
  });
  expect((await answered!).status).toBe(201);
  expect(await ended).toBe(0);
});
