import { performance } from 'node:perf_hooks';
import { readModels } from '../../src/read-models/views.js';
import { asOwner, type BenchDatabase, type Ground } from './ground.js';
import { openPactaLog, type PactaLog } from './pacta-log.js';
import { rebuildViews } from './rebuilding.js';
import { seed, type SeedPlan, seedPlan } from './seed.js';

/** A database with a log of some size, and views that are up to it. */
export interface FilledLog {
  readonly plan: SeedPlan;
  readonly events: number;
  readonly database: BenchDatabase;
  readonly log: PactaLog;
}

const filled = new Map<number, Promise<FilledLog>>();

/** The log of about so many events; made once in a run. */
export function filledLog(ground: Ground, events: number): Promise<FilledLog> {
  const made = filled.get(events) ?? fill(ground, events);
  filled.set(events, made);
  return made;
}

async function fill(ground: Ground, size: number): Promise<FilledLog> {
  const plan = seedPlan(size);
  const database = await ground.pactaDatabase(`log_of_${size}`);
  const log = openPactaLog(ground, database);
  const start = performance.now();
  const events = await seed(log, plan);
  const seconds = (performance.now() - start) / 1000;
  ground.say(
    `Wrote ${events} events in ${seconds.toFixed(1)} s, ${Math.round(events / seconds)}/s: ` +
      `${plan.dialogues * plan.commitments} commitments in ${plan.dialogues} dialogues`,
  );
  // What autovacuum does within a minute or two, so that every size stands on the same ground.
  await asOwner(database.ownerUrl, (client) => client.query('vacuum (analyze) pacta.event'));
  await rebuildViews(database, log, readModels);
  await asOwner(database.ownerUrl, (client) => client.query('vacuum (analyze)'));
  ground.say(`Made its views in ${((performance.now() - start) / 1000 - seconds).toFixed(1)} s`);
  return { plan, events, database, log };
}
