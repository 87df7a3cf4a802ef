import type { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '../commands/clock.js';
import type { Grown } from '../event-store/append.js';
import type { Database } from '../event-store/database.js';
import { Follower } from '../event-store/follower.js';
import type { Subscriber } from '../event-store/subscription.js';
import type { Mailer } from '../mail/mailer.js';
import { type Addresses, composeFrom } from './compose.js';
import { defaultPolicy } from './delivery-policy.js';
import { Dispatcher } from './dispatcher.js';
import { forgetErased, workOutDueTimes } from './due-mails.js';
import type { MailFence } from './mail-fence.js';
import { reminderPlanning } from './planning.js';
import { PostgresLedger } from './postgres-ledger.js';
import { ReminderQueue } from './queue.js';
import type { QueueBackend } from './queue-backend.js';
import { recordWith } from './record-outcome.js';
import { MailSender } from './send.js';

/** What changes seldom, the rules of zones and the directory, is looked at this often, in milliseconds. */
const TIDY_EVERY = 3_600_000;

export interface RemindersParts {
  readonly db: Database;
  readonly commands: CommandBus;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** Mails under way at a time, and so connections to the mail server. */
  readonly atATime: number;
  /** Undefined where the sweeper is to send everything. */
  readonly backend?: QueueBackend | undefined;
  readonly fence: MailFence;
  readonly addresses: Addresses;
  readonly report: (trouble: string) => void;
  /** Milliseconds between two looks at what is due. */
  readonly sweepEvery?: number | undefined;
}

/** The worker's part: plans reminders as the log grows, finds what is due, and sends it. */
export class Reminders {
  private readonly planner: Follower;
  private readonly dispatcher: Dispatcher;
  private timer: NodeJS.Timeout | undefined;
  private stays: string | undefined;

  constructor(private readonly parts: RemindersParts) {
    const { db, commands, clock, mailer, atATime, backend, fence, addresses, report, sweepEvery } = parts;
    const planning: Subscriber = {
      ...reminderPlanning,
      handle: async (...step) => {
        await reminderPlanning.handle(...step);
        this.dispatcher.lookSoon();
      },
    };
    this.planner = new Follower(db, planning, report);
    const ledger = new PostgresLedger(db, fence);
    const sender = new MailSender({
      ledger,
      mailer,
      compose: composeFrom(db, clock, addresses),
      record: recordWith(commands, report),
      policy: defaultPolicy,
      atATime,
      mailDomain: addresses.mailDomain,
      dice: Math.random,
    });
    this.dispatcher = new Dispatcher({
      ledger,
      sender,
      queue: backend && ((send) => new ReminderQueue(backend, send, report)),
      mayMail: () => this.mayMail(),
      report,
      sweepEvery,
    });
  }

  start(): void {
    this.planner.start();
    this.dispatcher.start();
    void this.tidy();
  }

  /** `log` has grown up to `position`. */
  readonly wake: Grown = (...grown) => this.planner.wake(...grown);

  /** Ends after the mails in hand. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.dispatcher.stop();
    await this.planner.stop();
  }

  /** Says once why nothing goes out, and once that it does again. */
  private async mayMail(): Promise<boolean> {
    const state = await this.parts.fence.look();
    const stays = state.mayMail ? undefined : state.why;
    if (stays !== this.stays) this.parts.report(stays ?? 'Reminders are sent from here from now on.');
    this.stays = stays;
    return state.mayMail;
  }

  private async tidy(): Promise<void> {
    const work = async () => {
      await workOutDueTimes(this.parts.db);
      await forgetErased(this.parts.db);
    };
    const look = () =>
      work().catch((error: unknown) => this.parts.report(`Reminders cannot be tidied: ${String(error)}`));
    this.timer = setInterval(() => void look(), TIDY_EVERY);
    await look();
  }
}
