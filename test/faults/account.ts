import type { OwnServer } from './own-server.js';
import { type Line, readJournals } from './journal.js';

/** An event as it lies in the log, with what only its entry says. */
export interface Written {
  readonly log: string;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly recordedAt: string;
  /** The command that it comes from. */
  readonly command: string;
  /** The process that wrote it. */
  readonly process: string;
  /** Stream and version by its entry. */
  readonly says: string;
}

/** All that is left after a run: what the writers were told, what is in the log, and what the witnesses saw. */
export interface Account {
  readonly journal: readonly Line[];
  /** By log and position. */
  readonly events: readonly Written[];
  readonly heads: readonly { readonly log: string; readonly position: number }[];
  /** In the order in which it was seen. */
  readonly seen: readonly { readonly witness: string; readonly log: string; readonly position: number }[];
  readonly parked: readonly { readonly subscription: string; readonly log: string }[];
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.US'`;

/** Reads it from the log's own tables, past the code that is on trial. */
export async function account(server: OwnServer, journals: string): Promise<Account> {
  return server.asOwner(async (client) => {
    const ask = async <Row>(text: string) => (await client.query(text)).rows as Row[];
    return {
      journal: readJournals(journals, ''),
      events: await ask<Written>(`
        select log_id as log, position::int, stream_id as stream, version,
               to_char(recorded_at, ${INSTANT}) as "recordedAt", says ->> 'causationId' as command,
               says ->> 'correlationId' as process, concat_ws(' ', says ->> 'stream', says ->> 'version') as says
          from event, lateral (select entry::jsonb as says) entry
         order by log_id collate "C", event.position`),
      heads: await ask<Account['heads'][number]>(`
        select log_id as log, position::int from log_head`),
      seen: await ask<Account['seen'][number]>(`
        select subscription as witness, log_id as log, position::int from seen order by nth`),
      parked: await ask<Account['parked'][number]>(`
        select subscription, log_id as log from checkpoint where parked_at is not null`),
    };
  });
}
