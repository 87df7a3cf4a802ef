import type { EmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';

/** What one run of the tests has to clean up at its end. */
interface Run {
  readonly postgres: EmbeddedPostgres;
  remove(): void;
}

/** Setup and teardown are loaded apart from each other; they share the process, and what is kept on it. */
const kept = globalThis as { pactaTestRun?: Run | undefined };

/** Ctrl-C would end Jest without a teardown. */
const interrupted = () => void endRun().finally(() => process.exit(130));

/** Remembers what {@link endRun} has to end. */
export function keepRunning(run: Run): void {
  kept.pactaTestRun = run;
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
}

/** Stops PostgreSQL and removes its directory. */
export async function endRun(): Promise<void> {
  const run = kept.pactaTestRun;
  kept.pactaTestRun = undefined;
  process.off('SIGINT', interrupted);
  process.off('SIGTERM', interrupted);
  await run?.postgres.stop();
  run?.remove();
}
