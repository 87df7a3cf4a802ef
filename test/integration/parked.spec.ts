import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ChangeSubscription } from '../../src/commands/subscription.js';
import type { SubscriptionCommand } from '../../src/domain/subscription.js';
import { Appender } from '../../src/event-store/append.js';
import { openServicePool } from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { parkedLogs } from '../../src/event-store/parked.js';
import { whoIsBehind } from '../../src/event-store/poll.js';
import { decisionsOnParked, skippedBy } from '../../src/event-store/skipped.js';
import type { Subscriber } from '../../src/event-store/subscription.js';
import { appendTo } from '../support/entries.js';
import { eventually } from '../support/eventually.js';
import { openTestApi, type TestApi } from '../support/http.js';

let api: TestApi;
let follower: Follower;
let handled: string[];
let poison: boolean;

/** Cannot handle one event of three, and tells in its error what stands in it. */
const picky: Subscriber = {
  name: 'picky',
  handle(log, events) {
    if (log !== 'bad') return Promise.resolve();
    const streams = events.map(({ stream }) => stream);
    if (poison && streams.includes('focus-area-poison')) {
      return Promise.reject(new Error('what the secret says'));
    }
    handled.push(...streams);
    return Promise.resolve();
  },
};

beforeEach(async () => {
  api = await openTestApi();
  [handled, poison] = [[], true];
  const pool = openServicePool(api.serviceUrl, 2);
  api.ending.afterwards(() => pool.end());
  const appender = new Appender(pool);
  for (const stream of ['focus-area-fine', 'focus-area-poison', 'focus-area-later'])
    await appender.append('bad', appendTo(stream, 0, 1, 'bad'));
  follower = new Follower(api.db, picky, () => undefined);
  api.ending.afterwards(() => follower.stop());
  follower.start();
  expect(await follower.waitFor('bad', 3, 5000)).toBe(false);
});
afterEach(() => api.ending.now());

const decide = (command: SubscriptionCommand, reason?: string) =>
  api.commands.execute(
    new ChangeSubscription({
      log: 'registry',
      id: command.data.subscription,
      command,
      actor: { id: 'operator', role: 'system' },
      said: { reason },
      correlationId: randomUUID(),
    }),
  );

const skip = (position: number, reason?: string) =>
  decide({ type: 'SkipEvent', data: { subscription: 'picky', log: 'bad', position } }, reason);

test('operators are told what is parked where, since when and why; whoever asks for the health is not told why', async () => {
  const parked = { subscription: 'picky', log: 'bad', position: 1, since: expect.any(String) };
  expect(await parkedLogs(api.db)).toEqual([{ ...parked, why: 'Error: what the secret says' }]);
  const { body } = await api.ask('GET', '/health/ready');
  expect(body).toEqual({ status: 'degraded', parked: [parked], reminders: expect.anything() });
});

test('a parked log is tried again by itself, ever more seldom, and goes on when its event can be handled', async () => {
  const pause = async () => {
    const { rows } = await sql<{ tries: number; seconds: number }>`
      select tries, extract(epoch from retry_at - now())::float as seconds
        from checkpoint where subscription = 'picky' and log_id = 'bad'`.execute(api.db);
    return rows[0]!;
  };
  await eventually(async () => expect(await pause()).toMatchObject({ tries: 3 }));
  expect((await pause()).seconds).toBeGreaterThan(2);
  const since = (await parkedLogs(api.db))[0]?.since;
  poison = false;
  expect(since).toBeDefined();
  await eventually(async () => expect(await parkedLogs(api.db)).toEqual([]));
  expect(await follower.waitFor('bad', 3, 5000)).toBe(true);
  expect(handled).toEqual(['focus-area-fine', 'focus-area-poison', 'focus-area-later']);
  expect(await pause()).toMatchObject({ tries: 0, seconds: null });
});

test('while it waits for its turn it is not among what a poll finds', async () => {
  await sql`update checkpoint set retry_at = now() + interval '1 hour' where subscription = 'picky'`.execute(
    api.db,
  );
  expect(await whoIsBehind(api.db, ['picky'])).toEqual([]);
});

test('an event is skipped on the record: the subscription goes on without it, and a rebuild knows of it', async () => {
  await skip(2, 'Written by a version that was withdrawn');
  await eventually(async () => expect(await parkedLogs(api.db)).toEqual([]));
  expect(await follower.waitFor('bad', 3, 5000)).toBe(true);
  expect(handled).toEqual(['focus-area-fine', 'focus-area-later']);
  expect(await skippedBy(api.db, 'picky', 'bad')).toEqual(new Set([2]));
  expect(await skippedBy(api.db, 'picky', 'good')).toEqual(new Set());
  expect(await skippedBy(api.db, 'grants', 'bad')).toEqual(new Set());
  expect(await decisionsOnParked(api.db)).toMatchObject([
    {
      type: 'EventSkipped',
      stream: 'subscription-picky',
      data: { subscription: 'picky', log: 'bad', position: 2 },
      reason: 'Written by a version that was withdrawn',
      actor: { id: 'operator', role: 'system' },
    },
  ]);
});

test('what was skipped stays so where a checkpoint is put back to the beginning, although it could be handled by then', async () => {
  await skip(2, 'Withdrawn');
  await eventually(async () => expect(handled).toContain('focus-area-later'));
  await follower.stop();
  [handled, poison] = [[], false];
  await sql`update checkpoint set position = 0 where subscription = 'picky' and log_id = 'bad'`.execute(
    api.db,
  );
  const again = new Follower(api.db, picky, () => undefined);
  again.start();
  expect(await again.waitFor('bad', 3, 5000)).toBe(true);
  await again.stop();
  expect(handled).toEqual(['focus-area-fine', 'focus-area-later']);
});

test('a log is tried again at once when an operator says so, and that is on record', async () => {
  await sql`update checkpoint set retry_at = now() + interval '1 hour' where subscription = 'picky'`.execute(
    api.db,
  );
  poison = false;
  await decide({ type: 'RetryLog', data: { subscription: 'picky', log: 'bad' } });
  await eventually(async () => expect(await parkedLogs(api.db)).toEqual([]));
  expect(await decisionsOnParked(api.db)).toMatchObject([{ type: 'LogRetried', data: { position: 2 } }]);
});

test('nothing is skipped but the event that the log is parked at', async () => {
  await expect(skip(1, 'Not this one')).rejects.toMatchObject({ code: 'not-parked-there' });
  await expect(skip(2)).rejects.toMatchObject({ code: 'reason-missing' });
  poison = false;
  await eventually(async () => expect(await parkedLogs(api.db)).toEqual([]));
  await expect(skip(2, 'Too late')).rejects.toMatchObject({ code: 'log-not-parked' });
  expect(await decisionsOnParked(api.db)).toEqual([]);
});
