import { Client, type Pool } from 'pg';
import { openOwnerPool } from '../../src/event-store/database.js';
import { migrateQueue, openQueueBackend, type QueueLocation } from '../../src/reminders/queue-backend.js';
import { ReminderQueue } from '../../src/reminders/queue.js';
import { OwnServer } from '../faults/own-server.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { Gate } from '../support/gate.js';
import { alone, emptyQueue, placesWith } from '../support/queue-places.js';
import { until } from '../support/until.js';

/** BullMQ waits for fifteen seconds before it connects again where it was refused. */
const PATIENCE = 60;
jest.setTimeout(2 * PATIENCE * 1000);

const QUEUE = 'reminders';
const places = placesWith(8);

let database: FreshDatabase;
const opened: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  await migrateQueue(database.ownerUrl);
});
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
  await database.drop();
});

const onPostgres = (): QueueLocation => ({ databaseUrl: database.serviceUrl });

/** The queue at work, and what it handed out so far. */
async function atWork(
  location: QueueLocation,
  does: (id: string) => Promise<void> = () => Promise.resolve(),
) {
  const backend = await openQueueBackend(location);
  const came: { id: string; at: number }[] = [];
  const queue = new ReminderQueue(
    backend,
    (id) => {
      came.push({ id, at: Date.now() });
      return does(id);
    },
    () => undefined,
  );
  opened.push(() => queue.stop());
  queue.start();
  return { queue, came, has: (id: string) => came.some((each) => each.id === id) };
}

/** BullMQ itself, without a worker of ours. */
async function bare(location: QueueLocation) {
  const backend = await openQueueBackend(location);
  const queue = backend.queue(QUEUE);
  opened.push(() => queue.close().then(() => backend.close()));
  return { queue, backend };
}

/** Does something to BullMQ's tables as their owner. */
async function asOwner<Result>(act: (pool: Pool) => Promise<Result>): Promise<Result> {
  const pool = openOwnerPool(database.ownerUrl, 1, 'bullmq');
  try {
    return await act(pool);
  } finally {
    await pool.end();
  }
}

describe.each(places)('on %s', (_name, place) => {
  beforeEach(() => emptyQueue(place(database.serviceUrl)));

  test('a mail that is asked for later never comes early', async () => {
    const { queue, came } = await atWork(place(database.serviceUrl));
    const due = new Map<string, number>();
    for (let at = 0; at < 20; at++) {
      const inMs = (at * 370) % 1000;
      due.set(`later-${at}`, Date.now() + inMs);
      expect(await queue.ask(alone(`later-${at}`, inMs))).toBe(true);
    }
    await until(() => came.length >= due.size);
    expect(came.map(({ id }) => id).toSorted()).toEqual([...due.keys()].toSorted());
    expect(came.filter(({ id, at }) => at < due.get(id)!)).toEqual([]);
  });

  test('a mail that is asked for again waits once while it waits or is in hand, and once more when that is over', async () => {
    let finish = () => {};
    const inHand = new Promise<void>((resolve) => (finish = resolve));
    const { queue, came, has } = await atWork(place(database.serviceUrl), (id) =>
      id === 'one' ? inHand : Promise.resolve(),
    );
    const times = () => came.filter(({ id }) => id === 'one').length;
    const { queue: looked } = await bare(place(database.serviceUrl));
    for (let again = 0; again < 3; again++) expect(await queue.ask(alone('one', 200))).toBe(true);
    await until(() => has('one'));
    expect(await queue.ask(alone('one'))).toBe(true);
    expect(await queue.ask(alone('after', 300))).toBe(true);
    await until(() => has('after'));
    expect(times()).toBe(1);
    finish();
    await until(async () => (await looked.getJob('mail-one')) === undefined);
    for (let again = 0; again < 3; again++) expect(await queue.ask(alone('one', 200))).toBe(true);
    await until(() => times() > 1);
    expect(await queue.ask(alone('in the end', 300))).toBe(true);
    await until(() => has('in the end'));
    expect(times()).toBe(2);
  });

  test('mails that are asked for together come together when the last of them is due, and none is kept by the trouble of another', async () => {
    const { queue, came } = await atWork(place(database.serviceUrl), (id) =>
      id === 'bad' ? Promise.reject(new Error('No.')) : Promise.resolve(),
    );
    const due = Date.now() + 500;
    expect(await queue.ask([...alone('bad', 100), ...alone('good', 500), ...alone('other')])).toBe(true);
    await until(() => came.length === 3);
    expect(came.map(({ id }) => id)).toEqual(['bad', 'good', 'other']);
    expect(came.filter(({ at }) => at < due)).toEqual([]);
  });

  test('a job leaves nothing behind, whether it went well or not', async () => {
    const { queue, came } = await atWork(place(database.serviceUrl), (id) =>
      id.endsWith('odd') ? Promise.reject(new Error('No.')) : Promise.resolve(),
    );
    for (let at = 0; at < 10; at++) await queue.ask(alone(`${at}-${at % 2 ? 'odd' : 'even'}`));
    await until(() => came.length === 10);
    const { queue: looked } = await bare(place(database.serviceUrl));
    const left = async () =>
      Object.values(await looked.getJobCounts()).reduce((sum, count) => sum + count, 0);
    await until(async () => (await left()) === 0);
  });
});

describe('on PostgreSQL', () => {
  test('a job that is added in a transaction is there once that is committed, and not when it is rolled back', async () => {
    const { queue, has } = await atWork(onPostgres());
    const client = new Client({ connectionString: database.serviceUrl });
    const add = (id: string) =>
      client.query(
        `select bullmq.add_job($1, $2, 'send', $3, '{"removeOnComplete":true}', 0, 0, $4, 1,
                               null, null, null, null, null, false)`,
        [QUEUE, `mail-${id}`, { mails: [id] }, Date.now()],
      );
    await client.connect();
    try {
      await client.query('begin');
      await add('undone');
      await client.query('rollback');
      await client.query('begin');
      await add('kept');
      await queue.ask(alone('other'));
      await until(() => has('other'));
      expect(has('kept')).toBe(false);
      await client.query('commit');
      await until(() => has('kept'));
      expect(has('undone')).toBe(false);
    } finally {
      await client.end();
    }
  });

  test('a job that a dead worker had is handed to another one some time after its lock ran out', async () => {
    const { queue, backend } = await bare(onPostgres());
    const dead = backend.worker(QUEUE, () => Promise.resolve());
    await queue.add('send', { mails: ['left'] }, { jobId: 'mail-left', removeOnComplete: true });
    expect(await dead.getNextJob('dead')).toMatchObject({ data: { mails: ['left'] } });
    await dead.close(true);
    expect((await queue.getJobCounts()).active).toBe(1);
    // As after the lock and two looks of a worker, which take a minute.
    await asOwner((pool) =>
      pool.query(
        `update job set locked_until_ms = 1, stalled_marked = true; delete from meta where field = 'stalled-check'`,
      ),
    );
    const { has } = await atWork(onPostgres());
    await until(() => has('left'));
    await until(async () => (await queue.getJobCounts()).active === 0);
  });

  test('it goes on when every session was ended', async () => {
    const { queue, has } = await atWork(onPostgres());
    await queue.ask(alone('before'));
    await until(() => has('before'));
    const ended = await asOwner((pool) =>
      pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      ),
    );
    expect(ended.rowCount).toBeGreaterThanOrEqual(2);
    await until(() => queue.ask(alone('afterwards')), PATIENCE);
    await until(() => has('afterwards'), PATIENCE);
  });

  test('more events than it keeps are cleared away', async () => {
    const most = 10_000;
    const { queue, came } = await atWork(onPostgres());
    await queue.ask(alone('first'));
    await until(() => came.length === 1);
    const events = () =>
      asOwner(async (pool) => Number((await pool.query('select count(*) from event')).rows[0].count));
    await asOwner((pool) =>
      pool.query(
        `insert into event (queue, event, data, created_at_ms)
         select '${QUEUE}', 'added', '{}', 0 from generate_series(1, ${2 * most})`,
      ),
    );
    expect(await events()).toBeGreaterThan(2 * most);
    // It looks at every 256th event, and a job makes several.
    for (let at = 0; at < 256; at++) await queue.ask(alone(`next-${at}`));
    await until(() => came.length === 257);
    expect(await events()).toBeLessThan(most + 2 * 256);
  });

  test('what fails in the database is repeated without a pause: this is what the queue is guarded against', async () => {
    const { backend } = await bare(onPostgres());
    const worker = backend.worker(QUEUE, () => Promise.resolve());
    let errors = 0;
    worker.on('error', () => errors++);
    await worker.waitUntilReady();
    await asOwner((pool) => pool.query('alter table job rename to job_away'));
    void worker.run();
    try {
      // With a pause of a second, as others make it, this would take minutes.
      await until(() => errors > 300, PATIENCE);
    } finally {
      await worker.close(true);
    }
  });

  test('it works as the service, which can make nothing in its schema, also where the login is the owner’s', async () => {
    const mayMake = await asOwner((pool) =>
      pool.query(`
        select has_schema_privilege('pacta_service', 'bullmq', 'create') as create,
               has_table_privilege('pacta_service', 'bullmq.job', 'truncate') as truncate,
               has_table_privilege('pacta_service', 'bullmq.job', 'trigger') as trigger`),
    );
    expect(mayMake.rows).toEqual([{ create: false, truncate: false, trigger: false }]);
    const asLoggedIn = await atWork({ databaseUrl: database.ownerUrl });
    await asLoggedIn.queue.ask(alone('as-owner'));
    await until(() => asLoggedIn.has('as-owner'));
    const { queue } = await bare({ databaseUrl: database.ownerUrl });
    await asOwner((pool) => pool.query('revoke insert on job from pacta_service'));
    await expect(queue.add('send', { mails: ['refused'] }, { jobId: 'mail-refused' })).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('on a PostgreSQL that goes away', () => {
  let server: OwnServer;
  let gate: Gate;
  beforeAll(async () => {
    server = await OwnServer.start();
    await migrateQueue(server.ownerUrl);
    gate = await Gate.open(Number(new URL(server.serviceUrl).port));
  });
  afterAll(async () => {
    await gate.close();
    await server.stop();
  });
  const away = (): QueueLocation => ({ databaseUrl: gate.through(server.serviceUrl) });

  test('it takes nothing while the server is away, and goes on when that has started again', async () => {
    const { queue, has } = await atWork(away());
    await queue.ask(alone('before'));
    await until(() => has('before'));
    await gate.shut();
    await server.restart();
    expect(await queue.ask(alone('meanwhile'))).toBe(false);
    await gate.reopen();
    await until(() => queue.ask(alone('afterwards')), PATIENCE);
    await until(() => has('afterwards'), PATIENCE);
  });

  test('it is started while the server refuses connections, and begins its work when that does not any more', async () => {
    await gate.shut();
    const { queue, has } = await atWork(away());
    expect(await queue.ask(alone('meanwhile'))).toBe(false);
    await gate.reopen();
    await until(() => queue.ask(alone('afterwards')), PATIENCE);
    await until(() => has('afterwards'), PATIENCE);
  });
});
