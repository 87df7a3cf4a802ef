import { setTimeout as pause } from 'node:timers/promises';
import DataLoader from 'dataloader';

/** Longest wait for a look that is under way before another one is taken beside it, in milliseconds. */
const PATIENCE = 20;

/**
 * Looks things up for many requests in one query: those that ask in the same turn of the event loop, or while a look is under
 * way, are answered together by the next one. Nothing is kept, so that every request is answered by what is so after it
 * has asked. `lookUp` gives an answer for each key, in their order.
 */
export function gathered<Key, Answer>(
  lookUp: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  let underWay: Promise<unknown> = Promise.resolve();
  const look = (keys: readonly Key[]) => {
    const answers = lookUp(keys);
    underWay = Promise.race([answers.catch(() => undefined), pause(PATIENCE, undefined, { ref: false })]);
    return answers;
  };
  const loader = new DataLoader(look, {
    cache: false,
    batchScheduleFn: (next) => void underWay.then(() => setImmediate(next)),
  });
  return (key) => loader.load(key);
}
