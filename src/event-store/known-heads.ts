/** Batches for which the head is locked once another process was found to write to the log as well. */
const CAUTIOUS_FOR = 50;

/**
 * Where this process left the heads of logs. As long as nobody else writes to a log its next batch finds the head there, and needs
 * no lock to see the streams that it rests on as they are: positions only grow, so nothing has come between.
 */
export class KnownHeads {
  private readonly positions = new Map<string, number>();
  private readonly cautious = new Map<string, number>();

  /** The position at which a batch should find the head; undefined where it has to lock it. Told to one batch at a time. */
  take(log: string): number | undefined {
    const position = this.positions.get(log);
    this.positions.delete(log);
    const cautious = this.cautious.get(log);
    if (cautious === undefined) return position;
    if (cautious > 1) this.cautious.set(log, cautious - 1);
    else this.cautious.delete(log);
    return undefined;
  }

  /** A batch was written between two positions of the log; `expected` is what it was told. */
  wrote(log: string, before: number, after: number, expected: number | undefined): void {
    if (expected !== undefined && expected !== before) this.cautious.set(log, CAUTIOUS_FOR);
    this.positions.set(log, Math.max(after, this.positions.get(log) ?? 0));
  }
}
