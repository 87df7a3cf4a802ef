import { readdirSync, statSync } from 'node:fs';

// Succeeds when dist is newer than everything it is made from, so that a start need not wait for the compiler.
const root = new URL('../', import.meta.url);
const changed = (path) => statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(new URL('src', root), { recursive: true }).map((path) => `src/${path}`);
const inputs = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...sources];
// The style sheet is copied last, so its time is the build's; the compiler leaves what did not change alone.
const built = changed('dist/main.js') && changed('dist/web/style.css');
process.exitCode = built > Math.max(...inputs.map(changed)) ? 0 : 1;
