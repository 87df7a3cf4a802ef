/** The process cannot start, for a reason that the message tells in one sentence. */
export class StartError extends Error {}
