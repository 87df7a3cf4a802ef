import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { examineViews } from '../../src/read-models/view-examination.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { readModels } from '../../src/read-models/views.js';
import { followAll, recordLives } from '../support/commitment-lives.js';
import { compileProgram } from '../support/compiled-program.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { until } from '../support/until.js';

jest.setTimeout(90_000);

/** Changes a view's table, and one beside it in a way that PostgreSQL refuses while any view of the schema shows it. */
const LATER = `
  alter table commitment_standing alter column status type varchar(200);
  alter table contact alter column id type varchar(200);`;

let folder: string;
let program: string;
let database: FreshDatabase;
let owner: Database;
let pool: Pool;
let db: Database;

/** A version of the program that has a migration more. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacta-later-'));
  program = await compileProgram(
    folder,
    ['src/event-store', 'src/domain'],
    `import { migrate } from './src/event-store/migrate.js';
     console.log(String(await migrate(process.argv[2])));`,
  );
  await cp('migrations', join(folder, 'migrations'), { recursive: true });
  await writeFile(join(folder, 'migrations', '9000-later.sql'), `set search_path to pacta;${LATER}`);
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  database = await freshDatabase();
  owner = openDatabase(openOwnerPool(database.ownerUrl, 4));
  pool = openServicePool(database.serviceUrl);
  db = openDatabase(pool);
  const appender = new Appender(pool);
  await recordLives(appender, { log: 'other', commitments: 2, from: 1, to: 5 });
  await recordLives(appender, { log: 'talks', commitments: 3, from: 1, to: 5 });
  await followAll(db, readModels);
});
afterEach(async () => {
  await db.destroy();
  await owner.destroy();
  await database.drop();
});

/** Runs the migration in a process of its own, as the start of a later version does; resolves with the names of what ran. */
async function migrateLater(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, database.ownerUrl]);
  return stdout.trim();
}

async function shadow(): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname like 'pacta_rebuild%'`.execute(owner);
  return rows[0]?.name;
}

/** True while a statement with these words waits for a lock. */
async function waits(statement: string): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like ${`%${statement}%`}`.execute(
    owner,
  );
  return rows.length > 0;
}

/** Begins to rebuild every view; resolves with its outcome. */
const rebuilding = () =>
  rebuild({ ownerUrl: database.ownerUrl, models: readModels }).then(
    () => 'rebuilt',
    (error: unknown) => String(error),
  );

/** The migration has run, the views are as they should be, and nothing of a rebuild is left. */
async function mustBeInOrder(): Promise<void> {
  expect(await shadow()).toBeUndefined();
  const { rows } = await sql`
    select distinct character_maximum_length as longest from information_schema.columns
     where table_schema = 'pacta' and (table_name, column_name) in (('commitment_standing', 'status'), ('contact', 'id'))`.execute(
    owner,
  );
  expect(rows).toEqual([{ longest: 200 }]);
  expect((await examineViews(owner, readModels, 'all')).findings).toEqual([]);
}

const REFUSED = 'RebuildRefused: The schema has changed meanwhile; rebuild again.';

test('a migration ends a rebuild that is folding, which says so and has changed nothing', async () => {
  const HOLD = 4711;
  // The rebuild's own copy of the table takes this condition along: it waits while the test holds the lock.
  await sql`
    create function held() returns boolean language plpgsql as
    'begin perform pg_advisory_xact_lock_shared(${sql.lit(HOLD)}); return true; end'`.execute(owner);
  await sql`alter table commitment_standing add constraint held check (held())`.execute(owner);
  const [rebuilt, migrated] = await owner.transaction().execute(async (holding) => {
    await sql`select pg_advisory_xact_lock(${HOLD})`.execute(holding);
    const first = rebuilding();
    await until(() => waits('insert into'));
    const second = migrateLater();
    await until(() => waits('drop schema'));
    return [first, second];
  });
  expect(await Promise.all([rebuilt, migrated])).toEqual([REFUSED, '9000-later']);
  await mustBeInOrder();
});

test('a migration ends a rebuild that waits for its turn to exchange the tables', async () => {
  const [rebuilt, migrated] = await owner.transaction().execute(async (reading) => {
    await sql`select from commitment_details`.execute(reading);
    const first = rebuilding();
    await until(() => waits('lock table'));
    // It asks for the tables again and again, and lets others come through between.
    return [await migrateLater(), await first].toReversed();
  });
  expect([rebuilt, migrated]).toEqual([REFUSED, '9000-later']);
  await mustBeInOrder();
});

test('while a migration runs no rebuild begins, and after it one does', async () => {
  const migrated = await owner.transaction().execute(async (reading) => {
    await sql`select from contact`.execute(reading);
    const running = migrateLater();
    await until(() => waits('alter table contact'));
    expect(await rebuilding()).toBe(
      'RebuildRefused: Another rebuild or a migration is running; wait until it has ended.',
    );
    return [running];
  });
  expect(await migrated[0]).toBe('9000-later');
  expect(await rebuilding()).toBe('rebuilt');
  await mustBeInOrder();
});
