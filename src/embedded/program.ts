import { execFile } from 'node:child_process';
import { parse } from 'node:path';

/** How to start a program: what to run, and as whom. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** What programs of PostgreSQL see of our environment: no PG* variable may steer them, no secret reach them. */
const PASSED_ON = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

/** Where and with which environment every program of PostgreSQL runs. */
export function surroundings(): { cwd: string; env: NodeJS.ProcessEnv; windowsHide: true } {
  const passed = PASSED_ON.map((name) => [name, process.env[name]]).filter(
    ([, value]) => value !== undefined,
  );
  return {
    // Our own directory may be out of reach for the user that the program runs as.
    cwd: parse(process.execPath).root,
    // Its messages are read by us, so they are in one language.
    env: { ...Object.fromEntries(passed), LC_ALL: 'C' },
    windowsHide: true,
  };
}

/** Runs a program to its end. Never throws: `printed` says why it failed. */
export function run({ file, args, options }: Launch): Promise<{ failed: boolean; printed: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { ...surroundings(), ...options }, (error, stdout, stderr) => {
      const failure = error ? stderr.trim() || error.message : '';
      resolve({ failed: error !== null, printed: failure || stdout });
    });
  });
}

/** The first line of what a program printed, as part of a sentence. */
export function firstLine(printed: string): string {
  return printed.trim().split('\n')[0]!.replace(/\.$/, '');
}
