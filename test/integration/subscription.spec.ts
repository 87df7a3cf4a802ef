import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client, type Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import { step, type Subscriber } from '../../src/event-store/subscription.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { eventually } from '../support/eventually.js';

let pool: Pool;
let db: Database;
let appender: Appender;
let drop: () => Promise<void>;
let url: string;

beforeEach(async () => {
  const fresh = await freshDatabase();
  pool = openServicePool(fresh.serviceUrl);
  db = openDatabase(pool);
  appender = new Appender(pool);
  drop = fresh.drop;
  url = fresh.serviceUrl;
});
afterEach(async () => {
  await pool.end();
  await drop();
});

const rowsOf = async (log: string) =>
  (
    await sql<{ code: string }>`select code from focus_area where log_id = ${log} order by position`.execute(
      db,
    )
  ).rows;

/** The real projection, with something going wrong after its rows are written and before the checkpoint moves. */
const brokenAfterRows = (
  breaks: (tx: Parameters<Subscriber['handle']>[2]) => Promise<unknown>,
): Subscriber => ({
  name: focusAreaStatus.name,
  async handle(log, events, tx) {
    await focusAreaStatus.handle(log, events, tx);
    expect((await sql`select from focus_area where log_id = ${log}`.execute(tx)).rows).toHaveLength(
      events.length,
    );
    await breaks(tx);
  },
});

test.each([
  ['throws', () => Promise.reject(new Error('killed here'))],
  [
    'loses its connection',
    (tx: Parameters<Subscriber['handle']>[2]) =>
      sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx),
  ],
])(
  'rows and checkpoint move together: a projection that %s between them leaves neither',
  async (_how, breaks) => {
    await appender.append('test', appendTo('focus-area-a'));
    await appender.append('test', appendTo('focus-area-b'));
    await step(db, brokenAfterRows(breaks), 'test').catch(() => undefined);
    expect(await rowsOf('test')).toEqual([]);
    expect(await checkpointOf(db, focusAreaStatus.name, 'test')).toBe(0);

    expect(await step(db, focusAreaStatus, 'test')).toEqual({ outcome: 'moved', position: 2 });
    expect(await rowsOf('test')).toEqual([{ code: 'a' }, { code: 'b' }]);
    expect(await checkpointOf(db, focusAreaStatus.name, 'test')).toBe(2);
  },
);

test('a log that one worker holds is left alone by another, and taken over when the first is gone', async () => {
  await appender.append('test', appendTo('focus-area-a'));
  await step(db, focusAreaStatus, 'test');
  await appender.append('test', appendTo('focus-area-b'));
  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query(`select from checkpoint where log_id = 'test' for update`);
  expect(await step(db, focusAreaStatus, 'test')).toEqual({ outcome: 'busy-elsewhere' });
  holder.release(true);
  let result = await step(db, focusAreaStatus, 'test');
  for (let tries = 0; result.outcome === 'busy-elsewhere' && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    result = await step(db, focusAreaStatus, 'test');
  }
  expect(result).toEqual({ outcome: 'moved', position: 2 });
});

test('many workers handle every event of every log exactly once and in order', async () => {
  const seen = new Map<string, number[]>();
  const recorder: Subscriber = {
    name: 'recorder',
    handle: (log, events) => {
      seen.set(log, [...(seen.get(log) ?? []), ...events.map((event) => event.position)]);
      return Promise.resolve();
    },
  };
  const followers = Array.from(
    { length: 4 },
    () => new Follower(db, recorder, (trouble) => console.error(trouble)),
  );
  followers.forEach((follower) => follower.start());
  const logs = ['one', 'two', 'three'];
  await Promise.all(
    logs.flatMap((log) =>
      Array.from({ length: 60 }, async (_, index) => {
        await appender.append(log, appendTo(`focus-area-${index}`, 0, 1, log));
        followers[index % 4]!.wake();
      }),
    ),
  );
  for (const log of logs) expect(await followers[0]!.waitFor(log, 60, 10_000)).toBe(true);
  await Promise.all(followers.map((follower) => follower.stop()));
  const inOrder = Array.from({ length: 60 }, (_, index) => index + 1);
  for (const log of logs) expect(seen.get(log)).toEqual(inOrder);
});

test('a log whose very first event cannot be handled is parked as well', async () => {
  await appender.append('bad', appendTo('focus-area-poison', 0, 1, 'bad'));
  const refuses: Subscriber = {
    name: 'refuses',
    handle: () => Promise.reject(new Error('cannot read this')),
  };
  const follower = new Follower(db, refuses, () => undefined);
  follower.start();
  expect(await follower.waitFor('bad', 1, 500)).toBe(false);
  await follower.stop();
  const parked = await db
    .selectFrom('checkpoint')
    .select(['log_id', 'position'])
    .where('parked_at', 'is not', null)
    .execute();
  expect(parked).toEqual([{ log_id: 'bad', position: 0 }]);
});

test('an event that cannot be handled parks its log, for its subscriber only, and says why', async () => {
  const troubles: string[] = [];
  let poison = true;
  const picky: Subscriber = {
    name: 'picky',
    handle: (_log, events) =>
      poison && events.some((event) => event.stream === 'focus-area-poison')
        ? Promise.reject(new Error('cannot read this'))
        : Promise.resolve(),
  };
  for (const stream of ['focus-area-fine', 'focus-area-poison', 'focus-area-later']) {
    await appender.append('bad', appendTo(stream, 0, 1, 'bad'));
  }
  await appender.append('good', appendTo('focus-area-fine', 0, 1, 'good'));
  const follower = new Follower(db, picky, (trouble) => troubles.push(trouble));
  follower.start();
  expect(await follower.waitFor('good', 1, 5000)).toBe(true);
  expect(await follower.waitFor('bad', 1, 5000)).toBe(true);
  expect(await follower.waitFor('bad', 2, 300)).toBe(false);
  await follower.stop();
  expect(troubles).toEqual([expect.stringContaining('cannot read this')]);
  const parked = await db.selectFrom('checkpoint').selectAll().where('parked_at', 'is not', null).execute();
  expect(parked).toMatchObject([
    { subscription: 'picky', log_id: 'bad', position: 1, parked_why: 'Error: cannot read this' },
  ]);

  poison = false;
  const repaired = new Follower(db, picky, (trouble) => troubles.push(trouble));
  repaired.start();
  expect(await repaired.waitFor('bad', 3, 5000)).toBe(true);
  await repaired.stop();
});

/** Notes what it is given, log by log. */
function noting(): { readonly subscriber: Subscriber; readonly seen: Record<string, number[]> } {
  const seen: Record<string, number[]> = {};
  const subscriber: Subscriber = {
    name: 'noting',
    handle: (log, events) => {
      (seen[log] ??= []).push(...events.map(({ position }) => position));
      return Promise.resolve();
    },
  };
  return { subscriber, seen };
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('no event is missed where writers of several processes come between each other and some roll back', async () => {
  const { subscriber, seen } = noting();
  const follower = new Follower(db, subscriber, (trouble) => console.error(trouble));
  await appender.append('test', appendTo('focus-area-first'));
  follower.start();
  const other = openServicePool(url);
  const writers = [appender, new Appender(other)];
  let over = false;
  const rollBack = async () => {
    for (; !over; await new Promise((resolve) => setTimeout(resolve, 5))) {
      const client = await other.connect();
      await client.query(`begin; update log_head set position = position + 1 where log_id = 'test'`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await client.query('rollback');
      client.release();
    }
  };
  const rollingBack = rollBack();
  await Promise.all(
    Array.from({ length: 50 }, async (_, writer) => {
      for (let count = 0; count < 4; count++) {
        await writers[writer % 2]!.append('test', appendTo(`focus-area-${writer}-${count}`));
        follower.wake();
      }
    }),
  );
  over = true;
  await rollingBack;
  expect(await follower.waitFor('test', 201, 10_000)).toBe(true);
  await follower.stop();
  await other.end();
  expect(seen).toEqual({ test: upTo(201) });
});

test('a transaction of someone else that stays open in the same database holds nobody up', async () => {
  const foreign = new Client({ connectionString: url });
  await foreign.connect();
  await foreign.query('begin isolation level repeatable read');
  await foreign.query('select pg_current_xact_id(), count(*) from pacta.event');
  const { subscriber, seen } = noting();
  const follower = new Follower(db, subscriber, (trouble) => console.error(trouble));
  follower.start();
  for (let count = 1; count <= 3; count++) {
    await appender.append('test', appendTo(`focus-area-${count}`));
    expect(await follower.waitFor('test', count, 5000)).toBe(true);
  }
  await follower.stop();
  await foreign.end();
  expect(seen).toEqual({ test: [1, 2, 3] });
});

test('in a copy of the rows, made in a database where transactions are counted otherwise, it goes on where it was', async () => {
  const before = noting();
  await appender.append('test', appendTo('focus-area-a', 0, 3));
  await step(db, before.subscriber, 'test', 2);

  const fresh = await freshDatabase();
  const owner = openDatabase(openOwnerPool(fresh.ownerUrl));
  for (const table of ['log_head', 'event', 'checkpoint']) {
    const { rows } = await sql<{
      row: object;
    }>`select row_to_json(t) as row from ${sql.table(table)} t`.execute(db);
    const copied = JSON.stringify(rows.map(({ row }) => row));
    await sql`
      insert into ${sql.table(table)}
      select * from json_populate_recordset(null::${sql.table(table)}, ${copied})`.execute(owner);
  }
  const copyPool = openServicePool(fresh.serviceUrl);
  const copy = openDatabase(copyPool);
  const after = noting();
  const follower = new Follower(copy, after.subscriber, (trouble) => console.error(trouble));
  follower.start();
  expect(await follower.waitFor('test', 3, 5000)).toBe(true);
  await new Appender(copyPool).append('test', appendTo('focus-area-a', 3));
  expect(await follower.waitFor('test', 4, 5000)).toBe(true);
  await follower.stop();
  expect([before.seen, after.seen]).toEqual([{ test: [1, 2] }, { test: [3, 4] }]);
  await Promise.all([copy.destroy(), owner.destroy()]);
  await fresh.drop();
});

test('a log that is far behind does not keep the others waiting', async () => {
  for (let count = 0; count < 6; count++) {
    await appender.append('long', appendTo(`focus-area-${count}`, 0, 500, 'long'));
  }
  await appender.append('short', appendTo('focus-area-a', 0, 1, 'short'));
  const { subscriber, seen } = noting();
  const follower = new Follower(
    db,
    {
      name: subscriber.name,
      async handle(log, events, tx) {
        if (log === 'long') await new Promise((resolve) => setTimeout(resolve, 100));
        await subscriber.handle(log, events, tx);
      },
    },
    (trouble) => console.error(trouble),
  );
  follower.start();
  expect(await follower.waitFor('short', 1, 5000)).toBe(true);
  expect(seen['long']?.length ?? 0).toBeLessThanOrEqual(1000);
  await eventually(async () => {
    expect(await checkpointOf(db, subscriber.name, 'long')).toBe(3000);
  });
  await follower.stop();
  expect(seen).toEqual({ short: [1], long: upTo(3000) });
});

test('a log along which a follower moves all the time is not looked at beside that', async () => {
  await appender.append('test', appendTo('focus-area-a'));
  let [told, reached, needless] = [0, 0, 0];
  const shared = {
    async step() {
      if (told === reached) needless++;
      reached = told;
      return { outcome: 'moved', position: reached };
    },
  };
  const follower = new Follower(db, focusAreaStatus, () => undefined, shared as never);
  follower.start();
  // Its checkpoint stays behind the head, so that each poll finds that the log has grown: two of them fall into this time.
  for (const end = Date.now() + 2200; Date.now() < end; await pause(1)) follower.wake('test', ++told);
  await follower.stop();
  expect(reached).toBeGreaterThan(100);
  expect(needless).toBe(0);
});

test('a checkpoint that was set back while nothing happens is found, and everything after it is handled again', async () => {
  await appender.append('test', appendTo('focus-area-a'));
  const handled: number[] = [];
  const counting: Subscriber = {
    name: 'counting',
    handle: async (_log, events) => void handled.push(...events.map(({ position }) => position)),
  };
  const follower = new Follower(db, counting, () => undefined);
  follower.start();
  await follower.waitFor('test', 1, 5000);
  await sql`update checkpoint set position = 0`.execute(db);
  await eventually(async () => expect(handled).toEqual([1, 1]));
  await follower.stop();
});

test('a log in which something keeps failing that passes by itself does not hold up the others', async () => {
  await appender.append('a', appendTo('focus-area-a'));
  await appender.append('b', appendTo('focus-area-b'));
  const handled: string[] = [];
  const hindered: Subscriber = {
    name: 'hindered',
    async handle(log) {
      if (log === 'a') throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      handled.push(log);
    },
  };
  const follower = new Follower(db, hindered, () => undefined);
  follower.start();
  await eventually(async () => expect(handled).toEqual(['b']));
  await follower.stop();
});
