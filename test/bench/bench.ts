import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Ending } from '../../src/ending.js';
import { append } from './append.js';
import { decide } from './decide.js';
import { growth } from './growth.js';
import { type Ground, startGround } from './ground.js';
import { poll } from './poll.js';
import { post } from './post.js';
import { reminders } from './reminders.js';
import { rebuild } from './rebuild.js';
import { met, type Result, shown, shownAsMarkdown } from './result.js';
import { visible } from './visible.js';

/** Parts of the benchmark, in the order in which they run. */
const parts: Readonly<Record<string, (ground: Ground) => Promise<Result[]>>> = {
  append,
  decide,
  post,
  visible,
  rebuild,
  poll,
  growth,
  reminders,
};

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** A long run: five rounds, and logs of up to a million events. */
    full: { type: 'boolean', default: false },
    /** Ends with everything measured in one line of JSON. */
    json: { type: 'boolean', default: false },
    /** Shows the table as it goes into the README. */
    markdown: { type: 'boolean', default: false },
    /** Rounds, seconds of each side in each, and events of the larger log, where they are to be others. */
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    events: { type: 'string' },
    /** Folder in which the database is made, and removed at the end; without it the system's for temporary files. */
    under: { type: 'string' },
  },
});

const defaults = flags.full
  ? { rounds: 5, seconds: 5, events: 1_000_000 }
  : { rounds: 3, seconds: 2, events: 100_000 };
const pace = {
  rounds: Number(flags.rounds ?? defaults.rounds),
  seconds: Number(flags.seconds ?? defaults.seconds),
};
const events = Number(flags.events ?? defaults.events);
const sizes = [10_000, 100_000, 1_000_000].filter((size) => size < events).concat(events);

const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

const ending = new Ending();
process.once('SIGINT', () => void ending.now().finally(() => process.exit(130)));
try {
  const say = (step: string) => console.error(step);
  const ground = await startGround(ending, { pace, events, sizes, say }, flags.under);
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`;
  console.log(`${machine}; ${ground.server}\n`);
  const results: Result[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    say(`Measuring ${name} …`);
    try {
      results.push(...(await parts[name]!(ground)));
    } catch (error) {
      // What the other parts measured is not lost.
      console.error(error);
      process.exitCode = 1;
    }
  }
  console.log(flags.markdown ? shownAsMarkdown(results) : shown(results));
  if (flags.json) {
    const said = results.map((result) => ({ ...result, met: met(result) }));
    console.log(JSON.stringify({ machine, server: ground.server, pace, events, results: said }));
  }
} finally {
  await ending.now();
}
