import { LRUCache } from 'lru-cache';
import type { Change, Identity, Row, TouchedRows } from './touched-rows.js';

/** Rows that are kept at most; the document of a commitment is some kilobytes. */
const MAX_ROWS = 4000;

/**
 * Rows as this process has written them last. They are what the table has for as long as nobody else has moved the
 * checkpoint: that is for the user to make sure of.
 */
export class KnownRows {
  private readonly rows = new LRUCache<string, Row>({ max: MAX_ROWS });
  /** How often each log was forgotten: what was known before goes by another name. */
  private readonly forgotten = new Map<string, number>();

  /** Tells those rows that are known. */
  tell(log: string, table: string, sought: TouchedRows): void {
    for (const identity of sought.sought) {
      const row = this.rows.get(this.nameOf(log, table, identity));
      if (row) sought.found(identity, row);
    }
  }

  /** Takes note of rows that are in the table now. */
  note(log: string, table: string, changes: readonly Change[]): void {
    for (const { identity, row } of changes) this.rows.set(this.nameOf(log, table, identity), row);
  }

  /** Someone else may have changed rows of the log. */
  forget(log: string): void {
    this.forgotten.set(log, (this.forgotten.get(log) ?? 0) + 1);
  }

  private nameOf(log: string, table: string, identity: Identity): string {
    let name = `${log}\0${this.forgotten.get(log) ?? 0}\0${table}`;
    for (const column in identity) name += `\0${identity[column]}`;
    return name;
  }
}
