import type { Client } from 'pg';
import { readModels } from '../../src/read-models/views.js';
import { asOwner } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { settled } from '../support/open-record.js';
import { examineViews } from '../../src/read-models/view-examination.js';
import { d, openTalks, type Talks } from '../support/talks.js';

let api: Talks;
beforeEach(async () => {
  api = await openTalks();
});
afterEach(() => api.ending.now());

const own = () => new URL(api.ownerUrl).pathname.slice(1);

/** Does something to the database while nobody is connected to it. */
async function apart(act: (client: Client, database: string) => Promise<unknown>): Promise<void> {
  const database = own();
  await asOwner(async (client) => {
    await client.query(`alter database ${database} with allow_connections false`);
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
      database,
    ]);
    await act(client, database);
    await client.query(`alter database ${database} with allow_connections true`);
  });
}

const backUp = () =>
  apart((client, database) => client.query(`create database ${database}_kept template ${database}`));

const restore = () =>
  apart(async (client, database) => {
    await client.query(`drop database ${database} with (force)`);
    await client.query(`alter database ${database}_kept rename to ${database}`);
  });

/** Defines a focus area, as soon as the database is there again. */
async function define(code: string, once = code): Promise<void> {
  await eventually(async () => {
    const answer = await api.ask('POST', `${d}/focus-areas`, {
      key: api.recorder,
      body: { code, names: { en: `Area ${code}` } },
      headers: { 'idempotency-key': once },
    });
    expect(answer.status).toBe(201);
  });
}

const shown = async (code: string) => (await api.ask('GET', `${d}/focus-areas/${code}`)).status;

describe('a process whose database is restored to an earlier state underneath it', () => {
  test('writes anew what it had written before and is asked for again', async () => {
    await backUp();
    for (const code of ['A', 'B', 'C']) await define(code);
    await restore();
    for (const code of ['A', 'B', 'C']) {
      await define(code);
      expect(await shown(code)).toBe(200);
    }
  });

  test('shows at once what is recorded then, and nothing of what is no more', async () => {
    await backUp();
    for (const code of ['A', 'B', 'C']) await define(code);
    await restore();
    await define('D');
    expect(await shown('D')).toBe(200);
    for (const code of ['A', 'B', 'C']) expect(await shown(code)).toBe(404);
    await settled(api);
    expect((await examineViews(api.db, readModels, 'all')).findings).toEqual([]);
  });
});
