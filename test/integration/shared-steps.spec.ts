import { sql } from 'kysely';
import { Appender } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { LatestEvents } from '../../src/event-store/latest-events.js';
import { SharedSteps } from '../../src/event-store/shared-steps.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import { BATCH, step, type Subscriber } from '../../src/event-store/subscription.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';

let db: Database;
let appender: Appender;
let close: () => Promise<void>;

beforeEach(async () => {
  const { serviceUrl, drop } = await freshDatabase();
  const pool = openServicePool(serviceUrl);
  db = openDatabase(pool);
  close = async () => {
    await db.destroy();
    await drop();
  };
  appender = new Appender(pool);
  await appender.append('talks', appendTo('focus-area-a', 0, 3, 'talks'));
});
afterEach(() => close());

/** Notes which events it was shown, and in which transaction. */
function witness(name: string, fails = () => false): Subscriber & { saw: number[]; transactions: string[] } {
  const saw: number[] = [];
  const transactions: string[] = [];
  return {
    name,
    saw,
    transactions,
    async handle(_log, events, tx) {
      const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(tx);
      if (fails()) throw new Error('It cannot be handled.');
      saw.push(...events.map(({ position }) => position));
      transactions.push(rows[0]!.id);
    },
  };
}

/** Subscribers that have each handled the first event of the log, on their own. */
async function abreast(...subscribers: Subscriber[]): Promise<SharedSteps> {
  for (const subscriber of subscribers) await step(db, subscriber, 'talks', 1);
  return new SharedSteps(db, subscribers, new LatestEvents());
}

const checkpoints = (...subscribers: Subscriber[]) =>
  Promise.all(subscribers.map(({ name }) => checkpointOf(db, name, 'talks')));

describe('subscribers that go along a log side by side', () => {
  test('take one step together, in one transaction', async () => {
    const [one, other] = [witness('one'), witness('other')];
    const steps = await abreast(one, other);
    const outcomes = await Promise.all([steps.step(one, 'talks'), steps.step(other, 'talks')]);
    expect(outcomes).toEqual(Array(2).fill({ outcome: 'moved', position: 3 }));
    expect([one.saw, other.saw]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(one.transactions.at(-1)).toBe(other.transactions.at(-1));
    expect(await checkpoints(one, other)).toEqual([3, 3]);
  });

  test('leave the step to each of them when one fails, and have done nothing then', async () => {
    let fails = false;
    const [one, failing] = [witness('one'), witness('failing', () => fails)];
    const steps = await abreast(one, failing);
    fails = true;
    expect(await Promise.all([steps.step(one, 'talks'), steps.step(failing, 'talks')])).toEqual([
      undefined,
      undefined,
    ]);
    expect(await checkpoints(one, failing)).toEqual([1, 1]);
  });

  test('take one along that is a step behind, which is shown what it has not seen', async () => {
    const [one, late] = [witness('one'), witness('late')];
    const steps = await abreast(one, late);
    await step(db, one, 'talks', 1);
    const outcomes = await Promise.all([steps.step(one, 'talks'), steps.step(late, 'talks')]);
    expect(outcomes).toEqual(Array(2).fill({ outcome: 'moved', position: 3 }));
    expect([one.saw, late.saw]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(await checkpoints(one, late)).toEqual([3, 3]);
  });

  test('do not take one along that is behind and does not ask: it may be at work on what it fails with', async () => {
    const [one, other, failing] = [witness('one'), witness('other'), witness('failing')];
    const steps = await abreast(one, other, failing);
    for (const each of [one, other]) await step(db, each, 'talks', 1);
    await Promise.all([steps.step(one, 'talks'), steps.step(other, 'talks')]);
    expect(await checkpoints(one, other, failing)).toEqual([3, 3, 1]);
  });

  test('do not wait for one that is more than a step behind: that goes alone', async () => {
    const [one, other, late] = [witness('one'), witness('other'), witness('late')];
    await appender.append('talks', appendTo('focus-area-b', 0, BATCH, 'talks'));
    for (const each of [one, other]) await step(db, each, 'talks');
    for (const each of [one, other]) await step(db, each, 'talks', 1);
    const steps = new SharedSteps(db, [one, other, late], new LatestEvents());
    await sql`insert into checkpoint (subscription, log_id) values ('late', 'talks')`.execute(db);
    const outcomes = await Promise.all([one, other, late].map((each) => steps.step(each, 'talks')));
    expect(outcomes.map((outcome) => outcome?.outcome)).toEqual(['moved', 'moved', undefined]);
    expect(await checkpoints(one, other, late)).toEqual([BATCH + 3, BATCH + 3, 0]);
  });

  test('are shown what their own process appended without reading it back, and nothing of it twice', async () => {
    const [one, other] = [witness('one'), witness('other')];
    await abreast(one, other);
    const latest = new LatestEvents();
    latest.note('talks', [{ position: 2 } as never]);
    const steps = new SharedSteps(db, [one, other], latest);
    await Promise.all([steps.step(one, 'talks'), steps.step(other, 'talks')]);
    expect(one.saw).toEqual([1, 2]);
    await Promise.all([steps.step(one, 'talks'), steps.step(other, 'talks')]);
    expect(one.saw).toEqual([1, 2, 3]);
  });
});
