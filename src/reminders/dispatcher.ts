import { RareReport } from './error-rate.js';
import type { DueMail, ReminderLedger } from './ledger.js';
import type { ReminderQueue } from './queue.js';
import type { MailSender } from './send.js';

export interface DispatcherParts {
  readonly ledger: ReminderLedger;
  readonly sender: MailSender;
  /** Makes the queue that hands mails to `send`; without one the sweeper sends everything. */
  readonly queue?: ((send: (mailId: string) => Promise<void>) => ReminderQueue) | undefined;
  /** Whether mails may go out from here; looked at before each sweep. */
  readonly mayMail: () => Promise<boolean>;
  readonly report: (trouble: string) => void;
  /** The ledger is asked what is due this often, in milliseconds, whatever the queue says or forgets. */
  readonly sweepEvery?: number | undefined;
}

const SWEEP_EVERY = 30_000;

/** Wait before a look that was asked for, in milliseconds: what was planned is committed by then. */
const SOON = 1000;

/** Most mails of one job: what is due together is sent together, and shares statements. */
const OF_ONE_JOB = 10;

/** Mails of one job are due within this, in milliseconds. */
const TOGETHER = 1000;

/** Sees to it that what is due is sent: by the queue where it does its work, by itself where it does not. */
export class Dispatcher {
  private readonly queue: ReminderQueue | undefined;
  private readonly sweepEvery: number;
  private readonly reports: RareReport;
  /** When each mail that waits in the queue was handed to it. */
  private readonly asked = new Map<string, number>();
  private readonly inHand = new Set<Promise<void>>();
  private sweeping: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private isSweeping = false;
  private wantsSoon = false;

  constructor(private readonly parts: DispatcherParts) {
    this.sweepEvery = parts.sweepEvery ?? SWEEP_EVERY;
    this.reports = new RareReport(parts.report, 10_000);
    this.queue = parts.queue?.((mailId) => this.send(mailId));
  }

  start(): void {
    this.queue?.start();
    this.sweepLater(0);
  }

  /** Something was planned that may be due already: the next look comes soon, and not after a whole pause. */
  lookSoon(): void {
    if (this.wantsSoon) return;
    this.wantsSoon = true;
    if (this.isSweeping) return;
    clearTimeout(this.timer);
    this.sweepLater(SOON);
  }

  /** Ends after the mails in hand, with or without the queue. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.parts.sender.stop();
    await Promise.all([this.sweeping, ...this.inHand]);
    await this.queue?.stop();
    await Promise.all(this.inHand);
  }

  private async send(mailId: string): Promise<void> {
    if (this.stopped) return;
    const sending = this.parts.sender.send(mailId);
    const ended = sending.catch(() => undefined);
    this.inHand.add(ended);
    try {
      await sending;
    } finally {
      this.inHand.delete(ended);
      // What is due all the same, since others held it or nothing could be read, is asked for anew.
      this.asked.delete(mailId);
    }
  }

  private sweepLater(milliseconds: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.wantsSoon = false;
      this.isSweeping = true;
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.reports.say(`Due reminders cannot be seen to: ${String(error)}`))
        .finally(() => {
          this.isSweeping = false;
          this.sweepLater(this.wantsSoon ? SOON : this.sweepEvery);
        });
    }, milliseconds);
  }

  private async sweep(): Promise<void> {
    // What waits for the log keeps nobody waiting for a mail; a mail in doubt is not sent again before the log knows.
    await this.parts.sender
      .recordAll()
      .catch((error: unknown) => this.reports.say(`Outcomes of mails are not on record: ${String(error)}`));
    if (!(await this.parts.mayMail())) return;
    const due = await this.parts.ledger.due(this.queue?.isOpen ? this.sweepEvery : 0);
    const left = await this.handToQueue(due);
    await this.sendByItself(left.filter(({ inMs }) => inMs <= 0).map(({ mailId }) => mailId));
  }

  /** What the queue did not take, or took and did nothing with for two sweeps. */
  private async handToQueue(due: readonly DueMail[]): Promise<DueMail[]> {
    const now = Date.now();
    const stillDue = new Set(due.map(({ mailId }) => mailId));
    for (const mailId of this.asked.keys()) if (!stillDue.has(mailId)) this.asked.delete(mailId);
    const waiting = due.filter(({ mailId }) => this.asked.has(mailId));
    const fresh = due.filter(({ mailId }) => !this.asked.has(mailId));
    let takes = this.queue?.isOpen ?? false;
    // Jobs are not asked for twice: one that came to nothing within two sweeps is lost, and the sweep needs none.
    const isLost = ({ mailId }: DueMail) => !takes || now - this.asked.get(mailId)! >= 2 * this.sweepEvery;
    const left: DueMail[] = [];
    for (const mails of dueTogether(fresh)) {
      for (const { mailId, inMs } of mails) this.asked.set(mailId, now + inMs);
      takes &&= !this.stopped && (await this.queue!.ask(mails));
      if (takes) continue;
      left.push(...mails);
      for (const { mailId } of mails) this.asked.delete(mailId);
    }
    return [...left, ...waiting.filter(isLost)];
  }

  /** One mail's trouble does not hold up the others; it is found again. */
  private async sendByItself(mailIds: readonly string[]): Promise<void> {
    const told = (error: unknown) => this.reports.say(`A mail was not sent: ${String(error)}`);
    await Promise.all(mailIds.map((mailId) => this.send(mailId).catch(told)));
  }
}

function* dueTogether(due: readonly DueMail[]): Generator<readonly DueMail[]> {
  let mails: DueMail[] = [];
  for (const mail of due.toSorted((one, other) => one.inMs - other.inMs)) {
    if (mails.length === OF_ONE_JOB || (mails[0] && mail.inMs > mails[0].inMs + TOGETHER)) {
      yield mails;
      mails = [];
    }
    mails.push(mail);
  }
  if (mails.length > 0) yield mails;
}
