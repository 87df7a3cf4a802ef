import autocannon from 'autocannon';
import type { Served } from './processes.js';

/** What is asked again and again. */
export interface Request {
  readonly method: 'GET' | 'POST';
  /** Told how often it was asked before. */
  readonly path: (count: number) => string;
  readonly body?: object;
  readonly key?: string | undefined;
  /** The only status that counts as an answer. */
  readonly status: number;
}

/** Asks over so many connections at once, each of which asks again when it is answered; returns how many were per second. */
export async function load(
  { address }: Served,
  { method, path, body, key, status }: Request,
  connections: number,
  seconds: number,
): Promise<number> {
  let count = 0;
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(key && { authorization: `Bearer ${key}` }),
  };
  const result = await autocannon({
    url: address,
    connections,
    duration: seconds,
    requests: [
      {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
        setupRequest: (request) => ({ ...request, path: path(count++) }),
      },
    ],
  });
  const { [status]: wanted, ...others } = (result.statusCodeStats ?? {}) as Record<
    string,
    { count?: number }
  >;
  if (!wanted || Object.keys(others).length > 0 || result.errors > 0) {
    const said = JSON.stringify({ ...result.statusCodeStats, errors: result.errors });
    throw new Error(`${method} ${path(0)} was not always answered ${status}: ${said}`);
  }
  return result.requests.total / result.duration;
}
