import type { CliCommand } from './command.js';

/** The ways to call a command, a line each. */
export function formsOf(name: string, { forms }: CliCommand): string {
  return forms.map((form) => `  pacta ${name} ${form}`.trimEnd()).join('\n');
}

/** What a command does, below the ways to call it. */
export function helpOn(name: string, command: CliCommand): string {
  return `${formsOf(name, command)}\n      ${command.does}`;
}
