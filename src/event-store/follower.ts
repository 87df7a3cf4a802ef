import { setTimeout as pause } from 'node:timers/promises';
import { arrivalOf, type Expected } from './arrival.js';
import { Arrivals, type Waiter } from './arrivals.js';
import { beginBuilding, standingOf } from './checkpoint.js';
import type { Database } from './database.js';
import { wasOvertaken } from './overtaken.js';
import { park, retryNow, wordsOf } from './parked.js';
import { Poll } from './poll.js';
import type { SharedSteps } from './shared-steps.js';
import { isPassingFailure } from './storage-failure.js';
import { BATCH, step, type Subscriber } from './subscription.js';

/** Polling keeps a follower right when no notice reaches it; notices only make it sooner. Milliseconds. */
const POLL_EVERY = 1000;

/** Wait before looking again at a log that another process is working on, or after a failure. Milliseconds. */
const LOOK_AGAIN = { busyElsewhere: 10, afterFailure: 500 };

/** Drives one subscriber along all logs, for as long as the process lives. */
export class Follower implements Expected {
  private readonly arrivals = new Arrivals();
  private readonly poll: Poll;
  /** Logs that have grown, as others say, and up to which position. */
  private told = new Map<string, number>();
  /** Logs of which there is more to handle than one step takes, the one whose turn is next first. */
  private readonly behind = new Set<string>();
  /** Logs along which it has moved since it last looked what else has grown. */
  private moved = new Set<string>();
  /** Events to try at once where not all of {@link BATCH} can be handled together. */
  private readonly limits = new Map<string, number>();
  /** Time of the next poll, in milliseconds since 1970. */
  private nextPoll = 0;
  private stopping = false;
  private wakeUp: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly subscriber: Subscriber,
    private readonly report: (trouble: string) => void,
    /** Steps that it takes side by side with others, where it can. */
    private readonly shared?: SharedSteps,
  ) {
    this.poll = Poll.of(db);
  }

  start(): void {
    this.running = this.run();
  }

  /** Ends after the transaction in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp();
    await this.running;
  }

  /**
   * `log` has grown up to `position`, or some log has: look now instead of at the next poll, unless it is known to have grown by
   * nothing but `types` that are none of the subscriber's.
   */
  wake(log?: string, position = Number.POSITIVE_INFINITY, types?: ReadonlySet<string>): void {
    if (types && this.subscriber.types?.every((type) => !types.has(type))) return;
    if (log === undefined) this.nextPoll = 0;
    else if (Math.max(this.told.get(log) ?? 0, this.arrivals.reachedIn(log)) >= position) return;
    else this.told.set(log, position);
    this.wakeUp();
  }

  /** The subscriber may not be any more where it was. */
  forgetAll(): void {
    this.arrivals.forgetAll();
  }

  /**
   * Resolves with true once the subscriber has handled `log` up to `position`; with false after `timeout`
   * milliseconds, or as soon as the log is set aside: it is parked, or it is long and new to the subscriber.
   */
  async waitFor(log: string, position: number, timeout: number): Promise<boolean> {
    return (await arrivalOf([this], log, position, timeout)) === 'arrived';
  }

  await(waiter: Waiter): void {
    this.arrivals.add(waiter);
    this.wake(waiter.log, waiter.position);
  }

  giveUp(waiter: Waiter): void {
    this.arrivals.remove(waiter);
  }

  private async run(): Promise<void> {
    let isPrepared = false;
    while (!this.stopping) {
      try {
        if (!isPrepared) await this.prepare();
        isPrepared = true;
        await this.round();
        if (this.behind.size > 0) continue;
        if (this.told.size === 0) await this.rest();
        const { gathers } = this.subscriber;
        if (gathers && !this.stopping) await pause(gathers);
      } catch (error) {
        if (!isPassingFailure(error) && !wasOvertaken(error)) this.complain('cannot follow the log', error);
        this.nextPoll = 0;
        await this.sleep(LOOK_AGAIN.afterFailure);
      }
    }
  }

  /** A process that starts may bring the code that can handle what was parked, or a subscriber that is new. */
  private async prepare(): Promise<void> {
    const { name } = this.subscriber;
    await retryNow(this.db, name);
    await beginBuilding(this.db, name, BATCH);
    this.learn(await standingOf(this.db, name));
  }

  /** One step along each log that others say has grown, and along one of those that are far behind: neither waits long for the other. */
  private async round(): Promise<void> {
    if (Date.now() >= this.nextPoll) {
      this.nextPoll = (Math.floor(Date.now() / POLL_EVERY) + 1) * POLL_EVERY;
      const looked = this.lookBehind();
      // What is known to have grown does not wait for what may have; where that cannot be found out now, it is in a second.
      if (this.told.size + this.behind.size === 0) await looked;
      else looked.catch(() => undefined);
    }
    const turns = this.told;
    this.told = new Map();
    const [next] = this.behind;
    if (next !== undefined && !turns.has(next)) turns.set(next, Infinity);
    try {
      for (const [log, upTo] of turns) {
        if (this.stopping) return;
        turns.delete(log);
        // The step before may have gone as far already.
        if (!this.behind.delete(log) && this.arrivals.hasReached(log, upTo)) continue;
        if (await this.step(log, upTo)) this.behind.add(log);
      }
    } finally {
      // Where a step failed the others are not to wait until that log goes on.
      for (const [log, upTo] of turns) this.tell(log, upTo);
    }
  }

  private tell(log: string, upTo: number): void {
    this.told.set(log, Math.max(upTo, this.told.get(log) ?? 0));
  }

  private async lookBehind(): Promise<void> {
    this.moved = new Set();
    for (const { log, head } of await this.poll.logsBehind(this.subscriber.name)) {
      // Of a log along which it has moved meanwhile that may be no news; of another, its checkpoint may have been set back.
      this.tell(log, this.moved.has(log) ? head : Infinity);
    }
    this.wakeUp();
  }

  /** Returns true when there is more to handle; `upTo` is how far the log has grown, as others say. */
  private async step(log: string, upTo: number): Promise<boolean> {
    const limit = this.limits.get(log) ?? BATCH;
    const together = limit === BATCH ? await this.shared?.step(this.subscriber, log) : undefined;
    const result = together ?? (await step(this.db, this.subscriber, log, limit));
    switch (result.outcome) {
      case 'moved':
        this.moved.add(log);
        this.limits.set(log, Math.min(BATCH, limit * 2));
        this.arrivals.arrive(log, result.position, result.beingBuilt ?? false);
        return result.more ?? (upTo < Infinity && !this.arrivals.hasReached(log, upTo));
      case 'caught-up':
        this.arrivals.arrive(log, result.position, false);
        return false;
      case 'failed':
        // Which of them it is, halving finds in a few steps.
        this.limits.set(log, Math.ceil(limit / 2));
        if (limit > 1) return true;
        if (await park(this.db, this.subscriber.name, log, result))
          this.complain(`has parked the log ${log}`, result.error);
        await this.ask([log]);
        return false;
      default:
        if (this.arrivals.isSetAside(log) || result.outcome === 'parked') await this.ask([log]);
        return false;
    }
  }

  /** Waits for the next poll, or shortly where another process does what someone here waits for. */
  private async rest(): Promise<void> {
    await this.ask(this.arrivals.awaited);
    if (this.told.size > 0) return;
    const { awaited } = this.arrivals;
    await this.sleep(awaited.length > 0 ? LOOK_AGAIN.busyElsewhere : this.nextPoll - Date.now());
    awaited.forEach((log) => this.told.set(log, Infinity));
  }

  private async ask(logs: readonly string[]): Promise<void> {
    if (logs.length > 0) this.learn(await standingOf(this.db, this.subscriber.name, logs));
  }

  private learn(standings: Awaited<ReturnType<typeof standingOf>>): void {
    for (const { log, position, setAside } of standings) this.arrivals.arrive(log, position, setAside);
  }

  private complain(what: string, error: unknown): void {
    this.report(`${this.subscriber.name} ${what}: ${wordsOf(error)}`);
  }

  private async sleep(milliseconds: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
