import type { RawBuilder } from 'kysely';
import type { Store } from './database.js';

/** Names of statements, which each connection prepares once. There are as many as places in the code, and ways to go on from there. */
const names = new Map<string, string>();

/**
 * Runs a statement that is worth preparing: it comes again and again, and no plan that was made while tables were small is wrong
 * later. Returns its rows.
 */
export async function runPrepared<Row extends object>(
  { db, pool }: Store,
  statement: RawBuilder<Row>,
): Promise<readonly Row[]> {
  const { sql: text, parameters } = statement.compile(db);
  const { rows } = await pool.query<Row>({ name: nameOf(text), text, values: [...parameters] });
  return rows;
}

function nameOf(text: string): string {
  const name = names.get(text) ?? `prepared-${names.size}`;
  names.set(text, name);
  return name;
}
