import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.js';
import { Ending } from '../ending.js';
import { StartError } from '../start-error.js';
import { commands } from './commands.js';
import { UsageError } from './usage.js';

/** `pacta <command> [options]`: what operators do beside the running service. */
const [name = 'help', ...rest] = process.argv.slice(2);
const ending = new Ending();

try {
  if (name === 'help') {
    console.log(usage());
    process.exit(0);
  }
  const command = commands[name];
  if (!command) throw new UsageError(`There is no command ${name}.`);
  const { values, positionals } = parse(rest, command.options ?? {});
  await command.run({ config: readConfig(process.env), ending, options: values, positionals });
} catch (error) {
  process.exitCode = 1;
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage()}`);
  else if (error instanceof ConfigError || error instanceof StartError) console.error(error.message);
  else throw error;
} finally {
  await ending.now();
}

function parse(args: string[], options: Record<string, { type: 'string' }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function usage(): string {
  const lines = Object.entries(commands).map(
    ([each, { form, does }]) => `  pacta ${each} ${form}\n      ${does}`,
  );
  return `Commands:\n${lines.join('\n')}`;
}
