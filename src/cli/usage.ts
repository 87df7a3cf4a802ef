/** The command line was not understood; the message says why and the usage follows. */
export class UsageError extends Error {}
