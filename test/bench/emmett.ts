import type { DefaultRecord, Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Circumstance } from '../../src/domain/event.js';
import type { Ground } from './ground.js';
import { plainPool } from './plain-table.js';

/** The peer: the event store that TypeScript projects on PostgreSQL commonly use. */
export interface Emmett {
  readonly store: PostgresEventStore;
  readonly url: string;
}

/** An event of ours in the peer's form, with as much around it. */
export type EmmettEvent = Event<CommitmentEvent['type'], DefaultRecord, DefaultRecord>;

/** Opens it on a database of its own on the same server, with its schema made and a pool as large as ours. */
export async function openEmmett(ground: Ground, name: string): Promise<Emmett> {
  const { ownerUrl: url } = await ground.database(name);
  const pool = plainPool(url);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pooled: true, pool } });
  ground.ending.afterwards(async () => {
    await store.close();
    if (!pool.ended) await pool.end();
  });
  await store.schema.migrate();
  return { store, url };
}

export function emmettEvent({ type, data }: CommitmentEvent, metadata: Circumstance): EmmettEvent {
  return { type, data: { ...data }, metadata: { ...metadata } };
}
