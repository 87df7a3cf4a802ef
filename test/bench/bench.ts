import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Ending } from '../../src/ending.js';
import { makeObjectsYoung } from '../../src/young-objects.js';
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

// As in the service.
makeObjectsYoung();

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

const names = positionals.length > 0 ? positionals : Object.keys(parts);
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`;
const { results, server } = names.length > 1 ? measuredApart(names) : await measured(names[0]!);
console.log(`${machine}; ${server}\n`);
console.log(flags.markdown ? shownAsMarkdown(results) : shown(results));
if (flags.json) {
  const said = results.map((result) => ({ ...result, met: met(result) }));
  console.log(JSON.stringify({ machine, server, pace, events, results: said }));
}

interface Measured {
  readonly results: readonly Result[];
  readonly server: string;
}

/** Measures each part in a process of its own: what one leaves in memory, and has compiled for, is no part of the next. */
function measuredApart(apart: readonly string[]): Measured {
  const settings = process.argv.slice(2).filter((argument) => !apart.includes(argument));
  const each = apart.map((name): Measured => {
    const again = [...process.execArgv, process.argv[1]!, name, ...settings, '--json'];
    const { stdout, status } = spawnSync(process.execPath, again, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // What the other parts measured is not lost.
    if (status !== 0) process.exitCode = 1;
    const line = stdout.trim().split('\n').at(-1) ?? '';
    return line.startsWith('{') ? (JSON.parse(line) as Measured) : { results: [], server: '' };
  });
  return { results: each.flatMap((part) => part.results), server: each.at(-1)!.server };
}

async function measured(name: string): Promise<Measured> {
  const ending = new Ending();
  process.once('SIGINT', () => void ending.now().finally(() => process.exit(130)));
  try {
    const say = (step: string) => console.error(step);
    const ground = await startGround(ending, { pace, events, sizes, say }, flags.under);
    say(`Measuring ${name} …`);
    return { results: await parts[name]!(ground), server: ground.server };
  } finally {
    await ending.now();
  }
}
