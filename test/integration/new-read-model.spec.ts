import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { readModel } from '../../src/read-models/projection.js';
import type { ReadModel } from '../../src/read-models/projection.js';
import { commitmentHistory } from '../../src/read-models/commitment-history.js';
import { dialogueRecord } from '../../src/read-models/dialogue-record.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { versionOf } from '../../src/read-models/views-version.js';
import { Views } from '../../src/read-models/views.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { eventually } from '../support/eventually.js';

/** Longer than a step, and than what follows of itself while a change is waited for. */
const LONG = 3000;

/** How long a change would wait for the views, in milliseconds. */
const PATIENCE = 20_000;

let fresh: FreshDatabase;
let pool: Pool;
let db: Database;
let appender: Appender;
let running: Views;
const troubles: string[] = [];

beforeEach(async () => {
  fresh = await freshDatabase();
  pool = openServicePool(fresh.serviceUrl);
  db = openDatabase(pool);
  appender = new Appender(pool);
  running = new Views({ db, pool }, (trouble) => troubles.push(trouble), [focusAreaStatus]);
  running.start();
  for (let from = 0; from < LONG; from += 500) {
    await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        appender.append('test', appendTo(`focus-area-${from + index}`)),
      ),
    );
  }
  expect(await running.haveReached('test', LONG, PATIENCE)).toBe(true);
});
afterEach(async () => {
  await running.stop();
  await db.destroy();
  await fresh.drop();
  expect(troubles.splice(0)).toEqual([]);
});

/** A view that gets no further than its first step before it is let. */
function heldUp(model: ReadModel): { readonly model: ReadModel; readonly letGo: () => void } {
  let letGo = () => undefined as void;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  let steps = 0;
  return {
    model: {
      ...model,
      async handle(log, events, tx) {
        if (steps++ > 0) await Promise.race([free, new Promise((resolve) => setTimeout(resolve, 500))]);
        await model.handle(log, events, tx);
      },
    },
    letGo,
  };
}

const rows = async () =>
  (await sql`select * from dialogue_record where log_id = 'test' order by id`.execute(db)).rows;

test('a view that is added to a running system is built beside the others: changes do not wait for it, and it comes to the same as one that was there from the start', async () => {
  const { model, letGo } = heldUp(dialogueRecord);
  const views = new Views({ db, pool }, (trouble) => troubles.push(trouble), [focusAreaStatus, model]);
  views.start();
  await eventually(async () => expect(await rows()).toHaveLength(500));

  for (let count = 0; count < 5; count++) {
    const { position } = await appender.append('test', appendTo(`focus-area-meanwhile-${count}`));
    expect(await views.haveReached('test', position, PATIENCE)).toBe(true);
    const shown = await sql`select from focus_area where code = ${`meanwhile-${count}`}`.execute(db);
    expect(shown.rows).toHaveLength(1);
    expect(await views.hasReached(model, 'test', position, PATIENCE)).toBe(false);
  }

  letGo();
  await eventually(async () => expect(await rows()).toHaveLength(LONG + 5));
  const { position } = await appender.append('test', appendTo('focus-area-last'));
  expect(await views.haveReached('test', position, PATIENCE)).toBe(true);
  const built = await rows();
  expect(built).toHaveLength(LONG + 6);
  await views.stop();

  await sql`delete from dialogue_record`.execute(db);
  await sql`update checkpoint set position = 0 where subscription = ${dialogueRecord.name}`.execute(db);
  const alone = new Views({ db, pool }, (trouble) => troubles.push(trouble), [dialogueRecord]);
  alone.start();
  await eventually(async () => expect(await rows()).toHaveLength(LONG + 6));
  await alone.stop();
  expect(await rows()).toEqual(built);
});

test('a view that has set the log aside is not waited for either, and all of them are once it goes on', async () => {
  let poison = true;
  const picky = readModel('picky', { ignores: [] as never[] }, {} as never);
  const model: ReadModel = {
    ...picky,
    handle: () => (poison ? Promise.reject(new Error('cannot read this')) : Promise.resolve()),
  };
  const views = new Views({ db, pool }, () => undefined, [focusAreaStatus, model]);
  const { position } = await appender.append('new', appendTo('focus-area-a', 0, 1, 'new'));
  views.start();
  expect(await views.haveReached('new', position, PATIENCE)).toBe(true);
  expect(await views.hasReached(model, 'new', position, PATIENCE)).toBe(false);
  poison = false;
  await eventually(async () => expect(await views.hasReached(model, 'new', position, 0)).toBe(true));
  const next = await appender.append('new', appendTo('focus-area-b', 0, 1, 'new'));
  expect(await views.haveReached('new', next.position, PATIENCE)).toBe(true);
  expect(await views.hasReached(model, 'new', next.position, 0)).toBe(true);
  await views.stop();
});

test('a new log is no long one: the first change in it waits for every view', async () => {
  const views = new Views({ db, pool }, (trouble) => troubles.push(trouble), [
    focusAreaStatus,
    dialogueRecord,
    commitmentHistory,
  ]);
  views.start();
  const { position } = await appender.append('young', appendTo('focus-area-a', 0, 1, 'young'));
  expect(await views.haveReached('young', position, PATIENCE)).toBe(true);
  const shown = await sql`select from dialogue_record where log_id = 'young'`.execute(db);
  expect(shown.rows).toHaveLength(1);
  await views.stop();
});

test('the entity tag of an answer made of two views changes when either does, and starts with the position of the one behind', async () => {
  const knownAt = (position: number) =>
    ({
      announcement: { slug: 'test', parties: [] },
      todays: [],
      now: '2026-01-01T00:00:00Z',
      position,
      embargoesEnded: 0,
      rebuilds: 0,
      reader: undefined,
    }) as never;
  await sql`insert into checkpoint (subscription, log_id, position) values (${dialogueRecord.name}, 'test', 40)`.execute(
    db,
  );
  const tagAt = (position: number) => versionOf(db, knownAt(position), [dialogueRecord]);
  const moveTo = (position: number) =>
    sql`update checkpoint set position = ${position} where subscription = ${dialogueRecord.name} and log_id = 'test'`.execute(
      db,
    );
  const tags = [await tagAt(LONG), await tagAt(LONG + 1)];
  await moveTo(41);
  tags.push(await tagAt(LONG + 1));
  await moveTo(LONG + 1);
  tags.push(await tagAt(LONG + 1));
  expect(new Set(tags).size).toBe(4);
  expect(tags.map((each) => /^\d+(?=-)/.exec(each)?.[0])).toEqual(['40', '40', '41', `${LONG + 1}`]);
  expect(tags[3]).not.toContain('+');
});
