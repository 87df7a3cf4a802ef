import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { openDatabase, openOwnerPool, openServicePool } from '../../src/event-store/database.js';
import { WrongVersion } from '../../src/event-store/overtaken.js';
import { readStream } from '../../src/event-store/read.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { CuttingProxy, type Passing } from './cutting-proxy.js';

/** The connections break, the server does not: it goes on with what has reached it. */
let proxy: CuttingProxy;
let pool: Pool;
/** Of another process, whose connections hold. */
let direct: Pool;
let owner: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  proxy = await CuttingProxy.open(Number(new URL(database.serviceUrl).port));
  pool = openServicePool(proxy.through(database.serviceUrl));
  direct = openServicePool(database.serviceUrl);
  owner = openOwnerPool(database.ownerUrl);
  drop = database.drop;
  await new Appender(direct).append('test', appendTo('focus-area-first'));
});
afterEach(() => {
  proxy.judge = () => 'pass';
});
afterAll(async () => {
  await Promise.all([pool, direct, owner].map((each) => each.end()));
  await proxy.close();
  await drop();
});

/** Cuts the connection once, in the place of what is named and after what is to happen before; resolves when it has been. */
function cutOnce(at: Passing, before: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  return new Promise((resolve, reject) => {
    proxy.judge = (passing) => {
      if (passing !== at) return 'pass';
      proxy.judge = () => 'pass';
      const happened = before();
      happened.then(() => resolve(), reject);
      return happened.then(() => 'cut' as const);
    };
  });
}

const eventsOf = (stream: string) => readStream(openDatabase(direct), 'test', stream);

const restsOn = [{ stream: 'focus-area-first', version: 1 }];

describe.each([
  ['an append', {}],
  ['an append that rests on another stream', { restsOn }],
])('%s whose connection is cut', (_name, more) => {
  const stream = (end: string) => `focus-area-${'restsOn' in more ? 'resting-' : ''}${end}`;

  test('after it was committed is answered with where it is, and not written again', async () => {
    const cut = cutOnce('commit answered');
    const append = { ...appendTo(stream('written'), 0, 3), ...more };
    const { position, recordedAt } = await new Appender(pool).append('test', append);
    await cut;
    const events = await eventsOf(append.stream);
    expect(events.map(({ id }) => id)).toEqual(append.entries.map(({ id }) => id));
    expect(events.at(-1)).toMatchObject({ position, recordedAt });
  });

  test('before it reached the server is written then, and once', async () => {
    const cut = cutOnce('events');
    const append = { ...appendTo(stream('unsent'), 0, 3), ...more };
    const { position, recordedAt } = await new Appender(pool).append('test', append);
    await cut;
    const events = await eventsOf(append.stream);
    expect(events.map(({ id }) => id)).toEqual(append.entries.map(({ id }) => id));
    expect(events.at(-1)).toMatchObject({ position, recordedAt });
  });

  test('while the server is still at it is written once, whichever try of it comes through', async () => {
    const holder = await owner.connect();
    await holder.query('begin');
    await holder.query(`select from log_head where log_id = 'test' for update`);
    const append = { ...appendTo(stream('under-way'), 0, 2), ...more };
    const answer = new Appender(pool).append('test', append);
    await blocked();
    proxy.cutAll();
    await blocked(2);
    await holder.query('rollback');
    holder.release();
    const { position } = await answer;
    const events = await eventsOf(append.stream);
    expect(events.map(({ id }) => id)).toEqual(append.entries.map(({ id }) => id));
    expect(events.at(-1)?.position).toBe(position);
  });
});

test('an append that was cut off, and that another was faster than, is refused, and nothing of it is there', async () => {
  const append = appendTo('focus-area-slower', 0, 2);
  const faster = appendTo(append.stream, 0, 1);
  const cut = cutOnce('events', () => new Appender(direct).append('test', faster));
  const refused = new Appender(pool).append('test', append);
  await expect(refused).rejects.toBeInstanceOf(WrongVersion);
  await cut;
  expect((await eventsOf(append.stream)).map(({ id }) => id)).toEqual([faster.entries[0]!.id]);
});

/** Waits until as many sessions of the service wait for a lock. */
async function blocked(sessions = 1): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and application_name = 'pacta' and wait_event_type = 'Lock'`,
    );
    if (rows[0]!.waiting >= sessions) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
