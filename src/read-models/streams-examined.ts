import { sql } from 'kysely';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from '../event-store/database.js';
import { readEntry } from '../event-store/entry.js';
import { skippedBy } from '../event-store/skipped.js';
import type { ReadModel } from './projection.js';
import { differences } from './row-differences.js';
import { StreamFold, Unfoldable } from './stream-fold.js';

type Row = Readonly<Record<string, unknown>>;

/** A table of a view, with the columns that name a row. */
export interface ViewTable {
  readonly model: ReadModel;
  readonly table: string;
  readonly keys: readonly string[];
}

/** A row that some events tell of, and where the one in the view is another. */
export interface Examined {
  readonly of: ViewTable;
  /** Values of the keys. */
  readonly key: readonly unknown[];
  /** What is wrong with it; undefined where nothing is. */
  readonly wrong: string | undefined;
}

/** JSON pointers that are told of one row. */
const POINTERS = 5;

/**
 * Folds some streams of a log as far as each view has handled it, in the snapshot of `tx`, and holds the rows against the
 * views'. What keeps a stream from being folded comes as a sentence.
 */
export async function examineStreams(
  tx: Database,
  tables: readonly ViewTable[],
  log: string,
  streams: readonly string[],
): Promise<(Examined | string)[]> {
  const { events, unread } = await eventsOf(tx, log, streams);
  const models = [...new Set(tables.map(({ model }) => model))];
  const found: (Examined | string)[] = unread.map(
    (position) => `Event ${position} of the log ${log} cannot be read.`,
  );
  const expected = new Map<string, string[]>();
  for (const model of models) {
    const end = await checkpointIn(tx, model.name, log);
    const skipped = await skippedBy(tx, model.name, log);
    const takes = ({ position }: PactaEvent) => position <= end && !skipped.has(position);
    const views = [{ model, takes }];
    const fold = new StreamFold(log, views, (table, row) =>
      expected.set(table, [...(expected.get(table) ?? []), row]),
    );
    try {
      for (const event of events) fold.fold(event);
      fold.endStream();
    } catch (error) {
      if (!(error instanceof Unfoldable)) throw error;
      found.push(
        `${model.name} has handled event ${error.event.position} of the log ${log} and cannot fold it.`,
      );
    }
  }
  for (const of of tables) {
    const rows = expected.get(of.table);
    if (rows) found.push(...(await holdAgainst(tx, of, `[${rows.join(',')}]`)));
  }
  return found;
}

async function holdAgainst(tx: Database, of: ViewTable, rows: string): Promise<Examined[]> {
  const named = sql.join(of.keys.map((key) => sql.ref(key)));
  // What is expected goes through the types of the columns as well.
  const pairs = await sql<{ expected: Row; actual: Row | null }>`
    select row_to_json(e) as expected, row_to_json(a) as actual
      from json_populate_recordset(null::${sql.table(of.table)}, ${rows}) e
      left join ${sql.table(of.table)} a using (${named})`.execute(tx);
  return pairs.rows.map(({ expected, actual }) => ({
    of,
    key: of.keys.map((key) => expected[key]),
    wrong: actual ? differing(expected, actual) : 'is missing',
  }));
}

function differing(expected: Row, actual: Row): string | undefined {
  const pointers = differences(expected, actual);
  if (pointers.length === 0) return undefined;
  const more = pointers.length > POINTERS ? ` and ${pointers.length - POINTERS} more places` : '';
  return `differs in ${pointers.slice(0, POINTERS).join(', ')}${more}`;
}

/** Events of the streams that can be read as a whole, and positions of those that cannot be: without them a row would be another. */
async function eventsOf(
  tx: Database,
  log: string,
  streams: readonly string[],
): Promise<{ readonly events: readonly PactaEvent[]; readonly unread: readonly number[] }> {
  const { rows } = await sql<Parameters<typeof readEntry>[0] & { stream: string }>`
    select entry, position, recorded_at, stream_id as stream from event
     where log_id = ${log} and stream_id = any(${streams}) order by stream_id, version`.execute(tx);
  const read = rows.map((row) => ({ ...row, event: eventIn(row) }));
  const unread = read.filter(({ event }) => event === undefined);
  const broken = new Set(unread.map(({ stream }) => stream));
  return {
    events: read.flatMap(({ stream, event }) => (event && !broken.has(stream) ? [event] : [])),
    unread: unread.map(({ position }) => position),
  };
}

/** Undefined where it cannot be read; why may quote what is confidential. */
function eventIn(row: Parameters<typeof readEntry>[0]): PactaEvent | undefined {
  try {
    return readEntry(row);
  } catch {
    return undefined;
  }
}

async function checkpointIn(tx: Database, subscription: string, log: string): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select position from checkpoint where subscription = ${subscription} and log_id = ${log}`.execute(tx);
  return rows[0]?.position ?? 0;
}
