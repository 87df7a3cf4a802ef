import { Client } from 'pg';

/** The superuser of the cluster, who owns Pacta's database. */
export const OWNER = 'pacta_owner';

/** The database that exists in every cluster from the start; the lock is held in it. */
const FIRST_DATABASE = 'postgres';

/** What came of an attempt to log in. `not-now`: a server that is just starting or stopping. */
export type Login =
  | { readonly client: Client }
  | { readonly client?: undefined; readonly failed: 'unreachable' | 'not-now' | 'refused' };

const CANNOT_CONNECT_NOW = '57P03';
const REFUSED = new Set(['28000', '28P01']);

/** Tries once to log in as the owner to whatever listens on `port` of this machine. */
export async function logIn(port: number, password: string): Promise<Login> {
  const connectionString = urlOf({ port, user: OWNER, password, database: FIRST_DATABASE });
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 2000,
    keepAlive: true,
    application_name: 'pacta-keeper',
  });
  // A connection that breaks says so to whoever uses it; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { client };
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = (error as { code?: string }).code ?? '';
    return {
      failed: code === CANNOT_CONNECT_NOW ? 'not-now' : REFUSED.has(code) ? 'refused' : 'unreachable',
    };
  }
}

/** The URL of one login to one database. Variables like PGSSLMODE must not have a say in it. */
export function urlOf(login: { port: number; user: string; password: string; database: string }): string {
  const { port, user, password, database } = login;
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

/** Pauses between two looks at something that another process does. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
