import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { behindQuery } from '../../src/event-store/poll.js';
import { step, type Subscriber } from '../../src/event-store/subscription.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';

let fresh: FreshDatabase;
let pool: Pool;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  pool = openServicePool(fresh.serviceUrl, 1);
  db = openDatabase(pool);
});
afterAll(async () => {
  await pool.end();
  await fresh.drop();
});

const recorder: Subscriber = { name: 'recorder', handle: () => Promise.resolve() };

test('heads and checkpoints are updated in place, without a new entry in an index', async () => {
  const appender = new Appender(pool);
  for (let count = 0; count < 100; count++) {
    await appender.append('test', appendTo(`focus-area-${count}`));
    await step(db, recorder, 'test');
  }
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ name: string; updated: number; inPlace: number }>`
    select relname as name, n_tup_upd::int as updated, n_tup_hot_upd::int as "inPlace"
      from pg_stat_user_tables where relname in ('log_head', 'checkpoint') order by 1`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(['checkpoint', 'log_head']);
  for (const { updated, inPlace } of rows) {
    expect(updated).toBeGreaterThanOrEqual(100);
    expect(inPlace).toBe(updated);
  }
});

test.each(['event', 'commitment_history'])(
  'what is only ever added to %s is vacuumed and frozen by a number of rows, however long the table',
  async (table) => {
    const { rows } = await sql<{ options: string[] }>`
      select reloptions as options from pg_class where oid = ${table}::regclass`.execute(db);
    expect(rows[0]?.options).toEqual(
      expect.arrayContaining([
        'autovacuum_vacuum_insert_threshold=10000',
        'autovacuum_vacuum_insert_scale_factor=0',
        'autovacuum_freeze_min_age=0',
      ]),
    );
  },
);

test('a poll of those who are caught up compares heads with checkpoints and looks at no event', async () => {
  const names = ['recorder', 'grants', 'dialogue-record'];
  const { sql: text, parameters } = behindQuery(names).compile(db);
  const { rows } = await pool.query<{ 'QUERY PLAN': object }>(`explain (format json) ${text}`, [
    ...parameters,
  ]);
  const read = JSON.stringify(rows[0]).match(/(?<="Relation Name":")\w+/g);
  expect(read?.toSorted()).toEqual(['checkpoint', 'log_head']);
});
