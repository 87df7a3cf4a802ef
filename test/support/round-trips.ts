import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { openServicePool } from '../../src/event-store/database.js';

/** A pool of one connection that counts how often something is sent after an answer was read. */
export interface CountedPool {
  readonly pool: Pool;
  /** Round trips that `act` takes. */
  roundTripsOf(act: () => Promise<unknown>): Promise<number>;
}

export async function openCountedPool(serviceUrl: string): Promise<CountedPool> {
  const pool = openServicePool(serviceUrl, 1);
  const client = await pool.connect();
  const { stream } = (client as PoolClient & { connection: { stream: Socket } }).connection;
  let trips = 0;
  let answered = true;
  stream.on('data', () => (answered = true));
  for (const method of ['write', 'cork'] as const) {
    const original = stream[method].bind(stream) as (...args: unknown[]) => unknown;
    Object.assign(stream, {
      [method](...args: unknown[]) {
        if (answered) trips++;
        answered = false;
        return original(...args);
      },
    });
  }
  client.release();
  return {
    pool,
    async roundTripsOf(act) {
      const before = trips;
      await act();
      return trips - before;
    },
  };
}
