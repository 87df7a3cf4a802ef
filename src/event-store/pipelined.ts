import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/**
 * Lends a connection. One on which something failed is not used again, unless `isHarmless` says that the failure leaves it as
 * it was.
 */
export async function withClient<Result>(
  pool: Pool,
  act: (client: PoolClient) => Promise<Result>,
  isHarmless: (error: unknown) => boolean,
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

/** What `send` asks of the connection, written to it as one: a write for each of several questions costs more than the questions. */
export async function askTogether<const Sent extends readonly unknown[]>(
  client: PoolClient,
  send: () => Sent,
): Promise<Answers<Sent>> {
  const { stream } = (client as PoolClient & { readonly connection: { readonly stream: Socket } }).connection;
  stream.cork();
  const sent = send();
  stream.uncork();
  return answersTo(sent);
}

type Answers<Sent extends readonly unknown[]> = { readonly [Place in keyof Sent]: Awaited<Sent[Place]> };

/** Throws the first failure, which is the cause of any other. */
async function answersTo<const Sent extends readonly unknown[]>(sent: Sent): Promise<Answers<Sent>> {
  const answers = await Promise.allSettled(sent);
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as never;
}
