import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { SMTPServer } from 'smtp-server';

/** A mail server in a process of its own: it takes every mail, says when, and keeps the first one as a file. */
const [kept] = process.argv.slice(2);
let taken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onData(stream, _session, done) {
    const first = taken === 0 ? ([] as Buffer[]) : undefined;
    stream.on('data', (part: Buffer) => first?.push(part));
    stream.on('end', () => {
      if (first) writeFileSync(kept!, Buffer.concat(first));
      done();
      console.log(`Mail ${++taken} at ${performance.now()}`);
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  console.log(`Listening on ${(server.server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
