import type { Transaction } from 'kysely';
import { lockTogether, movingLocked, type Place, type Standing } from './checkpoint.js';
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
}

/** Steps by the names of those who took them. */
type Steps = ReadonlyMap<string, Step>;

/** A step that has not begun: whoever asks now is taken along. */
interface Next {
  readonly asking: Set<string>;
  readonly steps: Promise<Steps>;
}

/** The way along one log. */
interface Course {
  readonly log: string;
  next?: Next | undefined;
  underWay?: Promise<Steps>;
  /** Where all of the subscribers were moved to from here. */
  reached?: Place | undefined;
}

/**
 * Steps that subscribers take side by side: one reading of a log's events and one transaction serve all of them. Those that are
 * a step behind catch up in it first; left to go alone beside the others they would never meet them while the log grows.
 */
export class SharedSteps {
  private readonly courses = new Map<string, Course>();

  constructor(
    private readonly db: Database,
    private readonly subscribers: readonly Subscriber[],
    private readonly latest: LatestEvents,
    private readonly atOnce?: AtOnce,
  ) {}

  /**
   * A step along the log that begins after it was asked for; undefined where the subscriber has to take it alone: it is far
   * behind the others, or one of them failed. Throws what passes by itself.
   */
  async step({ name }: Subscriber, log: string): Promise<Step | undefined> {
    const course = this.courses.get(log) ?? { log };
    this.courses.set(log, course);
    course.next ??= this.prepare(course);
    course.next.asking.add(name);
    return (await course.next.steps).get(name);
  }

  /** The subscribers may not be where they were left. */
  forgetAll(): void {
    for (const course of this.courses.values()) course.reached = undefined;
  }

  private prepare(course: Course): Next {
    const asking = new Set<string>();
    return { asking, steps: this.begin(course, asking) };
  }

  private async begin(course: Course, asking: ReadonlySet<string>): Promise<Steps> {
    await course.underWay?.catch(() => undefined);
    // Those who were woken by the same news ask in the same turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    course.next = undefined;
    course.underWay = this.take(course, asking);
    return course.underWay;
  }

  private async take(course: Course, asking: ReadonlySet<string>): Promise<Steps> {
    try {
      return (await this.takeAtOnce(course)) ?? (await this.takeLooking(course, asking));
    } catch (error) {
      if (isPassingFailureOfStep(error) || wasOvertaken(error)) throw error;
      return new Map();
    }
  }

  /** Undefined where it cannot be taken so: someone has to look. */
  private async takeAtOnce(course: Course): Promise<Steps | undefined> {
    const { log, reached: from } = course;
    if (from === undefined || !this.atOnce) return undefined;
    const events = this.latest.after(log, from.position, BATCH);
    if (events.length === 0) return undefined;
    // Until it has ended well, nothing is known.
    course.reached = undefined;
    try {
      const reached = await this.atOnce.step(log, from, events);
      if (!reached) return undefined;
      this.arrive(course, reached);
    } catch (error) {
      if (isPassingFailureOfStep(error)) throw error;
      // Taken in the way that tells whom it fails for.
      return undefined;
    }
    return new Map(this.subscribers.map(({ name }) => [name, moved(events)]));
  }

  private async takeLooking(course: Course, asking: ReadonlySet<string>): Promise<Steps> {
    const { log, reached: from } = course;
    course.reached = undefined;
    const { steps, reached = from } = await this.db.transaction().execute((tx) => this.move(tx, log, asking));
    if (steps.size === this.subscribers.length && reached) this.arrive(course, reached);
    return steps;
  }

  /** All of the subscribers have got to a place. */
  private arrive(course: Course, place: Place): void {
    course.reached = place;
    this.latest.forget(course.log, place.position);
  }

  private async move(
    tx: Transaction<LogDatabase>,
    log: string,
    asking: ReadonlySet<string>,
  ): Promise<{ readonly steps: Steps; readonly reached?: Place }> {
    const names = this.subscribers.map(({ name }) => name);
    const standings = await lockTogether(tx, names, log);
    const furthest = Math.max(0, ...standings.map(({ position }) => position));
    // One behind that does not ask fails with as many events as the others take, and would have them fail with it.
    const isNear = ({ name, position }: Standing) =>
      position === furthest || (asking.has(name) && position >= furthest - BATCH);
    const movers = standings.filter(isNear);
    if (movers.length === 0) return { steps: new Map() };
    const together = (step: Step) => new Map(movers.map(({ name }) => [name, step]));
    const from = Math.min(...movers.map(({ position }) => position));
    const events = await this.eventsAfter(tx, log, from, furthest);
    if (events.length === 0) return { steps: together({ outcome: 'caught-up', position: from }) };
    const outcomes = await Promise.allSettled(movers.map((each) => this.show(tx, log, each, events)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    const step = moved(events);
    const { rows } = await movingLocked([...together(step).keys()], log, step.position).execute(tx);
    return { steps: together(step), reached: { position: step.position, movedBy: rows[0]!.movedBy } };
  }

  /** What this process knows, if it is enough to get to where the furthest are. */
  private async eventsAfter(
    tx: Transaction<LogDatabase>,
    log: string,
    from: number,
    furthest: number,
  ): Promise<readonly PactaEvent[]> {
    const known = this.latest.after(log, from, BATCH);
    const isEnough = known.length > 0 && from + known.length >= furthest;
    return isEnough ? known : readLog(tx, log, from, BATCH);
  }

  private async show(
    tx: Transaction<LogDatabase>,
    log: string,
    { name, position }: Standing,
    events: readonly PactaEvent[],
  ): Promise<void> {
    const unseen = events.filter((event) => event.position > position);
    const subscriber = this.subscribers.find((each) => each.name === name)!;
    if (unseen.length > 0) await subscriber.handle(log, unseen, tx);
  }
}

function moved(events: readonly PactaEvent[]): Step & { outcome: 'moved' } {
  const { position } = events.at(-1)!;
  return { outcome: 'moved', position, ...(events.length === BATCH && { more: true }) };
}
