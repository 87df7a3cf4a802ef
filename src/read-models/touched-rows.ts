import { type Transaction, sql } from 'kysely';
import type { LogDatabase } from '../event-store/database.js';

/** Columns, beside `log_id`, that name one row of a table. */
export type Identity = Readonly<Record<string, string | number>>;

interface Slot {
  readonly identity: Identity;
  row: object | undefined;
  changed: boolean;
}

/** The rows of one table that a batch of events concerns: loaded together, folded in memory, saved together. */
export class TouchedRows {
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly log: string,
    private readonly table: string,
  ) {}

  announce(identity: Identity): void {
    this.slots.set(JSON.stringify(identity), { identity, row: undefined, changed: false });
  }

  async load(tx: Transaction<LogDatabase>): Promise<void> {
    const identities = [...this.slots.values()].map((slot) => slot.identity);
    if (!identities[0]) return;
    const columns = Object.keys(identities[0]);
    const named = sql.join(columns.map((column) => sql.ref(column)));
    const wanted = JSON.stringify(identities.map((identity) => ({ ...identity, log_id: this.log })));
    const among = columns.length
      ? sql`and (${named}) in (select ${named} from json_populate_recordset(null::${sql.table(this.table)}, ${wanted}))`
      : sql``;
    const { rows } = await sql<{ row: Record<string, string | number> }>`
      select row_to_json(t) as row from ${sql.table(this.table)} t where log_id = ${this.log} ${among}`.execute(
      tx,
    );
    for (const { row } of rows) {
      const identity = Object.fromEntries(columns.map((column) => [column, row[column]!]));
      this.slots.get(JSON.stringify(identity))!.row = row;
    }
  }

  change(identity: Identity, position: number, fold: (row: object | undefined) => object | undefined): void {
    const slot = this.slots.get(JSON.stringify(identity))!;
    const row = fold(slot.row);
    if (!row) return;
    slot.row = { ...row, ...identity, log_id: this.log, position };
    slot.changed = true;
  }

  /** Writes all changed rows in one statement. */
  async save(tx: Transaction<LogDatabase>): Promise<void> {
    const changed = [...this.slots.values()].filter((slot) => slot.changed);
    if (changed.length === 0) return;
    const keys = ['log_id', ...Object.keys(changed[0]!.identity)];
    const columns = new Set(changed.flatMap((slot) => Object.keys(slot.row!)));
    const assigned = [...columns].filter((column) => !keys.includes(column));
    const set = assigned.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
    const rows = JSON.stringify(changed.map((slot) => slot.row));
    await sql`
      insert into ${sql.table(this.table)}
      select * from json_populate_recordset(null::${sql.table(this.table)}, ${rows})
      on conflict (${sql.join(keys.map((key) => sql.ref(key)))})
      do ${set.length > 0 ? sql`update set ${sql.join(set)}` : sql`nothing`}`.execute(tx);
  }
}
