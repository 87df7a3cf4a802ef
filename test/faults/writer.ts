import { setTimeout as pause } from 'node:timers/promises';
import { isPassingFailure } from '../../src/event-store/storage-failure.js';
import type { Asking } from './asking.js';
import { type Choosing, LOGS } from './choosing.js';
import type { Dice } from './dice.js';
import type { Command, Journal } from './journal.js';
import type { SharedTallies } from './shared-tallies.js';

/** Milliseconds. Half of the time a writer goes on at once, so that batches fill. */
const PAUSE = { between: 100, afterUnknown: 50 };

/** How often a writer is in a rush, and what it then asks for at once. */
const RUSH = { chance: 0.004, size: 100 };

/** One of those who write, as a client with an Idempotency-Key does: it asks until it is told what became of it. */
export class Writer {
  private stopping = false;
  private acknowledged: Command | undefined;

  constructor(
    private readonly choosing: Choosing,
    private readonly asking: Asking,
    private readonly journal: Journal,
    private readonly shared: SharedTallies,
    private readonly dice: Dice,
  ) {}

  /** Asks first what a writer before was not told of. Resolves after {@link stop}, with nothing left unknown. */
  async run(unresolved: readonly Command[]): Promise<void> {
    await Promise.all(unresolved.map((command) => this.askUntilTold(command, true)));
    while (!this.stopping) {
      if (this.dice.chance(RUSH.chance)) await this.rush();
      else await this.askNext();
      if (this.acknowledged && this.dice.chance(0.05)) await this.askUntilTold(this.acknowledged, true);
      await pause(this.dice.chance(0.5) ? 0 : this.dice.below(PAUSE.between));
    }
  }

  stop(): void {
    this.stopping = true;
  }

  private async askNext(log?: string): Promise<void> {
    const command = await this.choose(log);
    if (command) await this.askUntilTold(command, false);
  }

  /** Asks for so much of one log at once that it cannot be written together. */
  private async rush(): Promise<void> {
    const log = this.dice.pick(LOGS);
    await Promise.all(Array.from({ length: RUSH.size }, () => this.askNext(log)));
  }

  private async choose(log: string | undefined): Promise<Command | undefined> {
    try {
      return await this.choosing.next(log);
    } catch (error) {
      if (!isPassingFailure(error)) throw error;
      await pause(PAUSE.afterUnknown);
      return undefined;
    }
  }

  private async askUntilTold(command: Command, isRepeat: boolean): Promise<void> {
    this.journal.write({ asked: command });
    for (let repeat = isRepeat; ; repeat = true) {
      const outcome = await this.asking.ask(command, repeat);
      this.journal.write({ told: command.id, outcome });
      if (outcome.is === 'acknowledged') this.acknowledged = command;
      if (outcome.is === 'refused' && outcome.why.startsWith('Refusal')) this.shared.isFull(command);
      if (outcome.is !== 'unknown') return;
      await pause(PAUSE.afterUnknown);
    }
  }
}
