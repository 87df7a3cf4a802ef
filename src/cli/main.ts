import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.js';
import { Refusal } from '../domain/refusal.js';
import { Ending } from '../ending.js';
import { StorageUnavailable } from '../event-store/storage-failure.js';
import { RebuildRefused } from '../event-store/while-alone.js';
import { StartError } from '../start-error.js';
import { commands } from './commands.js';
import type { CliCommand } from './command.js';
import { formsOf, helpOn } from './help.js';
import { optionOf, UsageError } from './usage.js';

/** `pacta <command> [options]`: what operators do beside the running service. */
const [name = 'help', ...rest] = process.argv.slice(2);
const ending = new Ending();
const HELP = '--help';

/** Errors whose message is all that an operator needs. */
const plain = [ConfigError, StartError, StorageUnavailable, RebuildRefused];

let command: CliCommand | undefined;
try {
  command = Object.hasOwn(commands, name) ? await commands[name]!() : undefined;
  if (command) await run(command);
  else if (name === 'help' || name === HELP) console.log(`Commands:\n${await helpOnAll()}`);
  else throw new UsageError(`There is no command ${name}; pacta help lists them.`);
} catch (error) {
  process.exitCode = 1;
  if (error instanceof UsageError)
    console.error([error.message, ...(command ? ['', formsOf(name, command)] : [])].join('\n'));
  else if (error instanceof Refusal) console.error(refusal(error));
  else if (plain.some((kind) => error instanceof kind)) console.error((error as Error).message);
  else throw error;
} finally {
  await ending.now();
}

async function run(called: CliCommand): Promise<void> {
  if (rest.includes(HELP)) return console.log(helpOn(name, called));
  const { values, positionals } = parse(rest, called.options);
  const extra = positionals[called.takes ?? 0];
  if (extra !== undefined) throw new UsageError(`pacta ${name} does not take "${extra}" as well.`);
  await called.run({ config: readConfig(process.env), ending, options: values, positionals });
}

async function helpOnAll(): Promise<string> {
  const each = Object.entries(commands).map(async ([known, load]) => helpOn(known, await load()));
  return (await Promise.all(each)).join('\n');
}

function refusal({ field, message }: Refusal): string {
  return field ? `${optionOf(field)}: ${message}` : message;
}

function parse(args: string[], options: CliCommand['options'] = {}) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // What Node says after it is about arguments that begin with a hyphen; nobody needs any.
    const [what] = (error as Error).message.split(/\.\s/);
    throw new UsageError(`${what!.replace(/\.$/, '')}.`);
  }
}
