import type { Worker } from 'bullmq';
import { type Database, openDatabase, openOwnerPool } from '../../src/event-store/database.js';
import { sql } from 'kysely';
import { migrateQueue, openQueueBackend, type QueueBackend } from '../../src/reminders/queue-backend.js';
import { type QueueGuard, ReminderQueue } from '../../src/reminders/queue.js';
import { allButDate } from '../support/fake-date.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { alone } from '../support/queue-places.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let database: FreshDatabase;
let owner: Database;
let queue: ReminderQueue | undefined;

beforeEach(async () => {
  database = await freshDatabase();
  await migrateQueue(database.ownerUrl);
  owner = openDatabase(openOwnerPool(database.ownerUrl, 1, 'bullmq'));
});
afterEach(async () => {
  await queue?.stop();
  await owner.destroy();
  await database.drop();
});

/** A worker that the queue made: when, when it was closed, and the errors that it told of. Times of a clock that no test moves. */
interface Made {
  readonly at: number;
  closed?: number;
  errors: number;
}

/** A queue whose workers are watched. */
async function watched(guard: Partial<QueueGuard>) {
  const made: Made[] = [];
  const came: string[] = [];
  const troubles: string[] = [];
  const backend = await openQueueBackend({ databaseUrl: database.serviceUrl });
  const watching: QueueBackend = {
    ...backend,
    worker(name, process): Worker {
      const worker = backend.worker(name, process);
      const one: Made = { at: performance.now(), errors: 0 };
      made.push(one);
      worker.on('error', () => one.errors++);
      worker.on('closing', () => (one.closed = performance.now()));
      return worker;
    },
  };
  const send = (id: string) => Promise.resolve(void came.push(id));
  queue = new ReminderQueue(watching, send, (trouble) => troubles.push(trouble), {
    ...guard,
    // What is said twice is said too often: no test takes so long.
    reportEvery: 3_600_000,
  });
  queue.start();
  return { queue, made, came, troubles };
}

/** Milliseconds between the end of each worker and the beginning of the next one. */
const pauses = (made: readonly Made[]) => made.slice(1).map(({ at }, index) => at - made[index]!.closed!);

test('while all fails a worker tells of few errors and is closed, the trouble is told once, and when all is well the queue goes on', async () => {
  const mostErrors = 10;
  await sql`alter table job rename to job_away`.execute(owner);
  const {
    queue: broken,
    made,
    came,
    troubles,
  } = await watched({ mostErrors, firstPause: 50, longestPause: 200 });
  await until(() => made.length >= 5);
  for (const { errors } of made.slice(0, -1)) expect(errors).toBeLessThanOrEqual(2 * mostErrors);
  expect(troubles).toEqual([expect.stringMatching(/^The queue of reminders has trouble: .*job/)]);
  expect(await broken.ask(alone('meanwhile'))).toBe(false);

  await sql`alter table job_away rename to job`.execute(owner);
  await until(() => broken.ask(alone('afterwards')));
  await until(() => came.includes('afterwards'));
  const number = made.length;
  await until(() => broken.ask(alone('later')));
  await until(() => came.includes('later'));
  expect(broken.isOpen).toBe(true);
  expect(made).toHaveLength(number);
  expect(came).toEqual(['afterwards', 'later']);
});

test('a worker that is closed soon after the one before is made anew after twice its pause, up to the longest; one that was well, after the first', async () => {
  jest.useFakeTimers({
    doNotFake: allButDate,
  });
  try {
    const wellAfter = 60_000;
    const { made } = await watched({ mostErrors: 0, firstPause: 100, longestPause: 1600, wellAfter });
    const closeOnce = async () => {
      const number = made.length;
      await until(async () => {
        await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name in ('pacta-queue', 'reminders')`.execute(
          owner,
        );
        return made.at(-1)!.closed !== undefined || made.length > number;
      });
      await until(() => made.length > number);
    };
    for (let times = 0; times < 6; times++) await closeOnce();
    const due = [100, 200, 400, 800, 1600, 1600];
    // A timer may be early by less than two.
    pauses(made).forEach((pause, index) => expect(pause).toBeGreaterThan((due[index] ?? 1600) - 2));
    jest.setSystemTime(Date.now() + wellAfter + 1);
    await closeOnce();
    expect(pauses(made).at(-1)).toBeLessThan(1600);
  } finally {
    jest.useRealTimers();
  }
});
