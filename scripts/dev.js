import { spawn } from 'node:child_process';

/** Compiles and restarts on every change, until Ctrl-C. */
const run = (command, ...args) => spawn(command, args, { stdio: 'inherit' });
const parts = [
  run(
    process.execPath,
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.build.json',
    '--watch',
    '--preserveWatchOutput',
  ),
  run(process.execPath, '--watch', '--watch-preserve-output', '--enable-source-maps', 'dist/main.js'),
];

// Both get the terminal's signal themselves; this process only waits for them.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => parts.forEach((part) => part.kill(signal)));
