import './source-imports.cjs';
import { endRun } from './run.js';

/** Ends what the global setup has started. */
export default async function globalTeardown(): Promise<void> {
  await endRun();
}
