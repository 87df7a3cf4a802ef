import type { Pool } from 'pg';
import { openOwnerPool } from '../../src/event-store/database.js';
import { Listener, Notifier } from '../../src/event-store/notices.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { Gate } from '../support/gate.js';
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

/** As a server that lets nobody listen: what it is asked for makes no sense to it. */
const garbled = (bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replace('listen pacta', 'listen_pacta'), 'latin1');

const sessions = async () => {
  const { rowCount } = await owner.query(
    `select from pg_stat_activity where datname = current_database() and application_name = 'pacta-listener'`,
  );
  return rowCount!;
};

test('a server that lets nobody listen is asked again and again, over one session at a time, and heard in the end', async () => {
  const gate = await Gate.open(Number(new URL(fresh.serviceUrl).port));
  gate.alter = garbled;
  const heard: string[] = [];
  const listener = new Listener(gate.through(fresh.serviceUrl), (log) => heard.push(log));
  await listener.start();
  await until(() => gate.connections >= 3);
  expect(await sessions()).toBeLessThanOrEqual(1);
  gate.alter = (bytes) => bytes;
  const notifier = new Notifier(owner);
  await until(() => {
    notifier.grown('talks', 1);
    return heard.includes('talks');
  });
  expect(await sessions()).toBe(1);
  await listener.stop();
  await gate.close();
});
