import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { LatestEvents } from '../../src/event-store/latest-events.js';
import { parkedLogs } from '../../src/event-store/parked.js';
import { SharedSteps } from '../../src/event-store/shared-steps.js';
import type { Subscriber } from '../../src/event-store/subscription.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { eventually } from '../support/eventually.js';

/** What a statement may take here, in milliseconds. */
const WITHIN = 250;

let database: FreshDatabase;
let pool: Pool;
let db: Database;
let handled: Record<string, number[]>;
let sizes: number[];
/** Seconds that a statement takes for these events. */
let lasts: (positions: readonly number[]) => number;

beforeEach(async () => {
  database = await freshDatabase();
  pool = openServicePool(database.serviceUrl, 4, WITHIN);
  db = openDatabase(pool);
  [handled, sizes] = [{ slow: [], quick: [] }, []];
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
});

/** Notes what it has handled once its statement is through. */
const subscriber = (name: string): Subscriber => ({
  name,
  async handle(_log, events, tx) {
    const positions = events.map(({ position }) => position);
    if (name === 'slow') {
      sizes.push(positions.length);
      await sql`select pg_sleep(${lasts(positions)})`.execute(tx);
    }
    handled[name]!.push(...positions);
  },
});

async function record(events: number): Promise<void> {
  const writing = openServicePool(database.serviceUrl, 1);
  await new Appender(writing).append('talks', appendTo('focus-area-soil', 0, events, 'talks'));
  await writing.end();
}

test('an event for which a statement takes too long every time is parked, and the log goes on when it no longer does', async () => {
  lasts = (positions) => (positions.includes(3) ? 60 : 0);
  await record(5);
  const troubles: string[] = [];
  const follower = new Follower(db, subscriber('slow'), (trouble) => troubles.push(trouble));
  follower.start();
  expect(await follower.waitFor('talks', 5, 20_000)).toBe(false);
  expect(await parkedLogs(db)).toEqual([
    {
      subscription: 'slow',
      log: 'talks',
      position: 2,
      since: expect.any(String),
      why: expect.stringContaining('statement timeout'),
    },
  ]);
  expect(handled['slow']).toEqual([1, 2]);
  expect(troubles).toEqual([expect.stringMatching(/^slow has parked the log talks: .*statement timeout/)]);

  lasts = () => 0;
  await eventually(async () => expect(await parkedLogs(db)).toEqual([]));
  expect(await follower.waitFor('talks', 5, 5000)).toBe(true);
  expect(handled['slow']).toEqual([1, 2, 3, 4, 5]);
  await follower.stop();
});

test('events for which a statement takes too long together are handled fewer at a time, and nothing is parked', async () => {
  lasts = (positions) => (positions.length > 4 ? 60 : 0);
  await record(10);
  const troubles: string[] = [];
  const follower = new Follower(db, subscriber('slow'), (trouble) => troubles.push(trouble));
  follower.start();
  expect(await follower.waitFor('talks', 10, 20_000)).toBe(true);
  await follower.stop();
  expect(Math.max(...sizes)).toBe(10);
  expect(handled['slow']).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect([troubles, await parkedLogs(db)]).toEqual([[], []]);
});

test('a view whose statement takes too long does not hold up one that takes its steps together with it', async () => {
  lasts = () => 60;
  await record(2);
  const both = ['slow', 'quick'].map(subscriber);
  const shared = new SharedSteps(db, both, new LatestEvents());
  const followers = both.map((each) => new Follower(db, each, () => undefined, shared));
  followers.forEach((follower) => follower.start());
  expect(await followers[1]!.waitFor('talks', 2, 20_000)).toBe(true);
  await eventually(async () =>
    expect(await parkedLogs(db)).toMatchObject([{ subscription: 'slow', position: 0 }]),
  );
  await Promise.all(followers.map((follower) => follower.stop()));
});
