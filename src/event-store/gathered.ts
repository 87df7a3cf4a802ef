import { setTimeout as pause } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { isPassingFailure } from './storage-failure.js';

/** Longest wait for one that is under way before another one is begun beside it, in milliseconds. */
const PATIENCE = 20;

/**
 * Asks for many callers in one statement: those that ask in the same turn of the event loop, or while a statement is under
 * way, are answered together by the next one. Nothing is kept, so that everyone is answered by what is so after they have asked.
 * `askFor` gives an answer for each key, in their order. What one key makes it fail for costs the others only time: each
 * is asked for alone then, so a failure that says something must have left nothing done.
 */
export function gathered<Key, Answer>(
  askFor: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  let underWay: Promise<unknown> = Promise.resolve();
  const ask = (keys: readonly Key[]) => {
    const answers = askFor(keys).catch((error: unknown) => {
      if (keys.length === 1 || isPassingFailure(error)) throw error;
      return Promise.all(keys.map((key) => askFor([key]).then(([answer]) => answer!, asError)));
    });
    underWay = Promise.race([answers.catch(() => undefined), pause(PATIENCE, undefined, { ref: false })]);
    return answers;
  };
  const loader = new DataLoader(ask, {
    cache: false,
    batchScheduleFn: (next) => void underWay.then(() => setImmediate(next)),
  });
  return (key) => loader.load(key);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
