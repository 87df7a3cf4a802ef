import { sql } from 'kysely';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { type Mail, type Mailer, openMailer } from '../../src/mail/mailer.js';
import { Dispatcher } from '../../src/reminders/dispatcher.js';
import { migrateQueue, openQueueBackend, type QueueLocation } from '../../src/reminders/queue-backend.js';
import { ReminderQueue } from '../../src/reminders/queue.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { Gate } from '../support/gate.js';
import { planPlain, sendingPlain } from '../support/plain-reminders.js';
import { emptyQueue, placesWith } from '../support/queue-places.js';
import { OBLIGING, ScriptedSmtp } from '../support/scripted-smtp.js';
import { keeping } from '../support/sending.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const QUEUE = 'reminders';
const places = placesWith(9);

/** What is said twice is said too often: no test takes so long. */
const GUARD = { reportEvery: 3_600_000 };

let database: FreshDatabase;
let db: Database;
let smtp: ScriptedSmtp;
let mailer: Mailer;
const opened: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  await migrateQueue(database.ownerUrl);
  db = openDatabase(openServicePool(database.serviceUrl));
  await sql`insert into mail_fence (token) values ('test')`.execute(db);
  smtp = new ScriptedSmtp(() => OBLIGING);
  const smtpUrl = `smtp://127.0.0.1:${await smtp.listen()}`;
  mailer = openMailer({ smtpUrl, from: 'pacta@example.org', outbox: '' });
});
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
  await mailer.close();
  await smtp.close();
  await db.destroy();
  await database.drop();
});

/** A worker with a queue, and the mails that the queue handed to it. */
async function workerOn(location: QueueLocation, sweepEvery: number, mails = mailer) {
  const backend = await openQueueBackend(location);
  const byQueue: string[] = [];
  const troubles: string[] = [];
  const report = (trouble: string) => void troubles.push(trouble);
  const noted = (send: (id: string) => Promise<void>) => (id: string) => {
    byQueue.push(id);
    return send(id);
  };
  const dispatcher = new Dispatcher({
    ...sendingPlain(db, mails),
    mayMail: () => Promise.resolve(true),
    queue: (send) => new ReminderQueue(backend, noted(send), report, GUARD),
    report,
    sweepEvery,
  });
  opened.push(() => dispatcher.stop());
  return { dispatcher, byQueue, troubles };
}

/** BullMQ itself, without a worker of ours. */
async function bare(location: QueueLocation) {
  const backend = await openQueueBackend(location);
  const queue = backend.queue(QUEUE);
  opened.push(() => queue.close().then(() => backend.close()));
  return { queue, backend };
}

const has = (id: string) => smtp.taken.includes(`${id}@example.org`);

/** Each mail went out, and none twice. */
const expectEachOnce = (ids: readonly string[]) =>
  expect(smtp.taken.toSorted()).toEqual(ids.map((id) => `${id}@example.org`).toSorted());

describe.each(places)('with the queue on %s', (_name, place) => {
  let location: QueueLocation;
  beforeEach(async () => {
    location = place(database.serviceUrl);
    await emptyQueue(location);
  });

  test.each([2, 5])('%i workers at once send each mail once', async (number) => {
    const ids = await planPlain(db, `shared by ${number}`, 40);
    const workers = await Promise.all(Array.from({ length: number }, () => workerOn(location, 1000)));
    workers.forEach(({ dispatcher }) => dispatcher.start());
    await until(() => smtp.taken.length >= ids.length);
    await Promise.all(workers.map(({ dispatcher }) => dispatcher.stop()));
    expectEachOnce(ids);
    expect(new Set(workers.flatMap(({ byQueue }) => byQueue)).size).toBeGreaterThan(0);
    expect(workers.flatMap(({ troubles }) => troubles)).toEqual([]);
  });

  test('what was handed to a queue that then lost everything is sent all the same', async () => {
    const { queue } = await bare(location);
    // Paused, so that the jobs are still there when they are lost.
    await queue.pause();
    const ids = await planPlain(db, 'lost', 10);
    const { dispatcher, byQueue } = await workerOn(location, 1000);
    dispatcher.start();
    await until(async () => {
      const handed = (await queue.getJobs()).flatMap(({ data }) => (data as { mails: string[] }).mails);
      return ids.every((id) => handed.includes(id));
    });
    await emptyQueue(location);
    await until(() => smtp.taken.length >= ids.length);
    expect(byQueue).toEqual([]);
    const [later] = await planPlain(db, 'later', 1);
    await until(() => has(later!));
    expect(byQueue).toEqual([later]);
    await dispatcher.stop();
    expectEachOnce([...ids, later!]);
  });

  test('a mail that was held by the planner when its job came is asked for again at the next sweep', async () => {
    const [id] = await planPlain(db, 'held', 1);
    const { dispatcher, byQueue } = await workerOn(location, 500);
    await db.transaction().execute(async (planner) => {
      await sql`select from reminder where id = ${id} for update`.execute(planner);
      dispatcher.start();
      await until(() => byQueue.length > 1);
    });
    await until(() => has(id!));
    await dispatcher.stop();
    expectEachOnce([id!]);
  });

  test('a mail whose job a dead worker had is sent, long before the queue takes the job from it', async () => {
    const { queue, backend } = await bare(location);
    const dead = backend.worker(QUEUE, () => Promise.resolve());
    const [id] = await planPlain(db, 'left', 1);
    await queue.add(
      'send',
      { mails: [id] },
      { jobId: `mail-${id}`, removeOnComplete: true, removeOnFail: true },
    );
    expect(await dead.getNextJob('dead')).toMatchObject({ data: { mails: [id] } });
    await dead.close(true);
    const { dispatcher, byQueue } = await workerOn(location, 300);
    dispatcher.start();
    await until(() => has(id!));
    await dispatcher.stop();
    expect(byQueue).toEqual([]);
    expectEachOnce([id!]);
  });
});

const ways: [string, (gate: Gate) => Promise<void>][] = [
  ['refuses connections', (gate) => gate.shut()],
  [
    'does not answer',
    (gate) => {
      gate.hush();
      return Promise.resolve();
    },
  ],
];
const away = places.flatMap(([name, place]) => ways.map(([way, leave]) => ({ name, way, place, leave })));

describe.each(away)('when the queue’s $name $way', ({ place, leave }) => {
  let gate: Gate;
  let location: QueueLocation;
  beforeEach(async () => {
    const there = place(database.serviceUrl);
    await emptyQueue(there);
    const url = new URL('redisUrl' in there ? there.redisUrl : there.databaseUrl);
    gate = await Gate.open(Number(url.port || 6379));
    opened.push(() => gate.close());
    const through = gate.through(url.href);
    location = 'redisUrl' in there ? { redisUrl: through } : { databaseUrl: through };
  });

  test('mails go out all the same, the trouble is told once, and the queue is used when it is back', async () => {
    const { dispatcher, byQueue, troubles } = await workerOn(location, 300);
    dispatcher.start();
    const ids = await planPlain(db, 'before', 3);
    await until(() => ids.every(has));
    expect(byQueue.length).toBeGreaterThan(0);
    expect(troubles).toEqual([]);

    await leave(gate);
    const meanwhile = await planPlain(db, 'meanwhile', 30);
    ids.push(...meanwhile);
    await until(() => ids.every(has));
    expect(byQueue.filter((id) => meanwhile.includes(id))).toEqual([]);
    expect(troubles).toEqual([expect.stringMatching(/^The queue of reminders has trouble: /)]);

    await gate.reopen();
    await until(async () => {
      const [id] = await planPlain(db, `back ${ids.length}`, 1);
      ids.push(id!);
      await until(() => has(id!));
      return byQueue.includes(id!);
    }, 60);
    await dispatcher.stop();
    expectEachOnce(ids);
    expect(troubles).toHaveLength(1);
  });

  test('a worker ends its mail in hand and then itself, and begins no other', async () => {
    const happened: string[] = [];
    const mails: Mail[] = [];
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const slow = keeping(mails, async () => {
      await answered;
      happened.push('answered');
      return { outcome: 'sent', detail: '250' };
    });
    const { dispatcher, byQueue } = await workerOn(location, 300, slow);
    const [inHand] = await planPlain(db, 'in hand', 1);
    dispatcher.start();
    await until(() => mails.length === 1);
    expect(byQueue).toEqual([inHand]);
    await leave(gate);
    const stopping = dispatcher.stop().then(() => happened.push('stopped'));
    const left = await planPlain(db, 'left', 3);
    // Long enough for one that does not wait for it.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    answer();
    await stopping;
    expect(happened).toEqual(['answered', 'stopped']);
    const { rows } = await sql<{ id: string; state: string }>`
      select id, state from reminder order by id`.execute(db);
    expect(rows).toEqual([{ id: inHand, state: 'sent' }, ...left.map((id) => ({ id, state: 'planned' }))]);
    expect(mails).toHaveLength(1);
  });
});
