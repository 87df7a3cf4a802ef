import { performance } from 'node:perf_hooks';
import type { ReadModel } from '../../src/read-models/projection.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import type { BenchDatabase } from './ground.js';
import type { PactaLog } from './pacta-log.js';

/** Folds views anew, as `pacta rebuild` does, and returns how long that took, in seconds. */
export async function rebuildViews(
  { ownerUrl }: BenchDatabase,
  _log: Pick<PactaLog, 'db'>,
  models: readonly ReadModel[],
): Promise<number> {
  const start = performance.now();
  await rebuild({ ownerUrl, models });
  return (performance.now() - start) / 1000;
}
