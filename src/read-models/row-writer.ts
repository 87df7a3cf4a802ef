import type { Database } from '../event-store/database.js';
import { addRows } from './stored-rows.js';

/** Characters of JSON that are gathered for one statement. */
const BATCH_SIZE = 1_000_000;

interface Batch {
  rows: string[];
  size: number;
}

/** Gathers complete rows and writes them by the megabyte, one statement at a time, while others are being folded. */
export class RowWriter {
  private readonly gathered = new Map<string, Batch>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly db: Database) {}

  add(table: string, row: string): void {
    const batch = this.gathered.get(table) ?? { rows: [], size: 0 };
    this.gathered.set(table, batch);
    batch.rows.push(row);
    batch.size += row.length;
  }

  /** Starts to write what there is enough of; waits for what is being written before that. */
  async relieve(enough = BATCH_SIZE): Promise<void> {
    for (const [table, { rows, size }] of this.gathered) {
      if (size < enough) continue;
      this.gathered.delete(table);
      await this.writing;
      this.writing = addRows(this.db, table, `[${rows.join(',')}]`);
      // Its failure is met by the next one who waits for it.
      this.writing.catch(() => undefined);
    }
  }

  /** Writes everything that is left. */
  async finish(): Promise<void> {
    await this.relieve(0);
    await this.writing;
  }

  /** Waits until nothing is being written, whether that fails or not. */
  async rest(): Promise<void> {
    await this.writing.catch(() => undefined);
  }
}
