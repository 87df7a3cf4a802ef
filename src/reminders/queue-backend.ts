import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { openOwnerPool, SERVICE_ROLE } from '../event-store/database.js';

/** Where BullMQ keeps its jobs: on Redis or Valkey, or on the service's own PostgreSQL. */
export type QueueLocation = { readonly redisUrl: string } | { readonly databaseUrl: string };

/** Makers of a queue and of its worker on one backend. */
export interface QueueBackend {
  queue(name: string): Queue;
  /** The worker does not run before it is told to. */
  worker(name: string, process: (job: { data: { id: string } }) => Promise<void>): Worker;
  close(): Promise<void>;
}

/** Schema of BullMQ's tables, apart from Pacta's own. */
const SCHEMA = 'bullmq';

/** Mails that one worker process has under way at a time. */
const CONCURRENCY = 10;

/** Brings BullMQ's tables up to date and lets the service's role use them. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = openOwnerPool(ownerUrl, 1);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client as never, SCHEMA);
      // Sequences are made when first needed, hence "create". Grants of processes that start together would collide.
      await client.query(`
        begin;
        select pg_advisory_xact_lock(hashtext('pacta grants'));
        grant usage, create on schema ${SCHEMA} to ${SERVICE_ROLE};
        grant all on all tables in schema ${SCHEMA} to ${SERVICE_ROLE};
        grant all on all sequences in schema ${SCHEMA} to ${SERVICE_ROLE};
        commit`);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

/** Opens the backend. Throws when a given Redis does not answer: BullMQ itself would go on trying without a pause. */
export async function openQueueBackend(location: QueueLocation): Promise<QueueBackend> {
  return 'redisUrl' in location ? onRedis(location.redisUrl) : onPostgres(location.databaseUrl);
}

async function onRedis(url: string): Promise<QueueBackend> {
  const connection = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(5000, 100 * 2 ** times),
  });
  // Without a listener every reconnection would be printed; the queue reports trouble of its own.
  let trouble: unknown;
  connection.on('error', (error) => (trouble = error));
  try {
    await connection.connect();
  } catch (error) {
    connection.disconnect();
    // The rejection says only that the connection was closed, the event says why.
    throw trouble ?? error;
  }
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, process) =>
      new Worker(name, process, { connection, concurrency: CONCURRENCY, autorun: false }),
    // To QUIT only a Redis that is there answers, and there is nothing left to be waited for.
    close: () => {
      connection.disconnect();
      return Promise.resolve();
    },
  };
}

function onPostgres(connectionString: string): QueueBackend {
  const connection = {
    connectionString,
    schema: SCHEMA,
    max: 4,
    keepAlive: true,
    options: `-c role=${SERVICE_ROLE}`,
    application_name: 'pacta-queue',
  };
  const bound = withBackend(createPostgresBackend);
  return {
    queue: (name) => new bound.Queue(name, { connection }) as unknown as Queue,
    worker: (name, process) =>
      new bound.Worker(name, process, {
        connection,
        concurrency: CONCURRENCY,
        autorun: false,
      }) as unknown as Worker,
    close: () => Promise.resolve(),
  };
}
