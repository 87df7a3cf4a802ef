import { sql } from 'kysely';
import type { Database } from './database.js';
import { wasOvertaken } from './overtaken.js';
import { isPassingFailure } from './storage-failure.js';
import { BATCH, checkpointOf, logsBehind, step, type Subscriber } from './subscription.js';

/** Polling keeps a follower right when no notice reaches it; notices only make it sooner. Milliseconds. */
const POLL_EVERY = 1000;

/** Wait before looking again at a log that another process is working on, or after a failure. Milliseconds. */
const LOOK_AGAIN = { busyElsewhere: 10, afterFailure: 500 };

interface Waiter {
  readonly log: string;
  readonly position: number;
  resolve(): void;
}

/** Drives one subscriber along all logs, for as long as the process lives. */
export class Follower {
  private readonly reached = new Map<string, number>();
  private waiters: Waiter[] = [];
  private stopping = false;
  private wakeUp: () => void = () => undefined;
  private woken = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly subscriber: Subscriber,
    private readonly report: (trouble: string) => void,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Ends after the transaction in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** Some log has grown: look now instead of at the next poll. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Resolves with true once the subscriber has handled `log` up to `position`, with false after `timeout` milliseconds. */
  waitFor(log: string, position: number, timeout: number): Promise<boolean> {
    if ((this.reached.get(log) ?? 0) >= position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiter = { log, position, resolve: () => settle(true) };
      const settle = (arrived: boolean) => {
        clearTimeout(timer);
        this.waiters = this.waiters.filter((each) => each !== waiter);
        resolve(arrived);
      };
      const timer = setTimeout(() => settle(false), timeout);
      this.waiters.push(waiter);
      this.wake();
    });
  }

  private async run(): Promise<void> {
    await this.unpark();
    while (!this.stopping) {
      this.woken = false;
      let pause = POLL_EVERY;
      try {
        for (const log of await logsBehind(this.db, this.subscriber.name)) await this.catchUp(log);
        if (this.waiters.length > 0) pause = (await this.askCheckpoints()) ? LOOK_AGAIN.busyElsewhere : pause;
      } catch (error) {
        if (!isPassingFailure(error) && !wasOvertaken(error))
          this.report(`${this.subscriber.name} cannot follow the log: ${String(error)}`);
        pause = LOOK_AGAIN.afterFailure;
      }
      await this.sleep(pause);
    }
  }

  private async catchUp(log: string): Promise<void> {
    let limit = BATCH;
    while (!this.stopping) {
      const result = await step(this.db, this.subscriber, log, limit);
      if (result.outcome === 'moved') this.arrive(log, result.position);
      else if (result.outcome === 'failed' && limit > 1) limit = 1;
      else if (result.outcome === 'failed') return this.park(log, result.error);
      else return;
    }
  }

  /** Sets the log aside for this subscriber at the event that it cannot handle; it goes on with the other logs. */
  private async park(log: string, error: unknown): Promise<void> {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.report(`${this.subscriber.name} has parked the log ${log}: ${why}`);
    const parked = { parked_at: sql<string>`now()`, parked_why: why };
    // When it was the log's first event, the checkpoint was undone with everything else.
    await this.db
      .insertInto('checkpoint')
      .values({ subscription: this.subscriber.name, log_id: log, position: 0, ...parked })
      .onConflict((conflict) => conflict.columns(['subscription', 'log_id']).doUpdateSet(parked))
      .execute();
  }

  /** A process that starts may bring the code that can handle what was parked. */
  private async unpark(): Promise<void> {
    await this.db
      .updateTable('checkpoint')
      .set({ parked_at: null, parked_why: null })
      .where('subscription', '=', this.subscriber.name)
      .where('parked_at', 'is not', null)
      .execute()
      .catch((error: unknown) =>
        this.report(`${this.subscriber.name} cannot resume parked logs: ${String(error)}`),
      );
  }

  /** Another process may have done the work that someone here waits for. Returns true while someone still waits. */
  private async askCheckpoints(): Promise<boolean> {
    for (const log of new Set(this.waiters.map((waiter) => waiter.log))) {
      this.arrive(log, await checkpointOf(this.db, this.subscriber.name, log));
    }
    return this.waiters.length > 0;
  }

  private arrive(log: string, position: number): void {
    if (position <= (this.reached.get(log) ?? 0)) return;
    this.reached.set(log, position);
    for (const waiter of this.waiters)
      if (waiter.log === log && waiter.position <= position) waiter.resolve();
  }

  private async sleep(milliseconds: number): Promise<void> {
    if (this.woken || this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
