import { performance } from 'node:perf_hooks';
import type { ReadModel } from '../../src/read-models/projection.js';
import { readModels, Views } from '../../src/read-models/views.js';
import type { BenchDatabase, Ground } from './ground.js';
import { openPactaLog } from './pacta-log.js';
import { insertPlain, openPlainTable } from './plain-table.js';
import { circumstance, entryOf, LOG, newId, report } from './record.js';
import { runReport } from './reporting.js';
import type { Result } from './result.js';
import { quantile, rateOf, spreadOf } from './rounds.js';
import { aldovias, commitmentOf, dialogueOf, seed } from './seed.js';

const CALLERS = 64;
const PLAN = { dialogues: 1, commitments: 500, events: 10 };

/** Longest that anything is waited for, in milliseconds. */
const PATIENCE = 10_000;

/** From the moment that a command is acknowledged until all views show it, with half as many commands as can be served. */
export async function visible(ground: Ground): Promise<Result[]> {
  const database = await ground.pactaDatabase('visible');
  const { runner, views } = await openWithViews(ground, database);
  const plain = await openPlainTable(ground, 'visible_plain');
  const log = dialogueOf(0);
  const ask = (count: number) => runReport(runner, log, aldovias(count, PLAN.commitments));
  const shown = async (count: number) => {
    const { position } = await ask(count);
    await views.haveReached(log, position, PATIENCE);
  };
  // What is seldom slow is the question here, and a process that runs for days has compiled its code.
  await rateOf(CALLERS, 2 * ground.pace.seconds, shown);
  const rounds: { ours: number; peer: number; peak: number }[] = [];
  for (let round = 0; round < ground.pace.rounds; round++) {
    const peak = await rateOf(CALLERS, ground.pace.seconds, shown);
    const lags: number[] = [];
    await atRate(peak / 2, ground.pace.seconds, async (count) => {
      const { position } = await ask(count);
      const acknowledged = performance.now();
      await views.haveReached(log, position, PATIENCE);
      lags.push(performance.now() - acknowledged);
    });
    const commits: number[] = [];
    await rateOf(1, ground.pace.seconds / 2, async () => {
      const start = performance.now();
      await insertPlain(plain, entryOf(LOG, `commitment-${newId()}`, 1, report(), circumstance()));
      commits.push(performance.now() - start);
    });
    rounds.push({ ours: quantile(lags, 0.99), peer: quantile(commits, 0.5), peak });
  }
  const peak = spreadOf(rounds.map((each) => each.peak)).median;
  return [
    {
      what: `acknowledged to visible in all views, p99 at half of peak (${Math.round(peak / 2)} commands/s)`,
      against: 'median commit of one INSERT',
      unit: 'ms',
      compared: {
        ours: spreadOf(rounds.map((each) => each.ours)),
        peer: spreadOf(rounds.map((each) => each.peer)),
        ratio: spreadOf(rounds.map((each) => each.ours / each.peer)),
      },
      wanted: { most: 15 },
    },
  ];
}

/** The log with the views that follow it, as in every process of the service. */
async function openWithViews(ground: Ground, database: BenchDatabase) {
  const late: { wake?: Views['wake'] } = {};
  const log = openPactaLog(ground, database, (grown, position) => late.wake?.(grown, position));
  await seed(log, PLAN);
  const views = new Views(log, (trouble) => ground.say(trouble), readModels, log.latest);
  late.wake = (grown, position) => views.wake(grown, position);
  views.start();
  ground.ending.afterwards(() => views.stop());
  const { position } = await runReport(log.runner, dialogueOf(0), commitmentOf(0));
  for (const model of readModels) await caughtUp(views, model, dialogueOf(0), position);
  return { ...log, views };
}

/** While a view is new and has far to go nobody waits for it, so that it would be measured while it is being built. */
async function caughtUp(views: Views, model: ReadModel, log: string, position: number): Promise<void> {
  const start = performance.now();
  while (!(await views.hasReached(model, log, position, PATIENCE))) {
    if (performance.now() - start > 6 * PATIENCE) throw new Error(`The view ${model.name} does not follow.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts `act` so many times per second, however long each takes, and waits until all have ended. */
async function atRate(
  rate: number,
  seconds: number,
  act: (count: number) => Promise<unknown>,
): Promise<void> {
  const start = performance.now();
  const underWay: Promise<unknown>[] = [];
  while (performance.now() - start < seconds * 1000) {
    const due = ((performance.now() - start) / 1000) * rate;
    while (underWay.length < due) underWay.push(act(underWay.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
}
