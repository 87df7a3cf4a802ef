import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { PactaEvent } from '../../src/domain/vocabulary.js';
import { Appender } from '../../src/event-store/append.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { seal } from '../../src/event-store/entry.js';
import { replaceTables } from '../../src/event-store/replace-tables.js';
import { makeShadow } from '../../src/event-store/shadow.js';
import { Follower } from '../../src/event-store/follower.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import { commitmentDetails } from '../../src/read-models/commitment-details.js';
import { commitmentHistory } from '../../src/read-models/commitment-history.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import type { ReadModel } from '../../src/read-models/projection.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { rebuildLog } from '../../src/read-models/rebuild-log.js';
import { readModels } from '../../src/read-models/views.js';
import { followAll, recordLives } from '../support/commitment-lives.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { until } from '../support/until.js';

const models = [focusAreaStatus, commitmentDetails, commitmentHistory];
const record = (log: string, commitments: number, from: number, to: number) =>
  recordLives(appender, { log, commitments, from, to });
const follow = (followed: readonly ReadModel[] = models) => followAll(db, followed);

let pool: Pool;
let db: Database;
let owner: Database;
let appender: Appender;
let ownerUrl: string;
let drop: () => Promise<void>;

beforeEach(async () => {
  const fresh = await freshDatabase();
  ({ ownerUrl, drop } = fresh);
  pool = openServicePool(fresh.serviceUrl);
  db = openDatabase(pool);
  owner = openDatabase(openOwnerPool(ownerUrl));
  appender = new Appender(pool);
});
afterEach(async () => {
  await db.destroy();
  await owner.destroy();
  await drop();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Every byte of every row, and the checkpoints but for how often they were rebuilt. */
async function contents(of: readonly ReadModel[] = models): Promise<string[]> {
  const dumps: string[] = [];
  for (const table of of.flatMap(({ tables }) => tables)) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t order by row`.execute(db);
    dumps.push(table, ...rows.map(({ row }) => row));
  }
  const { rows } = await sql<{
    row: string;
  }>`select (to_jsonb(c) - 'rebuilds')::text as row from checkpoint c order by row`.execute(db);
  return [...dumps, ...rows.map(({ row }) => row)];
}

/** What is known of the tables besides their rows: columns, indexes, constraints, rights and settings. */
async function shapes(): Promise<unknown[]> {
  const { rows } = await sql`
    select c.relname, c.relkind, c.relacl::text, c.reloptions, c.relowner, toast.reloptions as toast,
           pg_get_indexdef(c.oid) as index,
           (select json_agg(json_build_array(attname, atttypid::regtype, attnotnull, pg_get_expr(adbin, adrelid)) order by attnum)
              from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
             where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
           (select json_agg(json_build_array(conname, pg_get_constraintdef(o.oid)) order by conname)
              from pg_constraint o where conrelid = c.oid) as constraints
      from pg_class c left join pg_class toast on toast.oid = c.reltoastrelid
     where c.relnamespace = 'pacta'::regnamespace order by c.relname`.execute(owner);
  return rows;
}

async function shadows(): Promise<string[]> {
  const { rows } = await sql<{ schema: string }>`
    select nspname as schema from pg_namespace where nspname like 'pacta%' and nspname <> 'pacta'`.execute(
    owner,
  );
  return rows.map(({ schema }) => schema);
}

/** The view, with an event that it can make nothing of. */
const strangeAt = (model: ReadModel, position: number): ReadModel => {
  const mustKnow = (event: PactaEvent) => {
    if (event.position === position) throw new Error('cannot read this');
  };
  return {
    ...model,
    effectsOf: (event) => {
      mustKnow(event);
      return model.effectsOf(event);
    },
    handle: async (log, events, tx) => {
      events.forEach(mustKnow);
      await model.handle(log, events, tx);
    },
  };
};

test('views are rebuilt beside live ones that go on following a writer, and nobody notices the exchange', async () => {
  await appender.append('talks', appendTo('focus-area-soil', 0, 1, 'talks'));
  await record('talks', 10, 1, 5);
  const troubles: unknown[] = [];
  const followers = models.map((model) => new Follower(db, model, (trouble) => troubles.push(trouble)));
  followers.forEach((follower) => follower.start());
  for (const follower of followers) expect(await follower.waitFor('talks', 51, 10_000)).toBe(true);

  let working = true;
  let version = 5;
  const writing = (async () => {
    for (; working; version++) {
      await record('talks', 10, version + 1, version + 1);
      if (version % 8 === 0) await record(`talks-${version}`, 2, 1, 3);
      followers.forEach((follower) => follower.wake());
      await pause(30);
    }
  })();
  const seen: number[] = [];
  const reading = (async () => {
    while (working) {
      const { rows } = await sql<{ seen: number }>`
        select count(*)::int as seen from commitment_history where log_id = 'talks'`.execute(db);
      seen.push(rows[0]!.seen);
      await pause(5);
    }
  })();
  const positions: number[] = [];
  for (let times = 1; times <= 3; times++) {
    const before = await checkpointOf(db, commitmentDetails.name, 'talks');
    await rebuild({ ownerUrl, models });
    positions.push(before, await checkpointOf(db, commitmentDetails.name, 'talks'));
  }
  working = false;
  await Promise.all([writing, reading]);
  const heads = await db.selectFrom('log_head').select(['log_id', 'position']).execute();
  for (const { log_id, position } of heads)
    for (const follower of followers) expect(await follower.waitFor(log_id, position, 10_000)).toBe(true);
  await Promise.all(followers.map((follower) => follower.stop()));

  expect(troubles).toEqual([]);
  expect(positions).toEqual(positions.toSorted((one, other) => one - other));
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(seen.at(-1)).toBeGreaterThan(50);
  const exchanged = await contents();
  await sql`update checkpoint set position = 0`.execute(db);
  for (const table of models.flatMap(({ tables }) => tables))
    await sql`delete from ${sql.table(table)}`.execute(db);
  await follow();
  expect(exchanged).toEqual(await contents());
}, 120_000);

test('after a rebuild the tables are what migrations made them, with their rights and the names of their indexes', async () => {
  await sql`alter table commitment_details set (fillfactor = 70, toast.autovacuum_enabled = false)`.execute(
    owner,
  );
  const before = await shapes();
  await rebuild({ ownerUrl, models: readModels });
  expect(await shapes()).toEqual(before);
  await rebuild({ ownerUrl, models: readModels });
  expect(await shapes()).toEqual(before);
  expect(await shadows()).toEqual([]);
});

/** Does something while a rebuild is about to exchange the tables and waits for a reader; resolves with its outcome. */
async function whileItWaits(act: (reading: Database) => Promise<unknown>): Promise<unknown> {
  const outcome = await owner.transaction().execute(async (reading) => {
    await sql`select from commitment_standing`.execute(reading);
    const rebuilding = rebuild({ ownerUrl, models }).catch((error: unknown) => (error as Error).message);
    await until(async () => {
      const { rows } = await sql`
        select from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`.execute(
        owner,
      );
      return rows.length > 0;
    });
    await act(reading);
    return { rebuilding };
  });
  return outcome.rebuilding;
}

test('a second rebuild at the same time is refused', async () => {
  await record('talks', 1, 1, 3);
  const first = whileItWaits(() =>
    expect(rebuild({ ownerUrl, models })).rejects.toThrow(
      'Another rebuild or a migration is running; wait until it has ended.',
    ),
  );
  expect(await first).toBe(3);
});

test('a rebuild that is cut off changes nothing, and the next one clears away what it left', async () => {
  await record('talks', 5, 1, 6);
  await follow();
  const before = await contents();
  const reader = await pool.connect();
  await reader.query('begin; lock table commitment_details in access share mode');
  const cutOff = rebuild({ ownerUrl, models });
  const ended = expect(cutOff).rejects.toThrow(/terminat|ECONNRESET/);
  for (let killed = false; !killed; await pause(20)) {
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`.execute(
      owner,
    );
    killed = rows.length > 0;
  }
  await ended;
  reader.release(true);
  expect(await contents()).toEqual(before);
  await sql`create schema pacta_rebuild_leftover`.execute(owner);
  await rebuild({ ownerUrl, models });
  expect(await contents()).toEqual(before);
  expect(await shadows()).toEqual([]);
});

test('a rebuild that hangs while it exchanges the tables is ended by the server, and readers go on', async () => {
  await record('talks', 1, 1, 3);
  await follow();
  const before = await contents();
  const shadow = await makeShadow(owner, ['commitment_details']);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  let times = 0;
  const outcome = replaceTables(owner, shadow, ['commitment-details'], async () => {
    times += 1;
    // The second time the tables are locked.
    if (times === 2) await held;
  }).catch((error: unknown) => error);
  await until(() => times === 2);
  try {
    expect(await contents()).toEqual(before);
  } finally {
    goOn();
  }
  expect(await outcome).toMatchObject({ message: expect.stringMatching(/terminat|connection error/) });
  expect(await contents()).toEqual(before);
});

test('where the live view is parked, the new one stops as well, and other logs and views go on', async () => {
  await record('talks', 2, 1, 4);
  await record('other', 2, 1, 4);
  const strange = [strangeAt(focusAreaStatus, 7), commitmentDetails];
  const follower = new Follower(db, strange[0]!, () => undefined);
  follower.start();
  expect(await follower.waitFor('talks', 6, 10_000)).toBe(true);
  expect(await follower.waitFor('other', 6, 10_000)).toBe(true);
  expect(await follower.waitFor('talks', 7, 500)).toBe(false);
  await follower.stop();
  await follow([commitmentDetails]);
  const before = await contents();
  expect(before.join()).toContain('cannot read this');
  await rebuild({ ownerUrl, models: strange });
  expect(await contents()).toEqual(before);
});

test('rows that are still being written when an event cannot be folded are written once', async () => {
  await record('talks', 1400, 1, 3);
  await follow([focusAreaStatus]);
  // It is met last, when more than the writer gathers has come before it.
  await appender.append('talks', appendTo('focus-area-soil', 0, 1, 'talks'));
  await follow([commitmentDetails]);
  const before = await contents();
  await sql`delete from commitment_standing`.execute(owner);
  await sql`delete from commitment_details`.execute(owner);
  await sql`delete from source_standing`.execute(owner);
  await sql`delete from checkpoint`.execute(owner);
  await sql`
    create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(1); return null; end'`.execute(
    owner,
  );
  await sql`create trigger dawdle before insert on commitment_details execute function dawdle()`.execute(
    owner,
  );
  await rebuildLog(owner, {
    log: 'talks',
    upTo: 4201,
    models: [strangeAt(focusAreaStatus, 4201), commitmentDetails],
    onFolded: () => undefined,
  });
  expect(await contents()).toEqual(before);
});

test('a view that is past an event is not exchanged for one that cannot fold it', async () => {
  await record('talks', 2, 1, 4);
  await follow();
  const before = await contents();
  await expect(rebuild({ ownerUrl, models: [strangeAt(focusAreaStatus, 7)] })).rejects.toThrow(
    'focus-area-status was not rebuilt: event 7 of the log talks cannot be folded, and the live view is past it.',
  );
  expect(await contents()).toEqual(before);
  expect(await shadows()).toEqual([]);
});

test('a view is not exchanged when the schema has changed meanwhile', async () => {
  await record('talks', 2, 1, 4);
  await follow();
  const outcome = whileItWaits((reading) =>
    sql`insert into kysely_migration values ('9999-later', '')`.execute(reading),
  );
  expect(await outcome).toBe('The schema has changed meanwhile; rebuild again.');
});

test('what a view does without, as the record says, a rebuild leaves out as well', async () => {
  await record('talks', 2, 1, 20);
  await follow();
  const skip = {
    ...appendTo('subscription-commitment-history', 0, 1, 'registry'),
    entries: [
      seal({
        id: randomUUID(),
        log: 'registry',
        stream: 'subscription-commitment-history',
        version: 1,
        type: 'EventSkipped',
        schemaVersion: 1,
        data: { subscription: 'commitment-history', log: 'talks', position: 12 },
        actor: { id: 'operator', role: 'system' },
        occurredOn: '2026-01-01',
        reason: 'It cannot be read.',
        causationId: randomUUID(),
        correlationId: 'test',
        confidentiality: 'public',
        vocabularyVersion: 1,
      }),
    ],
  };
  await appender.append('registry', skip);
  const positions = async () => {
    const { rows } = await sql<{ position: number }>`
      select position from commitment_history where log_id = 'talks' order by 1`.execute(db);
    return rows.map(({ position }) => position);
  };
  const before = await positions();
  expect(before).toContain(12);
  await rebuild({ ownerUrl, models });
  expect(await positions()).toEqual(before.filter((position) => position !== 12));
});
