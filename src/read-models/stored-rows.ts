import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { Row, TouchedRows } from './touched-rows.js';

/** Finds the rows that were announced, as they are now. */
export async function loadRows(
  tx: Database,
  log: string,
  table: string,
  touched: TouchedRows,
): Promise<void> {
  const { sought, keys } = touched;
  if (sought.length === 0) return;
  const named = ['log_id', ...keys];
  const wanted = JSON.stringify(sought.map((identity) => ({ ...identity, log_id: log })));
  // Row by row: a join might read all that the log has in the table.
  const { rows } = await sql<{ row: Record<string, string | number> | null }>`
    select (select row_to_json(t) from ${sql.table(table)} t
             where ${sql.join(
               named.map((key) => sql`t.${sql.ref(key)} = wanted.${sql.ref(key)}`),
               sql` and `,
             )}) as row
      from json_populate_recordset(null::${sql.table(table)}, ${wanted}) as wanted`.execute(tx);
  for (const { row } of rows) {
    if (row) touched.found(Object.fromEntries(keys.map((key) => [key, row[key]!])), row);
  }
}

/** The statement that writes rows, each in place of the one that is named by the same keys; none where the condition does not hold. */
export function savingRows(
  table: string,
  keys: readonly string[],
  rows: readonly Row[],
  condition?: RawBuilder<boolean>,
): RawBuilder<unknown> {
  const columns = new Set<string>();
  for (const row of rows) for (const column in row) columns.add(column);
  const { before, after } = savingText(table, ['log_id', ...keys], [...columns]);
  const json = sql`${JSON.stringify(rows)}`;
  return sql`${before}${condition ? sql`case when ${condition} then ${json}::json end` : json}${after}`;
}

/** A statement around the JSON of the rows that it writes. */
interface SavingText {
  readonly before: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
}

/** Statements by what they write; there are few, and each step along a log needs several. */
const savingTexts = new Map<string, SavingText>();

function savingText(table: string, named: readonly string[], columns: readonly string[]): SavingText {
  const name = [table, ...columns].join(' ');
  const known = savingTexts.get(name) ?? textFor(table, named, columns);
  savingTexts.set(name, known);
  return known;
}

/** Names are of the schema, and written in the code: nothing that comes from outside is among them. */
function textFor(table: string, named: readonly string[], columns: readonly string[]): SavingText {
  const assigned = columns.filter((column) => !named.includes(column));
  const set = assigned.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  return {
    before: sql.raw(`insert into ${table} select * from json_populate_recordset(null::${table}, `),
    after: sql.raw(`) on conflict (${named.join(', ')}) do ${set ? `update set ${set}` : 'nothing'}`),
  };
}

/** Writes rows, none of which may be there yet, in one statement; `rows` is their JSON. */
export async function addRows(db: Database, table: string, rows: string): Promise<void> {
  await sql`
    insert into ${sql.table(table)}
    select * from json_populate_recordset(null::${sql.table(table)}, ${rows})`.execute(db);
}
