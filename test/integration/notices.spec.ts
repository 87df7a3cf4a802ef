import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type Pool } from 'pg';
import { openOwnerPool } from '../../src/event-store/database.js';
import { Listener, Notifier } from '../../src/event-store/notices.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { until } from '../support/until.js';

let fresh: FreshDatabase;
let owner: Pool;
beforeEach(async () => {
  fresh = await freshDatabase();
  owner = openOwnerPool(fresh.ownerUrl);
});
afterEach(async () => {
  await owner.end();
  await fresh.drop();
});

/** A way to the server on which it refuses to let anyone listen, until it is told to let them. */
async function refusesToListen(url: string) {
  const { hostname, port } = new URL(url);
  let refuses = true;
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect(Number(port), hostname);
    const garble = (bytes: Buffer) =>
      Buffer.from(bytes.toString('latin1').replace('listen pacta', 'listen_pacta'), 'latin1');
    near.on('data', (bytes) => far.write(refuses ? garble(bytes) : bytes));
    far.on('data', (bytes) => near.write(bytes));
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String((server.address() as AddressInfo).port);
  return {
    url: way.href,
    connections: () => connections,
    relent: () => (refuses = false),
    close: () => server.close(),
  };
}

const sessions = async () => {
  const { rowCount } = await owner.query(
    `select from pg_stat_activity where datname = current_database() and application_name = 'pacta-listener'`,
  );
  return rowCount!;
};

test('a server that lets nobody listen is asked again and again, over one session at a time, and heard in the end', async () => {
  const way = await refusesToListen(fresh.serviceUrl);
  const heard: string[] = [];
  const listener = new Listener(way.url, (log) => heard.push(log));
  await listener.start();
  await until(() => way.connections() >= 3);
  expect(await sessions()).toBeLessThanOrEqual(1);
  way.relent();
  const notifier = new Notifier(owner);
  await until(() => {
    notifier.grown('talks', 1);
    return heard.includes('talks');
  });
  expect(await sessions()).toBe(1);
  await listener.stop();
  way.close();
});
