import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { Entry } from '../../src/domain/event.js';
import { insertPlain, plainPool } from './plain-table.js';
import { LOG } from './record.js';

/** A server in a process of its own that does nothing with what is posted but write it into a row. */
const pool = plainPool(process.argv[2]!);
const server = fastify();

server.post('/rows', async (request, reply) => {
  const id = randomUUID();
  const entry = { log: LOG, stream: `row-${id}`, version: 1, id, type: 'Posted', data: request.body };
  void reply.status(201);
  return { position: await insertPlain(pool, entry as unknown as Entry) };
});

console.log(`Listening on ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', () => void server.close().then(() => pool.end()));
