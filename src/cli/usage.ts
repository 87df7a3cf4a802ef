/** The command line was not understood; the message says why and the ways to call the command follow. */
export class UsageError extends Error {}
