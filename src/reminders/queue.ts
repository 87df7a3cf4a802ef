import type { Queue, Worker } from 'bullmq';
import type { QueueBackend } from './queue-backend.js';

const QUEUE = 'reminders';

/** At most one line about trouble with the queue per this many milliseconds: a lost connection repeats itself fast. */
const REPORT_EVERY = 10_000;

/** The dispatcher of reminders. It may lose every job: what is due is found again in the database. */
export class ReminderQueue {
  private readonly queue: Queue;
  private readonly worker: Worker;
  private reportedAt = 0;

  constructor(
    private readonly backend: QueueBackend,
    send: (id: string) => Promise<void>,
    private readonly report: (trouble: string) => void,
  ) {
    this.queue = backend.queue(QUEUE);
    this.worker = backend.worker(QUEUE, ({ data }) => send(data.id));
    this.queue.on('error', (error) => this.complain(error));
    this.worker.on('error', (error) => this.complain(error));
    this.worker.on('failed', (_job, error) => this.complain(error));
  }

  start(): void {
    this.worker.run().catch((error: unknown) => this.complain(error));
  }

  /** Asks for reminders to be sent; one that waits already waits once. */
  async ask(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const once = { jobId: `reminder-${id}`, removeOnComplete: true, removeOnFail: true };
      await this.queue.add('send', { id }, once);
    }
  }

  /** Ends after the mails in hand. */
  async stop(): Promise<void> {
    await this.worker.close();
    await this.queue.close();
    await this.backend.close();
  }

  private complain(error: unknown): void {
    if (Date.now() - this.reportedAt < REPORT_EVERY) return;
    this.reportedAt = Date.now();
    this.report(
      `The queue of reminders has trouble: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
