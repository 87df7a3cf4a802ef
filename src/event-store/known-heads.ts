/** Batches for which the head is locked once another process was found to write to the log as well. */
const CAUTIOUS_FOR = 50;

/** What is known of the head of one log. */
interface KnownHead {
  position: number | undefined;
  /** Batches that lock it whatever is known. */
  cautiousFor: number;
}

/**
 * Where this process left the heads of logs. As long as nobody else writes to a log its next batch finds the head there, and needs
 * no lock to see the streams that it rests on as they are: positions only grow, so nothing has come between.
 */
export class KnownHeads {
  private readonly heads = new Map<string, KnownHead>();

  /** The position at which a batch should find the head; undefined where it has to lock it. Told to one batch at a time. */
  take(log: string): number | undefined {
    const head = this.of(log);
    const { position, cautiousFor } = head;
    head.position = undefined;
    head.cautiousFor = Math.max(0, cautiousFor - 1);
    return cautiousFor > 0 ? undefined : position;
  }

  /** A batch was written between two positions of the log; `expected` is what it was told. */
  wrote(log: string, before: number, after: number, expected: number | undefined): void {
    const head = this.of(log);
    if (expected !== undefined && expected !== before) head.cautiousFor = CAUTIOUS_FOR;
    head.position = Math.max(after, head.position ?? 0);
  }

  private of(log: string): KnownHead {
    const head = this.heads.get(log) ?? { position: undefined, cautiousFor: 0 };
    this.heads.set(log, head);
    return head;
  }
}
