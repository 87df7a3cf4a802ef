import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { seal } from '../../src/event-store/entry.js';
import { readModels } from '../../src/read-models/views.js';
import { type FilledLog, filledLog } from './filled-log.js';
import type { Ground } from './ground.js';
import { load } from './http-load.js';
import { makeKey, type Served, servePacta } from './processes.js';
import { rebuildViews } from './rebuilding.js';
import { circumstance, entryOf, newId, proposal, quoting, report } from './record.js';
import { runReport } from './reporting.js';
import type { Result } from './result.js';
import { type Compared, rateOf, spreadOf } from './rounds.js';
import { aldovias, commitmentOf, dialogueOf } from './seed.js';

/** A log of some size, served by a process of its own. */
interface Grown extends FilledLog {
  readonly size: number;
  readonly served: Served;
  readonly key: string;
}

/** Something measured on every size, for each of which the smallest log is the measure. */
interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly wanted: Result['wanted'];
  readonly of: (grown: Grown, seconds: number) => Promise<number>;
  /** Measured once, since it takes as long as it takes. */
  readonly once?: boolean;
}

const log = dialogueOf(0);
const READERS = 4;

/** Callers that change what is there, and commitments among which they take turns: as many in every size. */
const CHANGING = 8;
const CHANGED = 100;

/** What a process answers from a log that is at rest. */
const serving: readonly Measure[] = [
  {
    what: `poll of a dialogue's status, ${READERS} readers`,
    unit: '/s',
    wanted: { least: 1 / 1.2 },
    of: ({ served }, seconds) => readings(served, () => `/v1/dialogues/${log}/status`, seconds),
  },
  {
    what: `a commitment's history, ${READERS} readers`,
    unit: '/s',
    wanted: { least: 1 / 1.2 },
    of: ({ served, plan }, seconds) =>
      readings(
        served,
        (count) => `/v1/dialogues/${log}/commitments/${commitmentOf(count % plan.commitments)}/history`,
        seconds,
      ),
  },
];

/** Most that a serving process may take, in megabytes, however long its log. */
const MEMORY = 300;

async function memory({ pace }: Ground, grown: Grown): Promise<Result> {
  const { served, key } = grown;
  const path = (count: number) =>
    `/v1/dialogues/${log}/commitments/${aldovias(count, CHANGED)}/progress-reports`;
  const { data: body } = report();
  await load(served, { method: 'POST', path, body, key, status: 200 }, CHANGING, Math.max(1, pace.seconds));
  const megabytes = await residentMegabytes(served.pid);
  return {
    what: `resident memory of the serving process after its work, at ${shown(grown)}`,
    against: 'the limit',
    unit: 'MB',
    compared: {
      ours: spreadOf([megabytes]),
      peer: spreadOf([MEMORY]),
      ratio: spreadOf([megabytes / MEMORY]),
    },
    wanted: { most: 1 },
  };
}

/** What is done to the log itself; appends come last, since nobody follows them. */
const writing: readonly Measure[] = [
  {
    what: 'rebuild of all views',
    unit: 'events/s',
    wanted: { least: 1 / 1.2 },
    once: true,
    of: async ({ database, log, events }) => events / (await rebuildViews(database, log, readModels)),
  },
  {
    what: 'single-event appends, 32 callers, new streams',
    unit: '/s',
    wanted: { least: 1 / 1.2 },
    of: ({ log: { appender } }, seconds) =>
      rateOf(32, seconds, () => {
        const id = newId();
        const entry = entryOf(log, `commitment-G${id}`, 1, proposal(`G${id}`), circumstance(quoting));
        return appender.append(log, { stream: entry.stream, expectedVersion: 0, entries: [seal(entry)] });
      }),
  },
  {
    what: `single-event appends, ${CHANGING} callers, existing streams, decided`,
    unit: '/s',
    wanted: { least: 1 / 1.2 },
    of: ({ log: { runner } }, seconds) =>
      rateOf(CHANGING, seconds, (count) => runReport(runner, log, aldovias(count, CHANGED))),
  },
];

/** The same on logs of growing size; the wanted ratio is to the smallest of them. */
export async function growth(ground: Ground): Promise<Result[]> {
  const grown: Grown[] = [];
  for (const size of ground.sizes) {
    const filled = await filledLog(ground, size);
    const key = await makeKey(filled.database);
    grown.push({ ...filled, size, key, served: await servePacta(ground, filled.database) });
  }
  const measured = await compareSizes(ground, serving, grown);
  for (const each of grown) measured.push(await memory(ground, each));
  for (const { served } of grown) await served.end();
  return [...measured, ...(await compareSizes(ground, writing, grown))];
}

async function compareSizes(
  ground: Ground,
  measures: readonly Measure[],
  grown: readonly Grown[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const measure of measures) {
    const [smallest, ...larger] = await inTurns(ground, measure, grown);
    for (const [index, figures] of larger.entries()) {
      results.push({
        what: `${measure.what}, at ${shown(grown[index + 1]!)}`,
        against: `at ${shown(grown[0]!)}`,
        unit: measure.unit,
        compared: comparedWith(figures, smallest!),
        wanted: measure.wanted,
      });
    }
  }
  return results;
}

/** Figures of each size, round by round. */
async function inTurns(
  { pace }: Ground,
  { of, once }: Measure,
  grown: readonly Grown[],
): Promise<number[][]> {
  const figures = grown.map((): number[] => []);
  if (!once) for (const each of grown) await of(each, pace.seconds / 2);
  for (let round = 0; round < (once ? 1 : pace.rounds); round++) {
    for (const [index, each] of grown.entries()) figures[index]!.push(await of(each, pace.seconds));
  }
  return figures;
}

function comparedWith(ours: readonly number[], smallest: readonly number[]): Compared {
  const ratios = ours.map((figure, round) => figure / smallest[round]!);
  return { ours: spreadOf(ours), peer: spreadOf(smallest), ratio: spreadOf(ratios) };
}

function readings(served: Served, path: (count: number) => string, seconds: number): Promise<number> {
  return load(served, { method: 'GET', path, status: 200 }, READERS, seconds);
}

function shown({ events, plan }: Grown): string {
  return `${events.toLocaleString('en')} events, ${plan.dialogues * plan.commitments} commitments`;
}

async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}
