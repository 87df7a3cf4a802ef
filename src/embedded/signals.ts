import { spawnSync } from 'node:child_process';
import { surroundings } from './program.js';

/** INT ends the sessions and shuts down in order; QUIT ends at once, and the next start recovers from the log. */
export type Signal = 'INT' | 'QUIT';

/** How long a server may take to shut down in order, in milliseconds. */
export const PATIENCE = 5000;

/** Signals a server that is ours. A server that is gone already is not a failure. */
export function signalServer(pid: number, signal: Signal, pgCtl: string): void {
  if (process.platform === 'win32') {
    // Windows has no signals; PostgreSQL's own program sends what stands in for them.
    spawnSync(pgCtl, ['kill', signal, String(pid)], surroundings());
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
