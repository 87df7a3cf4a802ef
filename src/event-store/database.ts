import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

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
  };
}

export type Database = Kysely<LogDatabase>;

/**
 * Connections that work as the service's role, in UTC. `url` may log in as that role itself or as a member
 * of it, such as the owner: either way the session gives up everything beyond the service's rights.
 */
export function openServicePool(url: string, max = 10): Pool {
  return openPool(url, max, `set role ${SERVICE_ROLE}; set search_path to ${SCHEMA}; set time zone 'UTC'`);
}

/** Connections that keep the rights of the login, for migrations. */
export function openOwnerPool(url: string, max = 2): Pool {
  return openPool(url, max, `set search_path to ${SCHEMA}; set time zone 'UTC'`);
}

function openPool(url: string, max: number, greeting: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    // What is sent together costs one round trip; what waits for its answers is not touched by it.
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'pacta',
    types: { getTypeParser: parserFor },
    onConnect: async (client) => {
      await client.query(greeting);
    },
  });
  // A connection that breaks is replaced on next use, and a query under way on it fails; without listeners,
  // whether it is idle or checked out, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
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
