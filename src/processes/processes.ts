import type { CommandBus } from '@nestjs/cqrs';
import type { Grown } from '../event-store/append.js';
import type { Database } from '../event-store/database.js';
import { Follower } from '../event-store/follower.js';
import type { LookedUpStreams } from '../event-store/looked-up-streams.js';
import { dueResolution } from './due-resolution.js';
import { focusAreaMerging } from './focus-area-merging.js';
import { subscriberFor } from './process.js';
import { roundClosing } from './round-closing.js';

/** Keeps all processes up with the log for as long as the process lives. */
export class Processes {
  private readonly followers: readonly Follower[];
  private isEnding = false;

  constructor(
    db: Database,
    streams: Pick<LookedUpStreams, 'all'>,
    commands: CommandBus,
    report: (trouble: string) => void,
  ) {
    this.followers = [roundClosing, dueResolution(streams), focusAreaMerging(streams)].map(
      (process) =>
        new Follower(
          db,
          subscriberFor(process, commands, () => this.isEnding),
          report,
        ),
    );
  }

  start(): void {
    for (const follower of this.followers) follower.start();
  }

  /** `log` has grown up to `position`. */
  readonly wake: Grown = (...grown) => {
    for (const follower of this.followers) follower.wake(...grown);
  };

  /** Ends after the commands in hand. */
  async stop(): Promise<void> {
    this.isEnding = true;
    await Promise.all(this.followers.map((follower) => follower.stop()));
  }
}
