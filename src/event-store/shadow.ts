import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, SCHEMA } from './database.js';

const PREFIX = `${SCHEMA}_rebuild_`;

/** Tables of their own beside the live ones, under the same names in another schema. */
export interface Shadow {
  readonly schema: string;
  readonly tables: readonly string[];
  /** Names of the migrations that had run when it was made. */
  readonly migrations: readonly string[];
}

/**
 * Makes empty copies of `tables` and of the checkpoints, with the same columns, indexes, settings and rights, in a schema
 * of their own; everything else of Pacta can be read there as well. A session that sees that schema alone works like any other
 * and cannot touch the live tables: should the schema vanish under it, it finds nothing to write to.
 */
export async function makeShadow(owner: Database, tables: readonly string[]): Promise<Shadow> {
  const schema = `${PREFIX}${randomUUID().slice(0, 8)}`;
  return owner.transaction().execute(async (tx) => {
    await sql`create schema ${sql.id(schema)}`.execute(tx);
    for (const table of [...tables, 'checkpoint']) await copyEmpty(tx, schema, table);
    for (const table of await tablesBeside(tx, [...tables, 'checkpoint'])) {
      await sql`create view ${sql.id(schema, table)} as select * from ${sql.id(SCHEMA, table)}`.execute(tx);
    }
    return { schema, tables, migrations: await migrationsRun(tx) };
  });
}

/** Names of the migrations that have run. */
export async function migrationsRun(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(`${SCHEMA}.kysely_migration`)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** False where another removed it: a migration does. */
export async function isThere(owner: Database, { schema }: Shadow): Promise<boolean> {
  const { rows } = await sql`select from pg_namespace where nspname = ${schema}`.execute(owner);
  return rows.length > 0;
}

/** Removes every shadow there is: that of a rebuild which has failed, or was cut off. */
export async function removeShadows(owner: Database): Promise<void> {
  const { rows } = await sql<{ schema: string }>`
    select nspname as schema from pg_namespace where starts_with(nspname, ${PREFIX})`.execute(owner);
  for (const { schema } of rows) {
    await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(owner);
  }
}

/** Puts the tables of the shadow in the place of the live ones, in the transaction of the caller. */
export async function putInPlace(tx: Database, { schema, tables }: Shadow): Promise<void> {
  for (const table of tables) {
    await sql`drop table ${sql.id(SCHEMA, table)}`.execute(tx);
    await sql`alter table ${sql.id(schema, table)} set schema ${sql.id(SCHEMA)}`.execute(tx);
  }
}

async function tablesBeside(tx: Database, tables: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
     where schemaname = ${SCHEMA} and tablename <> all(${tables}::text[])`.execute(tx);
  return rows.map(({ name }) => name);
}

async function copyEmpty(tx: Database, schema: string, table: string): Promise<void> {
  const [live, copy] = [`${SCHEMA}.${table}`, `${schema}.${table}`];
  await sql`create table ${sql.id(schema, table)} (like ${sql.id(SCHEMA, table)} including all)`.execute(tx);
  for (const missing of [settings(live, copy), rights(live, copy), indexNames(live, copy)]) {
    const { rows } = await missing.execute(tx);
    for (const { statement } of rows) await sql.raw(statement).execute(tx);
  }
}

/** Settings of the table itself and of where its long values are kept; `like` does not copy them. */
const settings = (live: string, copy: string) => sql<{ statement: string }>`
  select format('alter table %s set (%s)', ${copy}::text, option) as statement
    from pg_class c
    left join pg_class toast on toast.oid = c.reltoastrelid,
         unnest(c.reloptions || array(select 'toast.' || o from unnest(toast.reloptions) o)) option
   where c.oid = ${live}::regclass`;

/** What others than the owner may do; `like` copies nothing of it. */
const rights = (live: string, copy: string) => sql<{ statement: string }>`
  select format('grant %s on %s to %s', string_agg(privilege_type, ', '), ${copy}::text,
                case grantee when 0 then 'public' else grantee::regrole::text end) as statement
    from pg_class c, aclexplode(c.relacl)
   where c.oid = ${live}::regclass and grantee <> c.relowner
   group by grantee`;

/** Indexes are made under names of PostgreSQL's choice; migrations know them by their own. */
const indexNames = (live: string, copy: string) => sql<{ statement: string }>`
  with named as (
    select i.indrelid, i.indexrelid::regclass as index, c.relname as name, row_number() over (
             partition by i.indrelid, definition.text order by c.relname) as nth, definition.text as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid,
           regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX .*? ON .*? USING ', ' ') as definition (text))
  select format('alter index %s rename to %I', made.index, wanted.name) as statement
    from named made join named wanted using (definition, nth)
   where made.indrelid = ${copy}::regclass and wanted.indrelid = ${live}::regclass and made.name <> wanted.name`;
