import { sql } from 'kysely';
import type { Fact } from '../../src/domain/event.js';
import type { PactaEvent } from '../../src/domain/vocabulary.js';
import { Appender } from '../../src/event-store/append.js';
import { openDatabase, openServicePool, type Store } from '../../src/event-store/database.js';
import { LatestEvents } from '../../src/event-store/latest-events.js';
import { readLog } from '../../src/event-store/read.js';
import { SharedSteps } from '../../src/event-store/shared-steps.js';
import { step } from '../../src/event-store/subscription.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { StepsAtOnce } from '../../src/read-models/steps-at-once.js';
import { readModels } from '../../src/read-models/views.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { openCountedPool } from '../support/round-trips.js';

const LOG = 'talks';
const WATER = 'focus-area-water';
const [first] = readModels;

let fresh: FreshDatabase;
let store: Store;
let appender: Appender;
const stores: Store[] = [];

function open(pool = openServicePool(fresh.serviceUrl)): Store {
  const opened = { pool, db: openDatabase(pool) };
  stores.push(opened);
  return opened;
}

beforeEach(async () => {
  fresh = await freshDatabase();
  store = open();
  appender = new Appender(store.pool);
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map(({ db }) => db.destroy()));
  await fresh.drop();
});

/** The views of a process that knows the latest events because it has appended them. */
function processOf(opened: Store) {
  const latest = new LatestEvents();
  const steps = new SharedSteps(opened.db, readModels, latest, new StepsAtOnce(opened, readModels));
  return {
    see: (events: readonly PactaEvent[]) => latest.note(LOG, events),
    step: () => steps.step(first!, LOG),
  };
}

/** Appends an event that defines the area, anew too, or says something else of it; returns it as it was recorded. */
async function append(version: number, area = WATER, fact?: Fact): Promise<PactaEvent> {
  const { position } = await appender.append(LOG, appendTo(area, version - 1, 1, LOG, fact));
  const [event] = await readLog(store.db, LOG, position - 1, 1);
  return event!;
}

/** Puts on record what an operator decided about the first of the views. */
async function decided(version: number, fact: Fact): Promise<void> {
  await appender.append(
    'registry',
    appendTo(`subscription-${first!.name}`, version - 1, 1, 'registry', fact),
  );
}

const area = async () => {
  const { rows } = await sql<{ names: { en: string }; position: number }>`
    select names, position from focus_area where code = 'water'`.execute(store.db);
  return rows[0];
};

/** All views have handled the first event, each on its own. */
async function begin(): Promise<void> {
  await append(1, 'focus-area-first');
  for (const model of readModels) await step(store.db, model, LOG);
}

describe('views that go along with what their own process appends', () => {
  test('take a step in one round trip, from the rows that they have written before', async () => {
    await begin();
    const counted = await openCountedPool(fresh.serviceUrl);
    const views = processOf(open(counted.pool));
    const trips: number[] = [];
    for (const version of [1, 2, 3, 4]) {
      views.see([await append(version)]);
      trips.push(await counted.roundTripsOf(() => views.step()));
    }
    expect(await area()).toMatchObject({ position: 5 });
    // First it looks where the views are, and then reads the row; each statement's first use asks once how it is prepared.
    expect(trips.slice(2)).toEqual([1, 1]);
  });

  test('do so also once an operator has had a log tried again, or an event skipped that they are past', async () => {
    await begin();
    const place = { subscription: first!.name, position: 1 };
    await decided(1, { type: 'LogRetried', data: { ...place, log: LOG } });
    await decided(2, { type: 'EventSkipped', data: { ...place, log: LOG } });
    await decided(3, { type: 'EventSkipped', data: { ...place, log: 'others', position: 9 } });
    const counted = await openCountedPool(fresh.serviceUrl);
    const views = processOf(open(counted.pool));
    const trips: number[] = [];
    for (const version of [1, 2, 3]) {
      views.see([await append(version)]);
      trips.push(await counted.roundTripsOf(() => views.step()));
    }
    expect(trips.at(-1)).toBe(1);
  });

  test('leave one of them to go alone while an event that it does without is still to come', async () => {
    await begin();
    const views = processOf(open());
    views.see([await append(1)]);
    await views.step();
    const skipped = { subscription: first!.name, log: LOG, position: 4 };
    await decided(1, { type: 'EventSkipped', data: skipped });
    for (const version of [2, 3]) {
      views.see([await append(version)]);
      expect(await views.step()).toBeUndefined();
      expect(await step(store.db, first!, LOG)).toMatchObject({ outcome: 'moved', position: version + 1 });
    }
    views.see([await append(4)]);
    expect(await views.step()).toEqual({ outcome: 'moved', position: 5 });
  });

  test('look again where another process has taken a step meanwhile, and lose nothing of it', async () => {
    await begin();
    const [one, other] = [processOf(open()), processOf(open())];
    const events: PactaEvent[] = [];
    for (const version of [1, 2, 3, 4, 5, 6]) {
      events.push(await append(version));
      const turn = version % 2 === 0 ? one : other;
      turn.see(events);
      expect(await turn.step()).toEqual({ outcome: 'moved', position: version + 1 });
      expect(await area()).toMatchObject({ position: version + 1 });
    }
  });

  test('go on from what another process appended, though they knew the rows as they were before', async () => {
    await begin();
    const views = processOf(open());
    for (const version of [1, 2]) {
      views.see([await append(version)]);
      await views.step();
    }
    await append(3, WATER, { type: 'FocusAreaRetired', data: {} });
    await views.step();
    const names = { en: 'Fresh water' };
    views.see([await append(4, WATER, { type: 'FocusAreaRenamed', data: { names, from: '2026-02' } })]);
    await views.step();
    const { rows } = await sql`select document from dialogue_record where id = 'water'`.execute(store.db);
    expect(rows).toMatchObject([{ document: { names, status: 'retired' } }]);
  });

  test('need not look at rows again after a step for which there was nothing to do', async () => {
    await begin();
    const counted = await openCountedPool(fresh.serviceUrl);
    const views = processOf(open(counted.pool));
    for (const version of [1, 2, 3]) {
      views.see([await append(version)]);
      await views.step();
    }
    expect(await views.step()).toEqual({ outcome: 'caught-up', position: 4 });
    views.see([await append(4)]);
    expect(await counted.roundTripsOf(() => views.step())).toBe(1);
    expect(await area()).toMatchObject({ position: 5 });
  });

  test('keep their connection where another process was there before them', async () => {
    await begin();
    const pool = openServicePool(fresh.serviceUrl, 1);
    const views = processOf(open(pool));
    const session = async () => (await pool.query('select pg_backend_pid() as pid')).rows;
    views.see([await append(1)]);
    await views.step();
    const before = await session();
    views.see([await append(2)]);
    for (const model of readModels) await step(store.db, model, LOG);
    await views.step();
    expect(await area()).toMatchObject({ position: 3 });
    expect(await session()).toEqual(before);
  });

  test('leave a log alone that another process is at work on', async () => {
    await begin();
    const views = processOf(open());
    views.see([await append(1)]);
    await views.step();
    views.see([await append(2)]);
    await store.db.transaction().execute(async (tx) => {
      await sql`select from checkpoint where log_id = ${LOG} for update`.execute(tx);
      expect(await views.step()).toBeUndefined();
    });
    expect(await area()).toMatchObject({ position: 2 });
    expect(await views.step()).toEqual({ outcome: 'moved', position: 3 });
  });

  test('take nothing that they knew into tables that were rebuilt, though the checkpoint is where it was', async () => {
    await begin();
    const views = processOf(open());
    views.see([await append(1)]);
    await views.step();
    // What an earlier version of the code got wrong, this process has loaded and written again.
    await sql`update focus_area set parent = 'nowhere'`.execute(store.db);
    const renamed = processOf(open());
    renamed.see([await append(2)]);
    await renamed.step();
    await rebuild({ ownerUrl: fresh.ownerUrl, models: readModels });
    renamed.see([await append(3)]);
    await renamed.step();
    const { rows } = await sql`select code from focus_area where parent is not null`.execute(store.db);
    expect(rows).toEqual([]);
  });

  test('an event that one of them cannot fold is left to be taken on its own', async () => {
    await begin();
    const views = processOf(open());
    views.see([await append(1)]);
    await views.step();
    views.see([{ ...(await append(2)), type: 'FocusAreaMerged', data: undefined } as never]);
    expect(await views.step()).toBeUndefined();
    expect(await area()).toMatchObject({ position: 2 });
  });
});
