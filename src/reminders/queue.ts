import type { Queue, Worker } from 'bullmq';
import { ErrorRate, RareReport } from './error-rate.js';
import type { DueMail } from './ledger.js';
import type { QueueBackend } from './queue-backend.js';

const QUEUE = 'reminders';

/** How the queue is guarded; times in milliseconds. */
export interface QueueGuard {
  /** Errors in a second above which the worker is closed: BullMQ repeats what fails without a pause. */
  readonly mostErrors: number;
  /** Until it is made anew, doubled each time it comes to nothing, up to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** A worker that has run for so long without being closed is well again. */
  readonly wellAfter: number;
  /** How long the queue may take to answer, or to end. */
  readonly within: number;
  readonly reportEvery: number;
}

const GUARD: QueueGuard = {
  mostErrors: 10,
  firstPause: 1000,
  longestPause: 60_000,
  wellAfter: 60_000,
  within: 2000,
  reportEvery: 10_000,
};

interface Running {
  readonly queue: Queue;
  readonly worker: Worker;
  readonly since: number;
}

/**
 * The dispatcher of mails. It may lose every job: what is due is found again in the database. Errors in quick succession
 * break the circuit, and the worker is made anew after a pause.
 */
export class ReminderQueue {
  private running: Running | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause: number;
  private stopped = false;
  private readonly guard: QueueGuard;
  private readonly rate: ErrorRate;
  private readonly reports: RareReport;

  constructor(
    private readonly backend: QueueBackend,
    private readonly send: (mailId: string) => Promise<void>,
    report: (trouble: string) => void,
    guard: Partial<QueueGuard> = {},
  ) {
    this.guard = { ...GUARD, ...guard };
    this.pause = this.guard.firstPause;
    this.rate = new ErrorRate(this.guard.mostErrors);
    this.reports = new RareReport(report, this.guard.reportEvery);
  }

  start(): void {
    if (this.stopped) return;
    const queue = this.backend.queue(QUEUE);
    const worker = this.backend.worker(QUEUE, ({ data }) => this.sendAll(data.mails));
    const running = { queue, worker, since: Date.now() };
    this.running = running;
    const complain = (error: unknown) => this.complain(error, running);
    queue.on('error', complain);
    worker.on('error', complain);
    worker.on('failed', (_job, error) => this.reports.say(sentence(error)));
    worker.run().catch(complain);
    // BullMQ keeps to a first connection that failed, and where it was refused does not tell of it either.
    Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]).catch((error: unknown) => {
      if (running !== this.running) return;
      this.reports.say(sentence(error));
      this.breakCircuit(running);
    });
  }

  /** What one mail has against being sent keeps none of the others from it. */
  private async sendAll(mailIds: readonly string[]): Promise<void> {
    const sent = await Promise.allSettled(mailIds.map((mailId) => this.send(mailId)));
    const failed = sent.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** False while the worker is closed, because of errors in quick succession. */
  get isOpen(): boolean {
    return this.running !== undefined;
  }

  /**
   * Asks for mails to be sent together when the last of them is due; what waits already waits once. A mail is named with how often
   * it was claimed: a job of which the worker died stays in the queue for a minute, and must not be in the way of the next attempt.
   * False when the queue does not take them.
   */
  async ask(mails: readonly DueMail[]): Promise<boolean> {
    const { running } = this;
    if (!running) return false;
    const once = {
      jobId: `mail-${mails.map(({ mailId, claims }) => (claims === 0 ? mailId : `${mailId}#${claims}`)).join('+')}`,
      delay: Math.ceil(Math.max(...mails.map(({ inMs }) => inMs))),
      removeOnComplete: true,
      removeOnFail: true,
    };
    try {
      return await within(
        this.guard.within,
        running.queue.add('send', { mails: mails.map(({ mailId }) => mailId) }, once).then(() => true),
      );
    } catch (error) {
      this.reports.say(sentence(error));
      return false;
    }
  }

  /** Takes no more jobs; those in hand are the sender's to end. Comes to its end also when the queue's server is gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { running } = this;
    this.running = undefined;
    if (running) await this.end(running, false);
    await within(this.guard.within, this.backend.close()).catch(() => undefined);
  }

  private async end({ queue, worker }: Running, force: boolean): Promise<void> {
    const ended = Promise.allSettled([worker.close(force), queue.close()]);
    await within(this.guard.within, ended).catch(() => undefined);
  }

  private complain(error: unknown, running: Running): void {
    if (running !== this.running) return;
    this.reports.say(sentence(error));
    if (this.rate.isTooMuch()) this.breakCircuit(running);
  }

  private breakCircuit(running: Running): void {
    const { firstPause, longestPause, wellAfter } = this.guard;
    if (Date.now() - running.since > wellAfter) this.pause = firstPause;
    this.running = undefined;
    void this.end(running, true);
    this.timer = setTimeout(() => this.start(), this.pause);
    this.pause = Math.min(longestPause, this.pause * 2);
  }
}

function sentence(error: unknown): string {
  return `The queue of reminders has trouble: ${error instanceof Error ? error.message : String(error)}`;
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  // What comes after the time is nobody's any more, failures included.
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
