import DataLoader from 'dataloader';

/**
 * Looks things up for many requests in one query: those that ask in the same turn of the event loop are answered
 * together. Nothing is kept, so that every request is answered by what is so when it asks. `lookUp` gives an answer for each
 * key, in their order.
 */
export function gathered<Key, Answer>(
  lookUp: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  const loader = new DataLoader(lookUp, { cache: false, batchScheduleFn: (look) => setImmediate(look) });
  return (key) => loader.load(key);
}
