import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { Appender } from '../../src/event-store/append.js';
import { standingOf } from '../../src/event-store/checkpoint.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { examineLog } from '../../src/event-store/log-examination.js';
import { migrate } from '../../src/event-store/migrate.js';
import type { Subscriber } from '../../src/event-store/subscription.js';
import { examineViews } from '../../src/read-models/view-examination.js';
import { readModels } from '../../src/read-models/views.js';
import { recordLives } from '../support/commitment-lives.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

jest.setTimeout(120_000);

/** More transactions than a new cluster has had when a record is restored into it. */
const TRANSACTIONS = 20_000;

const LOGS = ['talks', 'other'];

/** Keeps a note of every event that it is shown, in the transaction of its checkpoint. */
const witness: Subscriber = {
  name: 'witness',
  async handle(log, events, tx) {
    const positions = events.map(({ position }) => position);
    await sql`insert into witnessed select ${log}, unnest(${positions}::bigint[])`.execute(tx);
  },
};

/** A database with the record's tables, and with what its service does. */
interface Place {
  readonly owner: Database;
  readonly db: Database;
  readonly pool: Pool;
  readonly appender: Appender;
}

let database: FreshDatabase;
let cluster: EmbeddedPostgres;
let folder: string;
let old: Place;
let restored: Place;

async function placeOn({ ownerUrl, serviceUrl }: { ownerUrl: string; serviceUrl: string }): Promise<Place> {
  const owner = openDatabase(openOwnerPool(ownerUrl));
  await sql`create table witnessed (log_id text not null, position bigint not null)`.execute(owner);
  await sql`grant select, insert on witnessed to pacta_service`.execute(owner);
  const pool = openServicePool(serviceUrl, 10);
  return { owner, pool, db: openDatabase(pool), appender: new Appender(pool) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacta-restore-'));
  database = await freshDatabase();
  old = await placeOn(database);
  cluster = await startEmbeddedPostgres({
    dataDir: join(folder, 'cluster'),
    say: () => undefined,
    settings: { fsync: 'off' },
  });
  await migrate(cluster.ownerUrl);
  restored = await placeOn(cluster);
});
afterAll(async () => {
  for (const { db, owner } of [old, restored]) {
    await db.destroy();
    await owner.destroy();
  }
  await cluster.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Copies every table as of one moment, as pg_dump does; the package of the embedded PostgreSQL has no pg_dump. */
async function dumpAndRestore(): Promise<void> {
  // The servers write and read the files, perhaps as another user.
  const files = await mkdtemp(join(tmpdir(), 'pacta-dump-'));
  await chmod(files, 0o777);
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables
     where schemaname = 'pacta' and not starts_with(tablename, 'kysely') order by 1`.execute(old.owner);
  const each = async (tx: Database, direction: 'to' | 'from') => {
    for (const { name } of tables)
      await sql`copy ${sql.table(name)} ${sql.raw(direction)} ${sql.lit(join(files, name))}`.execute(tx);
  };
  await old.owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => each(tx, 'to'));
  await restored.owner.transaction().execute(async (tx) => {
    // Rows may come before those that they refer to.
    await sql`set local session_replication_role to replica`.execute(tx);
    await each(tx, 'from');
  });
  await rm(files, { recursive: true });
}

/** The number of the transaction that asks: what cursors of other systems are made of. */
async function transactionNow({ owner }: Place): Promise<number> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(owner);
  return Number(rows[0]!.id);
}

async function headsOf({ db }: Place): Promise<Record<string, number>> {
  const rows = await db.selectFrom('log_head').select(['log_id', 'position']).execute();
  return Object.fromEntries(rows.map(({ log_id, position }) => [log_id, position]));
}

/** Positions that the witness was shown, in the order in which it was. */
async function witnessedIn({ db }: Place, log: string): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    select position from witnessed where log_id = ${log} order by ctid`.execute(db);
  return rows.map(({ position }) => position);
}

/** Follows with views and the witness while something is done. */
async function following({ db }: Place, act: (followers: readonly Follower[]) => Promise<void>) {
  const troubles: string[] = [];
  const followers = [...readModels, witness].map(
    (each) => new Follower(db, each, (trouble) => troubles.push(trouble)),
  );
  followers.forEach((follower) => follower.start());
  await act(followers);
  await Promise.all(followers.map((follower) => follower.stop()));
  expect(troubles).toEqual([]);
}

/** Waits until all have handled every log to its end. */
async function arrived(place: Place, followers: readonly Follower[]): Promise<void> {
  for (const [log, head] of Object.entries(await headsOf(place)))
    for (const follower of followers) expect(await follower.waitFor(log, head, 20_000)).toBe(true);
}

const countedTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('on a record that is restored into a new cluster, whose transactions count from the beginning, subscriptions go on exactly where they were', async () => {
  await recordLives(old.appender, { log: 'talks', commitments: 5, from: 1, to: 8 });
  await recordLives(old.appender, { log: 'other', commitments: 2, from: 1, to: 8 });
  await following(old, (followers) => arrived(old, followers));
  // None of these is seen by a subscription before the dump, and more come while it is made.
  await recordLives(old.appender, { log: 'talks', commitments: 5, from: 9, to: 20 });
  await sql`
    do $$ begin
      for nth in 1 .. ${sql.lit(TRANSACTIONS)} loop perform pg_current_xact_id(); commit; end loop;
    end $$`.execute(old.owner);
  const writing = recordLives(old.appender, { log: 'other', commitments: 2, from: 9, to: 30 });
  await dumpAndRestore();
  await writing;

  const before = await headsOf(restored);
  expect(before).toEqual({ talks: 100, other: expect.any(Number) });
  expect(before['other']).toBeGreaterThanOrEqual(16);
  for (const { name } of [...readModels, witness]) {
    const standing = await standingOf(restored.db, name);
    expect(standing.toSorted((one, next) => one.position - next.position)).toEqual([
      { log: 'other', position: 16, setAside: false },
      { log: 'talks', position: 40, setAside: false },
    ]);
  }
  // What was recorded in the old cluster was recorded by transactions that the new one has yet to come to.
  const atDump = await transactionNow(old);
  expect(await transactionNow(restored)).toBeLessThan(atDump - TRANSACTIONS / 2);

  await following(restored, async (followers) => {
    await arrived(restored, followers);
    await recordLives(restored.appender, { log: 'talks', commitments: 5, from: 21, to: 24 });
    await arrived(restored, followers);
  });
  expect(await transactionNow(restored)).toBeLessThan(atDump - TRANSACTIONS / 2);

  const heads = await headsOf(restored);
  expect(heads).toEqual({ ...before, talks: 120 });
  for (const log of LOGS) expect(await witnessedIn(restored, log)).toEqual(countedTo(heads[log]!));
  expect(await examineLog(restored.owner, 'all')).toEqual([]);
  expect((await examineViews(restored.owner, readModels, 'all')).findings).toEqual([]);
});
