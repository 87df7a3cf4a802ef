import type { Transaction } from 'kysely';
import { lockTogether, movingLocked, type Place } from './checkpoint.js';
import type { Database, LogDatabase } from './database.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { LatestEvents } from './latest-events.js';
import { wasOvertaken } from './overtaken.js';
import { readLog } from './read.js';
import { isPassingFailureOfStep } from './storage-failure.js';
import { BATCH, type Step, type Subscriber } from './subscription.js';

/** A step of all subscribers that needs no look at where they are. */
interface AtOnce {
  /**
   * Moves all of them from a place in the log past events that follow it, and tells where they are then. Undefined when somebody
   * else has been there; nothing has changed then.
   */
  step(log: string, from: Place, events: readonly PactaEvent[]): Promise<Place | undefined>;
  /** They were moved along the log otherwise: what is known of it is no longer so. */
  forget(log: string): void;
}

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
  /** Where all of the subscribers were moved to from here. */
  private readonly reached = new Map<string, Place>();

  constructor(
    private readonly db: Database,
    private readonly subscribers: readonly Subscriber[],
    private readonly latest: LatestEvents,
    private readonly atOnce?: AtOnce,
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
      return (await this.takeAtOnce(log)) ?? (await this.takeLooking(log));
    } catch (error) {
      if (isPassingFailureOfStep(error) || wasOvertaken(error)) throw error;
      return new Map();
    }
  }

  /** Undefined where it cannot be taken so: someone has to look. */
  private async takeAtOnce(log: string): Promise<Steps | undefined> {
    const from = this.reached.get(log);
    if (from === undefined || !this.atOnce) return undefined;
    const events = this.latest.after(log, from.position, BATCH);
    if (events.length === 0) return undefined;
    // Until it has ended well, nothing is known.
    this.reached.delete(log);
    try {
      const reached = await this.atOnce.step(log, from, events);
      if (!reached) return undefined;
      this.reached.set(log, reached);
    } catch (error) {
      if (isPassingFailureOfStep(error)) throw error;
      // Taken in the way that tells whom it fails for.
      return undefined;
    }
    return new Map(this.subscribers.map(({ name }) => [name, moved(events)]));
  }

  private async takeLooking(log: string): Promise<Steps> {
    const from = this.reached.get(log);
    this.reached.delete(log);
    const { steps, reached } = await this.db.transaction().execute((tx) => this.move(tx, log, from));
    if (steps.size < this.subscribers.length || !reached) return steps;
    if (reached !== from) this.atOnce?.forget(log);
    this.reached.set(log, reached);
    return steps;
  }

  private async move(
    tx: Transaction<LogDatabase>,
    log: string,
    thought: Place | undefined,
  ): Promise<{ readonly steps: Steps; readonly reached?: Place | undefined }> {
    const names = this.subscribers.map(({ name }) => name);
    const { position: from, abreast } = await lockTogether(tx, names, log);
    if (abreast.length < 2) return { steps: new Map() };
    const known = this.latest.after(log, from, BATCH);
    const events = known.length > 0 ? known : await readLog(tx, log, from, BATCH);
    const together = (step: Step) => new Map(abreast.map((name) => [name, step]));
    if (events.length === 0) {
      const reached = thought?.position === from ? thought : undefined;
      return { steps: together({ outcome: 'caught-up', position: from }), reached };
    }
    const movers = this.subscribers.filter(({ name }) => abreast.includes(name));
    const outcomes = await Promise.allSettled(movers.map((each) => each.handle(log, events, tx)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    const step = moved(events);
    const { rows } = await movingLocked(abreast, log, step.position).execute(tx);
    return { steps: together(step), reached: { position: step.position, movedBy: rows[0]!.movedBy } };
  }
}

function moved(events: readonly PactaEvent[]): Step & { outcome: 'moved' } {
  const { position } = events.at(-1)!;
  return { outcome: 'moved', position, ...(events.length === BATCH && { more: true }) };
}
