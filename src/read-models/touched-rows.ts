import type { PactaEvent } from '../domain/vocabulary.js';

/** Columns, beside `log_id`, that name one row of a table. */
export type Identity = Readonly<Record<string, string | number>>;

/** A row as it is written: all columns, `undefined` for null. */
export type Row = Readonly<Record<string, unknown>>;

/** A row that was changed, as it is to be written, and what names it. */
export interface Change {
  readonly identity: Identity;
  readonly row: Row;
}

interface Slot {
  readonly identity: Identity;
  row: object | undefined;
  /** What it was before the batch is not known yet. */
  isSought: boolean;
  /** Position of the last event that changed it; 0 as long as none has. */
  position: number;
}

/** What one event does to the rows that it concerns, as a read model says it. */
interface Effect {
  rowsOf(event: PactaEvent): readonly Identity[];
  fold(row: object | undefined, event: PactaEvent): object | undefined;
}

/** The rows of one table that a batch of events concerns, folded in memory. */
export class TouchedRows {
  private readonly slots = new Map<string, Slot>();

  /** The identities of rows that the table may have, and that were not found yet. */
  get sought(): readonly Identity[] {
    return [...this.slots.values()].filter((slot) => slot.isSought).map((slot) => slot.identity);
  }

  /** Columns that name a row. */
  get keys(): readonly string[] {
    const [first] = this.slots.values();
    return first ? Object.keys(first.identity) : [];
  }

  /** An event concerns the row; `comesWithIt` where the table cannot have it yet. */
  announce(identity: Identity, comesWithIt: boolean): void {
    this.slotOf(identity, !comesWithIt);
  }

  /** The row as it was before the batch. */
  found(identity: Identity, row: object): void {
    const slot = this.slotOf(identity);
    slot.row = row;
    slot.isSought = false;
  }

  fold(effect: Effect, event: PactaEvent): void {
    for (const identity of effect.rowsOf(event)) {
      const slot = this.slotOf(identity);
      const row = effect.fold(slot.row, event);
      if (!row) continue;
      slot.row = row;
      slot.position = event.position;
    }
  }

  /** Every row that was changed. */
  changes(log: string): Change[] {
    const changes: Change[] = [];
    for (const { row, identity, position } of this.slots.values()) {
      if (position > 0) changes.push({ identity, row: { log_id: log, ...row, ...identity, position } });
    }
    return changes;
  }

  clear(): void {
    this.slots.clear();
  }

  private slotOf(identity: Identity, isSought = false): Slot {
    let key = '';
    for (const column in identity) key += `${identity[column]}\0`;
    const known = this.slots.get(key);
    if (known) return known;
    const slot = { identity, row: undefined, isSought, position: 0 };
    this.slots.set(key, slot);
    return slot;
  }
}
