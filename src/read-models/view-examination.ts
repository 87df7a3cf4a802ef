import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { Extent, Finding } from '../event-store/log-examination.js';
import type { ReadModel } from './projection.js';
import { examineStreams, type ViewTable } from './streams-examined.js';

/** Streams, and rows, that are examined in one snapshot. */
const CHUNK = 100;

type Row = Readonly<Record<string, unknown>> & { readonly stream: string | null };

/**
 * Folds rows of the views anew and tells each that is not what the log says: some of every log and every table, or all
 * of them. A view may go on following meanwhile: row, checkpoint and events are read in one snapshot.
 */
export async function examineViews(
  db: Database,
  models: readonly ReadModel[],
  extent: Extent,
): Promise<{ readonly rows: number; readonly findings: readonly Finding[] }> {
  const tables = await tablesOf(db, models);
  const examined = new Set<string>();
  const findings = new Set<Finding>();
  /** Returns whether they could be folded. */
  const examine = async (tx: Database, log: string, streams: readonly string[]) => {
    const found = await examineStreams(tx, tables, log, streams);
    for (const each of found) {
      if (typeof each === 'string') findings.add(each);
      else {
        const name = nameOf(each.of, each.key);
        examined.add(name);
        if (each.wrong) findings.add(`${each.of.model.name}: the row ${name} ${each.wrong}.`);
      }
    }
    return found.every((each) => typeof each !== 'string');
  };
  const logs = await db.selectFrom('log_head').select(['log_id', 'position']).orderBy('log_id').execute();
  for (const { log_id: log, position } of logs) {
    for await (const streams of streamsOf(db, log, position, extent))
      await inSnapshot(db, tables, (tx) => examine(tx, log, streams));
  }
  const ends = new Map(logs.map(({ log_id, position }) => [log_id, position]));
  /** What no event tells of is found from the row alone. */
  const examineRow = async (tx: Database, of: ViewTable, row: Row) => {
    const name = nameOf(of, keyOf(of, row));
    // What comes meanwhile is left to the next time: there might be no end to it.
    const isNew = Number(row['position']) > (ends.get(String(row['log_id'])) ?? 0) && row.stream !== null;
    if (examined.has(name) || isNew) return;
    // An event that cannot be folded may be the one that tells of it.
    if (row.stream && !(await examine(tx, String(row['log_id']), [row.stream]))) return;
    if (!examined.has(name)) findings.add(`${of.model.name}: no event tells of the row ${name}.`);
  };
  for (const of of tables) {
    let page: readonly Row[] = [];
    do {
      const after = page.at(-1);
      page = await inSnapshot(db, tables, async (tx) => {
        const rows = await rowsOf(tx, of, extent, after);
        for (const row of rows) await examineRow(tx, of, row);
        return rows;
      });
    } while (extent === 'all' && page.length > 0);
  }
  return { rows: examined.size, findings: [...findings] };
}

function keyOf({ keys }: ViewTable, row: Row): unknown[] {
  return keys.map((key) => row[key]);
}

/** A row by table and key: `commitment_details talks/C-1`. */
function nameOf({ table }: ViewTable, key: readonly unknown[]): string {
  return `${table} ${key.join('/')}`;
}

/** The tables stay what they are meanwhile, and so does everything that is read; the lock comes first, before the snapshot. */
async function inSnapshot<Result>(
  db: Database,
  tables: readonly ViewTable[],
  act: (tx: Database) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`lock table ${sql.join(tables.map(({ table }) => sql.table(table)))} in access share mode`.execute(
        tx,
      );
      return act(tx);
    });
}

async function* streamsOf(db: Database, log: string, head: number, extent: Extent): AsyncGenerator<string[]> {
  if (extent !== 'all') {
    const { rows } = await sql<{ stream: string }>`
      select distinct stream_id as stream from event
       where log_id = ${log} and position in (
             select 1 + floor(random() * ${head}::bigint)::bigint from generate_series(1, ${extent}::int))`.execute(
      db,
    );
    if (rows.length > 0) yield rows.map(({ stream }) => stream);
    return;
  }
  for (let after = ''; ;) {
    const { rows } = await sql<{ stream: string }>`
      select stream_id as stream from event
       where log_id = ${log} and version = 1 and stream_id > ${after} order by stream_id limit ${CHUNK}`.execute(
      db,
    );
    if (rows.length === 0) return;
    yield rows.map(({ stream }) => stream);
    after = rows.at(-1)!.stream;
  }
}

/** Rows, each with the stream of the event that last changed it, as it says. */
async function rowsOf(
  tx: Database,
  { table, keys }: ViewTable,
  extent: Extent,
  after?: Row,
): Promise<readonly Row[]> {
  const named = sql.join(keys.map((key) => sql.ref(`r.${key}`)));
  const later = after ? sql`(${named}) > (${sql.join(keys.map((key) => after[key]))})` : sql`true`;
  const { rows } = await sql<Row>`
    select ${named}, r.position, e.stream_id as stream
      from ${sql.table(table)} r left join event e on e.log_id = r.log_id and e.position = r.position
     where ${later} order by ${extent === 'all' ? named : sql`random()`}
     limit ${extent === 'all' ? CHUNK : extent}`.execute(tx);
  return rows;
}

async function tablesOf(db: Database, models: readonly ReadModel[]): Promise<ViewTable[]> {
  const tables: ViewTable[] = [];
  for (const model of models) {
    for (const table of model.tables) {
      const { rows } = await sql<{ column: string }>`
        select a.attname as column
          from pg_index i cross join unnest(i.indkey) with ordinality k (attnum, place)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where i.indisprimary and i.indrelid = ${table}::regclass order by place`.execute(db);
      tables.push({ model, table, keys: rows.map(({ column }) => column) });
    }
  }
  return tables;
}
