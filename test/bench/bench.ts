import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Ending } from '../../src/ending.js';
import { append } from './append.js';
import { decide } from './decide.js';
import { growth } from './growth.js';
import { type Ground, startGround } from './ground.js';
import { poll } from './poll.js';
import { post } from './post.js';
import { rebuild } from './rebuild.js';
import { meets, type Result, shown } from './result.js';
import { visible } from './visible.js';

/** Parts of the benchmark, in the order in which they run. */
const sections: Readonly<Record<string, (ground: Ground) => Promise<Result[]>>> = {
  append,
  decide,
  post,
  visible,
  rebuild,
  poll,
  growth,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    events: { type: 'string' },
  },
});

/** A short run by default; `--full` measures longer, and on logs of up to a million events. */
const plan = flags.full
  ? { pace: { rounds: 5, seconds: 5 }, events: 1_000_000, sizes: [10_000, 100_000, 1_000_000] }
  : { pace: { rounds: 3, seconds: 2 }, events: 100_000, sizes: [10_000, 100_000] };
const pace = {
  rounds: Number(flags.rounds ?? plan.pace.rounds),
  seconds: Number(flags.seconds ?? plan.pace.seconds),
};

const events = Number(flags.events ?? plan.events);

const unknown = positionals.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; parts are ${Object.keys(sections).join(', ')}.`);
  process.exit(1);
}

const ending = new Ending();
process.once('SIGINT', () => void ending.now().finally(() => process.exit(130)));
try {
  const ground = await startGround(ending, { ...plan, events, pace, say: (step) => console.error(step) });
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`;
  console.log(`${machine}; ${ground.server}`);
  const results: Result[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(sections)) {
    console.error(`Measuring ${name} …`);
    results.push(...(await sections[name]!(ground)));
  }
  console.log(shown(results));
  if (flags.json)
    console.log(JSON.stringify({ machine, server: ground.server, results: results.map(spoken) }));
} finally {
  await ending.now();
}

function spoken(result: Result) {
  return { ...result, met: meets(result.compared.ratio, result.wanted) };
}
