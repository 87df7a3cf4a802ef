import { arrivalOf } from '../event-store/arrival.js';
import type { Grown } from '../event-store/append.js';
import type { Store } from '../event-store/database.js';
import { Follower } from '../event-store/follower.js';
import { LatestEvents } from '../event-store/latest-events.js';
import { SharedSteps } from '../event-store/shared-steps.js';
import { commitmentDetails } from './commitment-details.js';
import { commitmentHistory } from './commitment-history.js';
import { dialogueRecord } from './dialogue-record.js';
import { focusAreaStatus } from './focus-area-status.js';
import { grants } from './grants.js';
import type { ReadModel } from './projection.js';
import { StepsAtOnce } from './steps-at-once.js';

/** Every read model there is. */
export const readModels: readonly ReadModel[] = [
  focusAreaStatus,
  commitmentDetails,
  commitmentHistory,
  dialogueRecord,
  grants,
];

/** Keeps all read models up with the log for as long as the process lives. */
export class Views {
  private readonly followers: readonly Follower[];
  private readonly shared: SharedSteps;

  constructor(
    store: Store,
    report: (trouble: string) => void,
    private readonly models: readonly ReadModel[] = readModels,
    latest = new LatestEvents(),
  ) {
    const { db } = store;
    this.shared = new SharedSteps(db, models, latest, new StepsAtOnce(store, models));
    this.followers = models.map((model) => new Follower(db, model, report, this.shared));
  }

  start(): void {
    for (const follower of this.followers) follower.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.followers.map((follower) => follower.stop()));
  }

  /** The views may not be any more where they were. */
  forgetAll(): void {
    this.shared.forgetAll();
    for (const follower of this.followers) follower.forgetAll();
  }

  /** `log` has grown up to `position`. */
  readonly wake: Grown = (...grown) => {
    for (const follower of this.followers) follower.wake(...grown);
  };

  /**
   * True once every view has the log up to `position`; false when `timeout` milliseconds were not enough. Views that have
   * set the log aside, or are new and have far to go in it, are not waited for: they would make every change wait.
   */
  async haveReached(log: string, position: number, timeout: number): Promise<boolean> {
    return (await arrivalOf(this.followers, log, position, timeout)) !== 'late';
  }

  /** True once this view has the log up to `position`; false otherwise, at once when it has set the log aside. */
  async hasReached(model: ReadModel, log: string, position: number, timeout: number): Promise<boolean> {
    return this.followers[this.models.indexOf(model)]!.waitFor(log, position, timeout);
  }
}
