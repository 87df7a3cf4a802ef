import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { openOwnerPool, openServicePool, SERVICE_ROLE } from '../event-store/database.js';

/** Where BullMQ keeps its jobs: on Redis or Valkey, or on the service's own PostgreSQL. */
export type QueueLocation = { readonly redisUrl: string } | { readonly databaseUrl: string };

/** Makers of a queue and of its worker on one backend. */
export interface QueueBackend {
  queue(name: string): Queue;
  /** The worker does not run before it is told to. */
  worker(name: string, process: (job: { data: { mails: readonly string[] } }) => Promise<void>): Worker;
  close(): Promise<void>;
}

/** Schema of BullMQ's tables, apart from Pacta's own. */
const SCHEMA = 'bullmq';

/** Jobs that one worker process has at a time. One slow mail in each may hold up what else is due. */
const CONCURRENCY = 10;

/** How often a job may lose its worker before BullMQ calls that a failure: mails are claimed, whoever has the job. */
const MOST_STALLS = 100;

/** Most connections to PostgreSQL of a queue, and of a worker, one of whose listens. */
const CONNECTIONS = 4;

const WORKING = { concurrency: CONCURRENCY, maxStalledCount: MOST_STALLS, autorun: false };

/** Brings BullMQ's tables up to date and lets the service's role use them. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = openOwnerPool(ownerUrl, 1);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client as never, SCHEMA);
      // BullMQ makes sequences for jobs without ids; ours have one, so the role need not create anything, as it once could.
      // Grants of processes that start together would collide.
      await client.query(`
        begin;
        select pg_advisory_xact_lock(hashtext('pacta grants'));
        revoke all on schema ${SCHEMA} from ${SERVICE_ROLE};
        revoke all on all tables in schema ${SCHEMA} from ${SERVICE_ROLE};
        revoke all on all sequences in schema ${SCHEMA} from ${SERVICE_ROLE};
        grant usage on schema ${SCHEMA} to ${SERVICE_ROLE};
        grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${SERVICE_ROLE};
        grant usage on all sequences in schema ${SCHEMA} to ${SERVICE_ROLE};
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
    worker: (name, process) => new Worker(name, process, { connection, ...WORKING }),
    // To QUIT only a Redis that is there answers, and there is nothing left to be waited for.
    close: () => {
      connection.disconnect();
      return Promise.resolve();
    },
  };
}

type ServicePool = ReturnType<typeof openServicePool>;

function onPostgres(databaseUrl: string): QueueBackend {
  const bound = withBackend(createPostgresBackend);
  const ending = new Set<Promise<void>>();
  // Each has connections of its own, which end with it: what hangs on one is not in the way of the next one.
  const withPool = <User extends Pick<Queue, 'getBackend'>>(
    make: (connection: ServicePool) => User,
  ): User => {
    const pool = openServicePool(databaseUrl, CONNECTIONS, undefined, SCHEMA);
    const user = make(pool);
    user.getBackend().once('close', () => {
      const end = pool.end().finally(() => ending.delete(end));
      ending.add(end);
    });
    return user;
  };
  return {
    queue: (name) => withPool((connection) => new bound.Queue(name, { connection }) as unknown as Queue),
    worker: (name, process) =>
      withPool((connection) => {
        const options = { connection, ...WORKING };
        return new bound.Worker(name, process, options) as unknown as Worker;
      }),
    close: async () => void (await Promise.all(ending)),
  };
}
