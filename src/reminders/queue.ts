import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { openOwnerPool, SERVICE_ROLE } from '../event-store/database.js';

/** Where BullMQ keeps its jobs: on Redis or Valkey, or on the service's own PostgreSQL. */
export type QueueBackend = { readonly redisUrl: string } | { readonly databaseUrl: string };

/** Schema of BullMQ's tables, apart from Pacta's own. */
const SCHEMA = 'bullmq';
const QUEUE = 'reminders';

/** Mails that one worker process has under way at a time. */
const CONCURRENCY = 5;

/** At most one line about trouble with the queue per this many milliseconds: a lost connection repeats itself fast. */
const REPORT_EVERY = 10_000;

/** Brings BullMQ's tables up to date and lets the service's role use them. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = openOwnerPool(ownerUrl, 1);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client as never, SCHEMA);
      // Sequences are made when first needed, hence "create".
      await client.query(`
        grant usage, create on schema ${SCHEMA} to ${SERVICE_ROLE};
        grant all on all tables in schema ${SCHEMA} to ${SERVICE_ROLE};
        grant all on all sequences in schema ${SCHEMA} to ${SERVICE_ROLE}`);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

/** The dispatcher of reminders. It may lose every job: what is due is found again in the database. */
export class ReminderQueue {
  private readonly queue: Queue;
  private readonly worker: Worker;
  private reportedAt = 0;

  constructor(
    backend: QueueBackend,
    send: (id: string) => Promise<void>,
    private readonly report: (trouble: string) => void,
  ) {
    const process = ({ data }: { data: { id: string } }) => send(data.id);
    if ('redisUrl' in backend) {
      const connection = { url: backend.redisUrl };
      this.queue = new Queue(QUEUE, { connection });
      this.worker = new Worker(QUEUE, process, {
        connection: { ...connection, maxRetriesPerRequest: null },
        concurrency: CONCURRENCY,
        autorun: false,
      });
    } else {
      const connection = {
        connectionString: backend.databaseUrl,
        schema: SCHEMA,
        max: 4,
        keepAlive: true,
        options: `-c role=${SERVICE_ROLE}`,
        application_name: 'pacta-queue',
      };
      const onPostgres = withBackend(createPostgresBackend);
      this.queue = new onPostgres.Queue(QUEUE, { connection }) as unknown as Queue;
      this.worker = new onPostgres.Worker(QUEUE, process, {
        connection,
        concurrency: CONCURRENCY,
        autorun: false,
      }) as unknown as Worker;
    }
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
      await this.queue.add(
        'send',
        { id },
        { jobId: `reminder-${id}`, removeOnComplete: true, removeOnFail: true },
      );
    }
  }

  /** Ends after the mails in hand. */
  async stop(): Promise<void> {
    await this.worker.close();
    await this.queue.close();
  }

  private complain(error: unknown): void {
    if (Date.now() - this.reportedAt < REPORT_EVERY) return;
    this.reportedAt = Date.now();
    this.report(
      `The queue of reminders has trouble: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
