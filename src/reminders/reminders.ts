import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../commands/clock.js';
import type { Database } from '../event-store/database.js';
import { Follower } from '../event-store/follower.js';
import type { Mailer } from '../mail/mailer.js';
import { ReminderLedger } from './ledger.js';
import { reminderPlanning } from './planning.js';
import { ReminderQueue } from './queue.js';
import type { QueueBackend } from './queue-backend.js';
import { type Addresses, ReminderSender } from './send.js';

/** The database is asked for due reminders this often, in milliseconds, whatever the queue says or forgets. */
const SWEEP_EVERY = 5000;

export interface RemindersParts {
  readonly db: Database;
  readonly commands: CommandBus;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly backend: QueueBackend;
  readonly addresses: Addresses;
  readonly report: (trouble: string) => void;
}

/** The worker's part: plans reminders as the log grows, finds what is due, and sends it through the queue. */
export class Reminders {
  private readonly ledger: ReminderLedger;
  private readonly planner: Follower;
  private readonly sender: ReminderSender;
  private readonly queue: ReminderQueue;
  private sweeping: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  private readonly report: (trouble: string) => void;

  constructor({ db, commands, clock, mailer, backend, addresses, report }: RemindersParts) {
    this.ledger = new ReminderLedger(db);
    this.planner = new Follower(db, reminderPlanning, report);
    this.sender = new ReminderSender(db, this.ledger, mailer, commands, clock, addresses);
    this.queue = new ReminderQueue(backend, (id) => this.sender.send(id), report);
    this.report = report;
  }

  start(): void {
    this.planner.start();
    this.queue.start();
    this.sweepLater(0);
  }

  /** `log` has grown up to `position`. */
  wake(log: string, position: number): void {
    this.planner.wake(log, position);
  }

  /** Ends after the mails in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
    await this.planner.stop();
    await this.queue.stop();
  }

  private sweepLater(milliseconds: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.report(`Due reminders cannot be looked up: ${String(error)}`))
        .finally(() => this.sweepLater(SWEEP_EVERY));
    }, milliseconds);
  }

  private async sweep(): Promise<void> {
    await this.queue.ask(await this.ledger.due());
    for (const reminder of await this.ledger.notOnRecord()) await this.sender.putOnRecord(reminder);
  }
}
