import type { Socket } from 'node:net';
import { type Generated, Kysely, PostgresDialect } from 'kysely';
import { Client, type ClientBase, Pool, types } from 'pg';

/** The schema that holds every table of Pacta. */
export const SCHEMA = 'pacta';

/** The role that the service works as: it may add events and read them, and nothing else to them. */
export const SERVICE_ROLE = 'pacta_service';

/** Rows of the log, as the driver returns them (see {@link parserFor}). */
export interface LogDatabase {
  log_head: { log_id: string; position: number; recorded_at: string };
  event: {
    log_id: string;
    position: number;
    stream_id: string;
    version: number;
    id: string;
    type: string;
    entry: string;
    salt: Buffer;
    leaf_hash: Buffer;
    recorded_at: string;
  };
  checkpoint: {
    subscription: string;
    log_id: string;
    position: number;
    parked_at: string | null;
    parked_why: string | null;
    tries: Generated<number>;
    retry_at: Generated<string | null>;
    being_built: Generated<boolean>;
    rebuilds: Generated<number>;
  };
}

export type Database = Kysely<LogDatabase>;

/** The database, and the connections under it for what is sent together. */
export interface Store {
  readonly db: Database;
  readonly pool: Pool;
}

/**
 * Longest that one statement of the service may take, in milliseconds. Long work is made of short statements: what is
 * known to take most, an append of a thousand events or the counts over ten thousand commitments, stays below a second.
 */
const STATEMENT_WITHIN = 15_000;

/** Longer than any statement may take: a connection that is silent for so long in the middle of one leads nowhere. Milliseconds. */
const SILENT_FOR = 5_000;

/**
 * What a worker that hangs, or whose host has vanished, may hold locked for others, in milliseconds: the server ends a
 * transaction that nothing is asked in, and a connection whose other end does not answer. With a poll of the others
 * added to it a log is taken over within five seconds.
 */
const HELD_FOR = 3_000;

/** The bounds as the server keeps them, for the session. */
const bounds = (statementWithin: number) => `
  set statement_timeout to ${statementWithin};
  set idle_in_transaction_session_timeout to ${HELD_FOR};
  set tcp_keepalives_idle to 1;
  set tcp_keepalives_interval to 1;
  set tcp_keepalives_count to 2;
  set tcp_user_timeout to ${HELD_FOR};
  do $$ begin
    set client_connection_check_interval to 1000;
  exception when invalid_parameter_value then
    -- Windows cannot look; there a statement of a killed process runs to its end.
  end $$`;

/**
 * Connections that work as the service's role, in UTC. `url` may log in as that role itself or as a member
 * of it, such as the owner: either way the session gives up everything beyond the service's rights.
 * `statementWithin` bounds a statement, in milliseconds; work that is known to take longer gets a pool of its own.
 * They see the tables of `schema` alone.
 */
export function openServicePool(
  url: string,
  max = 20,
  statementWithin = STATEMENT_WITHIN,
  schema = SCHEMA,
): Pool {
  const greeting = `set role ${SERVICE_ROLE}; set search_path to ${schema}; set time zone 'UTC'; ${bounds(statementWithin)}`;
  return openPool(url, max, greeting, statementWithin + SILENT_FOR);
}

/** Connections that keep the rights of the login, for work that takes as long as it takes; they see the tables of `schema` alone. */
export function openOwnerPool(url: string, max = 2, schema = SCHEMA): Pool {
  return openPool(url, max, `set search_path to ${schema}; set time zone 'UTC'`);
}

/** BullMQ takes every listener off a connection that it closes: what the server still says on it would end the process. */
class SteadyClient extends Client {
  override removeAllListeners(event?: string | symbol): this {
    if (event === undefined) super.removeAllListeners();
    else super.removeAllListeners(event);
    return this.on('error', () => undefined);
  }
}

function openPool(url: string, max: number, greeting: string, silentFor?: number): Pool {
  const pool = new Pool({
    Client: SteadyClient,
    connectionString: url,
    max,
    // What is sent together costs one round trip; what waits for its answers is not touched by it.
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 1000,
    application_name: 'pacta',
    types: { getTypeParser: parserFor },
    onConnect: async (client) => {
      if (silentFor !== undefined) giveUpOnSilence(client, silentFor);
      await client.query(greeting);
    },
  });
  // A connection that breaks is replaced on next use, and a query under way on it fails; without listeners,
  // whether it is idle or checked out, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Tells of every connection that breaks, of those that are opened from now on; a session that the pool ends itself is none. */
export function onBrokenConnection(pool: Pool, tell: () => void): void {
  pool.on('connect', (client) => client.on('error', tell));
}

/**
 * Breaks a connection on which nothing has come for `silentFor` milliseconds while something was asked. TCP alone
 * would go on sending to a host that is gone for a quarter of an hour, and the driver's own bound on queries leaves the
 * connection in the pool with the query still on it.
 */
function giveUpOnSilence(client: ClientBase, silentFor: number): void {
  const { connection } = client as unknown as { connection: { stream: Socket } };
  connection.stream.setTimeout(silentFor, () => {
    const { readyForQuery } = client as unknown as { readyForQuery: boolean };
    if (readyForQuery) return;
    const silence = new Error(`The database has been silent for ${silentFor} ms.`);
    connection.stream.destroy(Object.assign(silence, { code: 'ETIMEDOUT' }));
  });
}

/** Kysely over the pool. Ending it ends the pool. */
export function openDatabase(pool: Pool): Database {
  return new Kysely<LogDatabase>({ dialect: new PostgresDialect({ pool }) });
}

const OID = { int8: 20, date: 1082, timestamptz: 1184 };

/** Positions are numbers (safe below 2^53), days and instants strings: a day is never an instant. */
const parserFor: typeof types.getTypeParser = (oid: number, format?: string) => {
  if (oid === OID.int8) return Number;
  if (oid === OID.date) return (text: string) => text;
  if (oid === OID.timestamptz) return isoInstant;
  return types.getTypeParser(oid, format as 'text');
};

/** `2026-03-31 09:00:00.12+00` to `2026-03-31T09:00:00.120000Z`; sessions run in UTC. */
function isoInstant(text: string): string {
  const [seconds, fraction = ''] = text.slice(0, -'+00'.length).replace(' ', 'T').split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}
