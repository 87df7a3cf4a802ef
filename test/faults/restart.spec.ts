import { setTimeout as pause } from 'node:timers/promises';
import { Appender, type Appended } from '../../src/event-store/append.js';
import { openServicePool } from '../../src/event-store/database.js';
import { appendTo } from '../support/entries.js';
import { OwnServer } from './own-server.js';

jest.setTimeout(90_000);

let server: OwnServer;

beforeAll(async () => {
  server = await OwnServer.start();
});
afterAll(() => server.stop());

/** Callers of each of two processes. */
const CALLERS = 20;

test.each([
  ['restarted', () => server.restart()],
  ['killed, and recovers,', () => server.crash()],
])('while PostgreSQL is %s every append is answered at last, and written once', async (how, befall) => {
  const log = how.slice(0, 6);
  const pools = [openServicePool(server.serviceUrl), openServicePool(server.serviceUrl)];
  const answers = new Map<string, Appended>();
  let over = false;
  let again = 0;

  const call = async (appender: Appender, caller: string) => {
    let after = 0;
    for (let count = 1; !over || after === 0; count++) {
      if (over) after++;
      const stream = `focus-area-${caller}-${count}`;
      answers.set(stream, await appender.append(log, appendTo(stream, 0, 1, log)));
      await pause(5);
    }
    again++;
  };
  const callers = pools.flatMap((pool, index) => {
    const appender = new Appender(pool);
    return Array.from({ length: CALLERS }, (_, caller) => call(appender, `${index}-${caller}`));
  });
  const called = Promise.all(callers);
  // What is wrong fails the test further down, and not the process before.
  called.catch(() => undefined);
  while (answers.size < 3 * CALLERS) await pause(10);
  await befall();
  await pause(300);
  over = true;
  await called;
  await Promise.all(pools.map((pool) => pool.end()));

  const { rows } = await server.asOwner((client) =>
    client.query<{ stream: string; position: number }>(
      `select stream_id as stream, position::int from event where log_id = $1 order by event.position`,
      [log],
    ),
  );
  const told = [...answers].map(([stream, { position }]) => ({ stream, position }));
  expect(rows).toEqual(told.toSorted((one, other) => one.position - other.position));
  expect(again).toBe(2 * CALLERS);
});
