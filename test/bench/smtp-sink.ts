import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { OBLIGING, ScriptedSmtp } from '../support/scripted-smtp.js';

/**
 * A mail server in a process of its own: it takes every mail at once, says when, and keeps the first one as a file. One that
 * looks callers up, or lets them wait for its greeting, would be measured instead of those that send.
 */
const [kept] = process.argv.slice(2);
const server = new ScriptedSmtp(
  () => OBLIGING,
  (raw) => {
    if (server.taken.length === 1) writeFileSync(kept!, raw.slice(0, -'\r\n.\r\n'.length));
    console.log(`Mail ${server.taken.length} at ${performance.now()}`);
  },
);
console.log(`Listening on ${await server.listen()}`);
process.once('SIGTERM', () => process.exit(0));
