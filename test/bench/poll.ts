import { performance } from 'node:perf_hooks';
import { logsBehind } from '../../src/event-store/subscription.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { filledLog } from './filled-log.js';
import type { Ground } from './ground.js';
import type { Result } from './result.js';
import { quantile, spreadOf } from './rounds.js';

const POLLS = 200;

/** What a subscriber that has nothing to do asks of the database every second. */
export async function poll(ground: Ground): Promise<Result[]> {
  const { log, events } = await filledLog(ground, ground.events);
  const rounds: number[] = [];
  for (let round = 0; round < ground.pace.rounds; round++) {
    const taken: number[] = [];
    for (let count = 0; count < POLLS; count++) {
      const start = performance.now();
      await logsBehind(log.db, focusAreaStatus.name);
      taken.push(performance.now() - start);
    }
    rounds.push(quantile(taken, 0.5));
  }
  return [
    {
      what: `a poll of a view that is caught up with ${events.toLocaleString('en')} events`,
      against: 'a millisecond',
      unit: 'ms',
      compared: { ours: spreadOf(rounds), peer: spreadOf([1]), ratio: spreadOf(rounds) },
      wanted: { most: 1 },
    },
  ];
}
