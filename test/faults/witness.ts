import { sql } from 'kysely';
import type { Subscriber } from '../../src/event-store/subscription.js';

/** Two that follow every log; what one sees is nothing to the other. */
export const WITNESSES = ['witness-a', 'witness-b'];

/**
 * What a witness saw, one row for each time that it saw an event. Nothing keeps it from being there twice or out
 * of order: that is what the proof is about. `nth` rises with each row.
 */
export const SEEN = `
  create table seen (
    nth          bigint generated always as identity primary key,
    subscription text not null,
    log_id       text not null,
    position     bigint not null
  );
  grant select, insert on seen to pacta_service;`;

/** Writes down the events in the transaction that it is given. */
export function witness(name: string): Subscriber {
  return {
    name,
    handle: async (log, events, tx) => {
      const positions = events.map(({ position }) => position);
      await sql`
        insert into seen (subscription, log_id, position)
        select ${name}, ${log}, position
          from unnest(${positions}::bigint[]) with ordinality as saw (position, place)
         order by place`.execute(tx);
    },
  };
}
