import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { openDatabase, openOwnerPool, openServicePool } from '../../src/event-store/database.js';
import { Outrun, WrongVersion } from '../../src/event-store/overtaken.js';
import { insertBatch } from '../../src/event-store/append-statement.js';
import { readLog, readStream } from '../../src/event-store/read.js';
import { StorageUnavailable } from '../../src/event-store/storage-failure.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { openCountedPool } from '../support/round-trips.js';
import { until } from '../support/until.js';

let serviceUrl: string;
let pool: Pool;
let owner: Pool;
let close: () => Promise<void>;

beforeAll(async () => {
  const { ownerUrl, drop, ...database } = await freshDatabase();
  serviceUrl = database.serviceUrl;
  pool = openServicePool(serviceUrl);
  owner = openOwnerPool(ownerUrl);
  close = async () => {
    await pool.end();
    await owner.end();
    await drop();
  };
});
afterAll(() => close());

/** True while someone waits for the head of the log. */
const writersQueued = async () => {
  const { rows } = await owner.query(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows.length > 0;
};

const eventsOf = (log: string) => readLog(openDatabase(pool), log, 0, 100_000);

test('two processes that append to one log at once leave dense positions, in the order of their times', async () => {
  const appenders = [new Appender(pool), new Appender(pool)];
  const appends = Array.from({ length: 300 }, (_, index) =>
    appenders[index % 2]!.append('dense', appendTo(`focus-area-${index}`, 0, 1 + (index % 3), 'dense')),
  );
  const answers = await Promise.all(appends);
  const events = await eventsOf('dense');
  expect(events.map((event) => event.position)).toEqual(events.map((_, index) => index + 1));
  const times = events.map((event) => event.recordedAt);
  expect(times).toEqual([...times].sort());
  for (const [index, { position, recordedAt }] of answers.entries()) {
    const last = events[position - 1]!;
    expect(last).toMatchObject({ stream: `focus-area-${index}`, version: 1 + (index % 3), recordedAt });
  }
});

test('of two writers on one version one wins, and the other is told the current version', async () => {
  const writers = [new Appender(pool), new Appender(pool)];
  const results = await Promise.allSettled(
    writers.map((writer) => writer.append('race', appendTo('focus-area-x', 0, 2, 'race'))),
  );
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).toBeInstanceOf(WrongVersion);
  expect(refused[0]!.reason).toMatchObject({ expected: 0, current: 2 });
  expect(await eventsOf('race')).toHaveLength(2);
});

test('a conflict inside a batch fails its own caller only, and writes nothing of it', async () => {
  const appender = new Appender(pool);
  await appender.append('batch', appendTo('focus-area-taken', 0, 1, 'batch'));
  const results = await Promise.allSettled([
    appender.append('batch', appendTo('focus-area-a', 0, 1, 'batch')),
    appender.append('batch', appendTo('focus-area-taken', 0, 3, 'batch')),
    appender.append('batch', appendTo('focus-area-b', 0, 2, 'batch')),
    appender.append('batch', appendTo('focus-area-gap', 5, 1, 'batch')),
  ]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  const streams = (await eventsOf('batch')).map((event) => event.stream);
  expect(streams).toEqual(['focus-area-taken', 'focus-area-a', 'focus-area-b', 'focus-area-b']);
});

test('a writer who was not the first keeps the connection', async () => {
  const one = openServicePool(serviceUrl, 1);
  const session = async () => (await one.query('select pg_backend_pid() as pid')).rows;
  const before = await session();
  await new Appender(pool).append('raced', appendTo('focus-area-raced', 0, 1, 'raced'));
  const append = new Appender(one).append('raced', appendTo('focus-area-raced', 0, 1, 'raced'));
  await expect(append).rejects.toThrow(WrongVersion);
  expect(await session()).toEqual(before);
  await one.end();
});

test('a version that skips ahead of its stream is refused', async () => {
  const appender = new Appender(pool);
  await expect(appender.append('gaps', appendTo('focus-area-new', 3, 1, 'gaps'))).rejects.toMatchObject({
    expected: 3,
    current: 0,
  });
  expect(await eventsOf('gaps')).toEqual([]);
});

test('the leaf hash commits to the salted entry and to when it was recorded', async () => {
  await new Appender(pool).append('hash', appendTo('focus-area-h', 0, 1, 'hash'));
  const { rows } = await pool.query<{ entry: string; salt: Buffer; leaf_hash: Buffer; micros: number }>(
    `select entry, salt, leaf_hash, (extract(epoch from recorded_at) * 1000000)::int8 as micros
       from event where log_id = 'hash'`,
  );
  const { entry, salt, leaf_hash, micros } = rows[0]!;
  const sha256 = (...parts: (Buffer | string)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  const time = Buffer.alloc(8);
  time.writeBigInt64BE(BigInt(micros));
  expect(leaf_hash).toEqual(sha256(Buffer.from([0]), sha256(salt, entry), time));
});

test('appends survive the loss of every connection: each acknowledged one is in the log exactly once', async () => {
  const appender = new Appender(pool);
  let over = false;
  const killer = (async () => {
    while (!over) {
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()
            and query <> '' and query not like 'set role%'`,
      );
      // Who is still logging in is left: where that takes longer than this pause, nobody would ever get in.
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  })();
  const acknowledged: string[] = [];
  for (let round = 0; round < 20; round++) {
    const streams = Array.from({ length: 20 }, (_, index) => `focus-area-${round}-${index}`);
    const results = await Promise.allSettled(
      streams.map((stream) => appender.append('kill', appendTo(stream, 0, 1, 'kill'))),
    );
    results.forEach((result, index) => {
      if (result.status === 'fulfilled') acknowledged.push(streams[index]!);
    });
  }
  over = true;
  await killer;
  const db = openDatabase(pool);
  const streams = (await eventsOf('kill')).map((event) => event.stream);
  expect(new Set(streams).size).toBe(streams.length);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(streams).toEqual(expect.arrayContaining(acknowledged));
  expect(await readStream(db, 'kill', acknowledged[0]!)).toHaveLength(1);
}, 120_000);

describe('an append that rests on another stream', () => {
  /** Two appends that rest on each other's stream, as of a position at which neither has been written. */
  const crossing = async (log: string, appenders: readonly [Appender, Appender]) => {
    return Promise.allSettled([
      appenders[0].append(log, {
        ...appendTo('focus-area-a', 0, 1, log),
        restsOn: [{ stream: 'focus-area-b', version: 0 }],
      }),
      appenders[1].append(log, {
        ...appendTo('focus-area-b', 0, 1, log),
        restsOn: [{ stream: 'focus-area-a', version: 0 }],
      }),
    ]);
  };

  test.each([
    ['in one process', () => new Appender(pool)],
    ['in another process', undefined],
  ])('is refused once that has grown: of two that cross %s one is written', async (where, make) => {
    for (let time = 0; time < 20; time++) {
      const one = make?.() ?? new Appender(pool);
      const results = await crossing(`${where}-${time}`, [one, make ? one : new Appender(pool)]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(refused[0]!.reason).toBeInstanceOf(Outrun);
      expect(await eventsOf(`${where}-${time}`)).toHaveLength(1);
    }
  });

  test('is written where that is as it was, beside others that rest on nothing', async () => {
    const appender = new Appender(pool);
    await appender.append('rests', appendTo('focus-area-a', 0, 1, 'rests'));
    const restsOn = [{ stream: 'focus-area-a', version: 1 }];
    const appends = ['b', 'c', 'd'].map((name) => ({
      ...appendTo(`focus-area-${name}`, 0, 1, 'rests'),
      restsOn,
    }));
    await Promise.all([
      ...appends.map((each) => appender.append('rests', each)),
      appender.append('rests', appendTo('focus-area-e', 0, 1, 'rests')),
    ]);
    expect(await eventsOf('rests')).toHaveLength(5);
    await appender.append('rests', appendTo('focus-area-a', 1, 1, 'rests'));
    const late = { ...appendTo('focus-area-f', 0, 1, 'rests'), restsOn };
    await expect(appender.append('rests', late)).rejects.toBeInstanceOf(Outrun);
  });

  test('is refused when it was looked at at a version that is not there', async () => {
    const appender = new Appender(pool);
    const restsOn = [{ stream: 'focus-area-none', version: 2 }];
    const append = { ...appendTo('focus-area-g', 0, 1, 'none'), restsOn };
    await expect(appender.append('none', append)).rejects.toBeInstanceOf(Outrun);
    expect(await eventsOf('none')).toEqual([]);
  });

  test.each([
    ['has not written to the log before', 'blocked', () => new Appender(pool)],
    ['had the log to itself so far', 'lonely', (first: Appender) => first],
  ])(
    'waits for a writer that is under way, and sees what that has written, where its process %s',
    async (_, log, from) => {
      const first = new Appender(pool);
      await first.append(log, appendTo('focus-area-a', 0, 1, log));
      const client = await pool.connect();
      await client.query('begin');
      await client.query('select from log_head where log_id = $1 for update', [log]);
      const restsOn = [{ stream: 'focus-area-a', version: 1 }];
      const late = from(first).append(log, { ...appendTo('focus-area-b', 0, 1, log), restsOn });
      await until(() => writersQueued());
      await insertBatch(client, log, [appendTo('focus-area-a', 1, 1, log)]);
      await client.query('commit');
      client.release();
      await expect(late).rejects.toMatchObject({ name: 'Outrun', stream: 'focus-area-a' });
      expect(await eventsOf(log)).toHaveLength(2);
    },
  );
});

test('an entry that cannot be written fails its own caller only', async () => {
  const appender = new Appender(pool);
  const bad = appendTo('focus-area-bad', 0, 1, 'bad');
  const entries = bad.entries.map((entry) => ({ ...entry, id: 'no-uuid' }));
  const results = await Promise.allSettled([
    appender.append('bad', appendTo('focus-area-a', 0, 1, 'bad')),
    appender.append('bad', { ...bad, entries }),
    appender.append('bad', appendTo('focus-area-b', 0, 1, 'bad')),
  ]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await eventsOf('bad')).map((event) => event.stream)).toEqual(['focus-area-a', 'focus-area-b']);
});

describe('while nothing can be written to a log', () => {
  /** Holds the head of a log as a process would that hangs in the middle of a write. */
  const hold = async (log: string) => {
    await new Appender(pool).append(log, appendTo('focus-area-first', 0, 1, log));
    const client = await owner.connect();
    await client.query('begin');
    await client.query('select from log_head where log_id = $1 for update', [log]);
    return async () => {
      await client.query('commit');
      client.release();
    };
  };

  test('callers are told to come back before memory grows, and those who wait are served in the end', async () => {
    const letGo = await hold('full');
    const appender = new Appender(pool);
    const answers = Array.from({ length: 12_000 }, (_, index) =>
      appender.append('full', appendTo(`focus-area-${index}`, 0, 1, 'full')).catch((error: unknown) => error),
    );
    const turnedAway = await answers.at(-1);
    expect(turnedAway).toBeInstanceOf(StorageUnavailable);
    await letGo();
    const results = await Promise.all(answers);
    const refused = results.filter((result) => result instanceof StorageUnavailable);
    expect(refused.length).toBeGreaterThanOrEqual(1000);
    expect(await eventsOf('full')).toHaveLength(1 + answers.length - refused.length);
  });

  test('a few large changes are enough to be told so', async () => {
    const letGo = await hold('large');
    const appender = new Appender(pool);
    const large = (index: number) => {
      const { entries, ...append } = appendTo(`focus-area-${index}`, 0, 1, 'large');
      return { ...append, entries: entries.map((each) => ({ ...each, text: 'x'.repeat(1_000_000) })) };
    };
    const answers = Array.from({ length: 80 }, (_, index) =>
      appender.append('large', large(index)).catch((error: unknown) => error),
    );
    expect(await answers.at(-1)).toBeInstanceOf(StorageUnavailable);
    await letGo();
    await Promise.all(answers);
  });

  test('other logs are written to, more of them than have writers at a time', async () => {
    const letGo = await hold('held');
    const appender = new Appender(pool);
    const held = appender.append('held', appendTo('focus-area-x', 0, 1, 'held'));
    const others = Array.from({ length: 20 }, (_, index) => `free-${index}`);
    await Promise.all(others.map((log) => appender.append(log, appendTo('focus-area-x', 0, 1, log))));
    expect(await eventsOf('held')).toHaveLength(1);
    await letGo();
    await held;
  });
});

test('logs take turns: one that is flooded does not hold up another', async () => {
  const appender = new Appender(pool);
  let flooded = 0;
  const flood = Array.from({ length: 8000 }, (_, index) =>
    appender.append('flood', appendTo(`focus-area-${index}`, 0, 1, 'flood')).then(() => flooded++),
  );
  await appender.append('calm', appendTo('focus-area-x', 0, 1, 'calm'));
  expect(flooded).toBeLessThan(flood.length / 2);
  await Promise.all(flood);
});

test('an append is one round trip, also where it rests on others', async () => {
  const counted = await openCountedPool(serviceUrl);
  const appender = new Appender(counted.pool);
  await appender.append('trips', appendTo('focus-area-a', 0, 1, 'trips'));
  const restsOn = [{ stream: 'focus-area-a', version: 1 }];
  const append = (name: string) => ({ ...appendTo(`focus-area-${name}`, 0, 1, 'trips') });
  expect(await counted.roundTripsOf(() => appender.append('trips', append('b')))).toBe(1);
  expect(await counted.roundTripsOf(() => appender.append('trips', { ...append('c'), restsOn }))).toBe(1);
  await counted.pool.end();
});
