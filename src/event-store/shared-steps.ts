import { sql, type Transaction } from 'kysely';
import { lockTogether } from './checkpoint.js';
import type { Database, LogDatabase } from './database.js';
import type { LatestEvents } from './latest-events.js';
import { wasOvertaken } from './overtaken.js';
import { readLog } from './read.js';
import { isPassingFailureOfStep } from './storage-failure.js';
import { BATCH, type Step, type Subscriber } from './subscription.js';

/** Steps by the names of those who took them. */
type Steps = ReadonlyMap<string, Step>;

/**
 * Steps that subscribers take side by side: while they are at the same place of a log, one reading of its events and one
 * transaction serve all of them.
 */
export class SharedSteps {
  /** The step along each log that has not begun: whoever asks now is taken along. */
  private readonly next = new Map<string, Promise<Steps>>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly subscribers: readonly Subscriber[],
    private readonly latest: LatestEvents,
  ) {}

  /**
   * A step along the log that begins after it was asked for; undefined where the subscriber has to take it alone: it is
   * somewhere else than the others, or one of them failed. Throws what passes by itself.
   */
  async step({ name }: Subscriber, log: string): Promise<Step | undefined> {
    const next = this.next.get(log) ?? this.begin(log);
    this.next.set(log, next);
    return (await next).get(name);
  }

  private async begin(log: string): Promise<Steps> {
    await this.underWay.get(log)?.catch(() => undefined);
    // Those who were woken by the same news ask in the same turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    this.next.delete(log);
    const step = this.take(log);
    this.underWay.set(log, step);
    return step;
  }

  private async take(log: string): Promise<Steps> {
    try {
      return await this.db.transaction().execute((tx) => this.move(tx, log));
    } catch (error) {
      if (isPassingFailureOfStep(error) || wasOvertaken(error)) throw error;
      return new Map();
    }
  }

  private async move(tx: Transaction<LogDatabase>, log: string): Promise<Steps> {
    const names = this.subscribers.map(({ name }) => name);
    const { position: from, abreast } = await lockTogether(tx, names, log);
    if (abreast.length < 2) return new Map();
    const known = this.latest.after(log, from, BATCH);
    const events = known.length > 0 ? known : await readLog(tx, log, from, BATCH);
    const position = events.at(-1)?.position ?? from;
    if (events.length > 0) {
      const movers = this.subscribers.filter(({ name }) => abreast.includes(name));
      const outcomes = await Promise.allSettled(movers.map((each) => each.handle(log, events, tx)));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      await sql`
        update checkpoint set position = ${position}
         where log_id = ${log} and subscription = any(${abreast}::text[])`.execute(tx);
    }
    const step: Step =
      events.length === 0
        ? { outcome: 'caught-up', position }
        : { outcome: 'moved', position, ...(events.length === BATCH && { more: true as const }) };
    return new Map(abreast.map((name) => [name, step]));
  }
}
