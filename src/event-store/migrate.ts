import { readdir, readFile } from 'node:fs/promises';
import { Kysely, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { type Database, openDatabase, openOwnerPool, SCHEMA, SERVICE_ROLE } from './database.js';
import { withoutRebuilds } from './while-alone.js';

const folder = new URL('../../migrations/', import.meta.url);

/**
 * Brings the database up to date and returns the names of the migrations that ran.
 * `ownerUrl` logs in as the role that owns the schema; it must be able to create roles the first time.
 * Concurrent calls wait for each other.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const db = openDatabase(openOwnerPool(ownerUrl));
  try {
    await requireUtf8(db);
    await db.transaction().execute(async (tx) => {
      // Processes that start together would make the role, or its grant, twice.
      await sql`select pg_advisory_xact_lock(hashtext('pacta grants'))`.execute(tx);
      await ensureServiceRole(tx);
    });
    const migrator = new Migrator({
      db,
      provider: { getMigrations: readMigrations },
      migrationTableSchema: SCHEMA,
    });
    if ((await migrator.getMigrations()).every(({ executedAt }) => executedAt)) return [];
    // A rebuild copies tables as they were, and what it reads of others by cannot be altered under it.
    const { error, results = [] } = await withoutRebuilds(db, () => migrator.migrateToLatest());
    if (error) throw error;
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'));
  const entries = files.map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(new URL(file, folder), 'utf8');
    return [file.replace('.sql', ''), { up: (db: Kysely<unknown>) => run(db, text) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function run(db: Kysely<unknown>, text: string): Promise<void> {
  await sql.raw(text).execute(db);
}

/** Entries are stored as text and hashed as UTF-8; another encoding would change their bytes. */
async function requireUtf8(db: Database): Promise<void> {
  const { rows } = await sql<{
    encoding: string;
  }>`select current_setting('server_encoding') as encoding`.execute(db);
  if (rows[0]?.encoding !== 'UTF8')
    throw new Error(`The database must be encoded in UTF8, not ${rows[0]?.encoding}.`);
}

/** Roles belong to the whole server, so another database of it may have made this one already. */
async function ensureServiceRole(db: Database): Promise<void> {
  const { rows } = await sql`select from pg_roles where rolname = ${SERVICE_ROLE}`.execute(db);
  if (rows.length === 0) {
    await sql`create role ${sql.id(SERVICE_ROLE)} nologin`.execute(db).catch((error: { code?: string }) => {
      const madeMeanwhile = error.code === '42710' || error.code === '23505';
      if (!madeMeanwhile) throw error;
    });
  }
  const member = await sql<{
    yes: boolean;
  }>`select pg_has_role(current_user, ${SERVICE_ROLE}, 'member') as yes`.execute(db);
  if (!member.rows[0]?.yes) await sql`grant ${sql.id(SERVICE_ROLE)} to current_user`.execute(db);
}
