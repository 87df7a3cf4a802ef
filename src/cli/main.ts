import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.js';
import { Refusal } from '../domain/refusal.js';
import { Ending } from '../ending.js';
import { StorageUnavailable } from '../event-store/storage-failure.js';
import { RebuildRefused } from '../event-store/while-alone.js';
import { StartError } from '../start-error.js';
import { commands } from './commands.js';
import type { CliCommand } from './command.js';
import { optionOf } from './terms.js';
import { UsageError } from './usage.js';

/** `pacta <command> [options]`: what operators do beside the running service. */
const [name = 'help', ...rest] = process.argv.slice(2);
const ending = new Ending();

/** Errors whose message is all that an operator needs. */
const plain = [ConfigError, StartError, StorageUnavailable, RebuildRefused];

try {
  if (name === 'help') {
    console.log(usage());
    process.exit(0);
  }
  const command = commands[name];
  if (!command) throw new UsageError(`There is no command ${name}.`);
  const { values, positionals } = parse(rest, command.options);
  await command.run({ config: readConfig(process.env), ending, options: values, positionals });
} catch (error) {
  process.exitCode = 1;
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage()}`);
  else if (error instanceof Refusal) console.error(refusal(error));
  else if (plain.some((kind) => error instanceof kind)) console.error((error as Error).message);
  else throw error;
} finally {
  await ending.now();
}

function refusal({ field, message }: Refusal): string {
  return field ? `${optionOf(field)}: ${message}` : message;
}

function parse(args: string[], options: CliCommand['options'] = {}) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function usage(): string {
  const lines = Object.entries(commands).map(
    ([each, { forms, does }]) =>
      `${forms.map((form) => `  pacta ${each} ${form}`).join('\n')}\n      ${does}`,
  );
  return `Commands:\n${lines.join('\n')}`;
}
