import type { DueMail } from '../../src/reminders/ledger.js';
import { openQueueBackend, type QueueLocation } from '../../src/reminders/queue-backend.js';

/** A name for tests, and where the queue is for a test on the given database. */
export type Place = readonly [name: string, location: (serviceUrl: string) => QueueLocation];

const redis = process.env.PACTA_TEST_REDIS_URL;

/** A Redis for tests whose own database has this number, so that files of tests do not take each other's jobs; undefined without one. */
export function redisUrl(database: number): string | undefined {
  return redis && `${redis.replace(/\/\d*$/, '')}/${database}`;
}

/** Where queues can be: PostgreSQL, and Redis where the tests have one. */
export function placesWith(database: number): Place[] {
  const url = redisUrl(database);
  return [
    ['PostgreSQL', (databaseUrl) => ({ databaseUrl })],
    ...(url ? [['Redis', () => ({ redisUrl: url })] as Place] : []),
  ];
}

/** A mail that is due in so many milliseconds and was never claimed, to be asked for alone. */
export function alone(mailId: string, inMs = 0): DueMail[] {
  return [{ mailId, inMs, claims: 0 }];
}

/** Takes every job out of the queue of reminders, whoever has it. */
export async function emptyQueue(location: QueueLocation): Promise<void> {
  const backend = await openQueueBackend(location);
  const queue = backend.queue('reminders');
  try {
    await queue.obliterate({ force: true });
    await queue.resume();
  } finally {
    await queue.close();
    await backend.close();
  }
}
