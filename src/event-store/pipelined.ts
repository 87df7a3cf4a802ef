import type { RawBuilder } from 'kysely';
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Store } from './database.js';

/**
 * Lends a connection. One on which something failed is not used again, unless `isHarmless` says that the failure leaves it as
 * it was.
 */
export async function withClient<Result>(
  pool: Pool,
  act: (client: PoolClient) => Promise<Result>,
  isHarmless: (error: unknown) => boolean = () => false,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await act(client);
    client.release();
    return result;
  } catch (error) {
    client.release(!isHarmless(error));
    throw error;
  }
}

/** The answers to what was sent together, in one round trip; throws the first failure, which is the cause of any other. */
export async function answersTo<const Sent extends readonly unknown[]>(
  sent: Sent,
): Promise<{ readonly [Place in keyof Sent]: Awaited<Sent[Place]> }> {
  const answers = await Promise.allSettled(sent);
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as never;
}

/**
 * One transaction of statements that are all known before it begins, in one round trip; returns what the first one returned.
 * Throws the first failure, after which the others have done nothing.
 */
export async function transactAtOnce<Row>(
  { db, pool }: Store,
  first: RawBuilder<Row>,
  others: readonly RawBuilder<unknown>[],
  isHarmless: (error: unknown) => boolean,
): Promise<readonly Row[]> {
  const compiled = [first, ...others].map((statement) => statement.compile(db));
  const send = (client: PoolClient) =>
    answersTo([
      client.query('begin'),
      ...compiled.map(({ sql: text, parameters }) =>
        client.query({ name: nameOf(text), text, values: [...parameters] }),
      ),
      client.query('commit'),
    ]);
  const [, answer] = await withClient(pool, send, isHarmless);
  return (answer as QueryResult<Row & object>).rows;
}

/** Names of statements, which each connection prepares once. There are as many as places in the code. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `at-once-${names.size}`;
  names.set(text, name);
  return name;
}
