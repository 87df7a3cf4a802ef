/** The command line was not understood; the message says why and the ways to call the command follow. */
export class UsageError extends Error {}

/** The option that a pointer into a command is about: `--party` of `/party`. */
export function optionOf(pointer: string): string {
  return `--${pointer === '/expiresAt' ? 'expires' : pointer.slice(1)}`;
}
