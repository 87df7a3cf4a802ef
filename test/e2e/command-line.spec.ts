import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { seal } from '../../src/event-store/entry.js';
import { parkedLogs } from '../../src/event-store/parked.js';
import { readModels } from '../../src/read-models/views.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';
import { eventually } from '../support/eventually.js';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(120_000);

const VIEWS = readModels.map(({ name }) => name);

let database: FreshDatabase;
let owner: Database;
let pool: Pool;
let appender: Appender;
let folder: string;
let env: Record<string, string>;
let service: PactaProcess;

/** A service runs, and its views have handled a log of three events. */
beforeAll(async () => {
  database = await freshDatabase();
  owner = openDatabase(openOwnerPool(database.ownerUrl));
  folder = await mkdtemp(join(tmpdir(), 'pacta-command-line-'));
  env = {
    DATABASE_URL: database.serviceUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    PORT: '0',
  };
  service = new PactaProcess({ ...env, ROLE: 'api' });
  pool = openServicePool(database.serviceUrl, 2);
  appender = new Appender(pool);
  await appender.append('talks', appendTo('focus-area-soil', 0, 3, 'talks'));
  await service.ready();
  await eventually(async () => {
    for (const view of VIEWS) expect(await checkpointOf(owner, view, 'talks')).toBe(3);
  });
});
afterAll(async () => {
  expect(await service.end('SIGTERM')).toBe(0);
  await pool.end();
  await owner.destroy();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** How a call ends, and what it prints on the standard error and in all. */
async function pacta(args: readonly string[], settings: Record<string, string> = {}) {
  const call = new PactaProcess({ ...env, ...settings }, ['dist/cli/main.js', ...args]);
  const code = await call.end();
  return { code, errors: call.errors.trim(), output: call.output.trim() };
}

/** Puts an event on record, in the middle of a log, that the grants view can make nothing of; the service parks the log there. */
async function recordStrangeEvent(log: string): Promise<void> {
  const strange = seal({
    id: randomUUID(),
    log,
    stream: 'access-key-0123456789',
    version: 1,
    type: 'AccessGranted',
    schemaVersion: 1,
    data: { subject: null },
    actor: { id: 'tester', role: 'recorder' },
    occurredOn: '2026-01-01',
    causationId: randomUUID(),
    correlationId: 'test',
    confidentiality: 'public',
    vocabularyVersion: 1,
  });
  await appender.append(log, appendTo('focus-area-soil', 0, 1, log));
  await appender.append(log, { stream: strange.stream, expectedVersion: 0, entries: [strange] });
  await appender.append(log, appendTo('focus-area-river', 0, 1, log));
  await eventually(async () => expect(await parked()).toEqual([log]));
}

const parked = () => parkedLogs(owner).then((logs) => logs.map(({ log }) => log));

describe('a call that is not understood ends with 1 and says what is at fault', () => {
  const RETRY = 'pacta retry <subscription> <log> [--reason <text>]';
  const SKIP = 'pacta skip <subscription> <log> <position> --reason <text>\n  pacta skip list';
  test.each<[string, string[], string]>([
    ['an unknown command', ['nonsense'], 'There is no command nonsense; pacta help lists them.'],
    [
      'a name that every object of JavaScript knows',
      ['toString'],
      'There is no command toString; pacta help lists them.',
    ],
    ['nothing to retry', ['retry'], `<subscription> is missing\n<log> is missing\n\n  ${RETRY}`],
    [
      'a missing position',
      ['skip', 'grants', 'talks', '--reason', 'Strange'],
      `<position> is missing\n\n  ${SKIP}`,
    ],
    [
      'a position that is none',
      ['skip', 'grants', 'talks', 'two', '--reason', 'Strange'],
      `<position> must be the position of an event\n\n  ${SKIP}`,
    ],
    [
      'a subscription that has another form',
      ['retry', 'Grants', 'talks'],
      `<subscription> must be the name of a view, a process or reminder-planning\n\n  ${RETRY}`,
    ],
    [
      'an argument too many, which would be left undone',
      ['rebuild', 'grants', 'dialogue-record'],
      'pacta rebuild does not take "dialogue-record" as well.\n\n  pacta rebuild [view]',
    ],
    [
      'an argument where there are none',
      ['doctor', 'all'],
      'pacta doctor does not take "all" as well.\n\n  pacta doctor [--all]',
    ],
    ['an unknown option', ['doctor', '--al'], "Unknown option '--al'.\n\n  pacta doctor [--all]"],
    [
      'an option without its value',
      ['retry', 'grants', 'talks', '--reason'],
      `Option '--reason <value>' argument missing.\n\n  ${RETRY}`,
    ],
    ['an unknown view', ['rebuild', 'nowhere'], 'There is no view nowhere.\n\n  pacta rebuild [view]'],
  ])('%s', async (_what, args, said) => {
    expect(await pacta(args)).toEqual({ code: 1, errors: said, output: said });
  });
});

describe('what is asked about logs that are not parked is refused, and nothing is put on record', () => {
  test.each<[string, string[], string]>([
    [
      'to skip an event where nothing is parked',
      ['skip', 'grants', 'talks', '2', '--reason', 'Strange'],
      'grants has not parked talks.',
    ],
    ['to retry where nothing is parked', ['retry', 'grants', 'talks'], 'grants has not parked talks.'],
    [
      'of a subscription that there is not',
      ['retry', 'grant', 'talks'],
      'There is no subscription grant; pacta doctor lists them.',
    ],
    [
      'of a log that there is not',
      ['skip', 'grants', 'talk', '2', '--reason', 'Strange'],
      'There is no log talk.',
    ],
  ])('%s', async (_what, args, said) => {
    const { code, errors, output } = await pacta(args);
    expect([code, errors.split('\n')[0]]).toEqual([1, said]);
    expect(output).toBe(errors);
    const { rows } = await sql`select from event where log_id = 'registry'`.execute(owner);
    expect(rows).toEqual([]);
  });
});

test.each(['help', '--help'])('pacta %s lists the commands', async (asked) => {
  const { code, errors, output } = await pacta([asked]);
  expect([code, errors]).toEqual([0, '']);
  for (const name of ['migrate', 'rebuild', 'doctor', 'retry', 'skip', 'key', 'grant', 'demo', 'openapi'])
    expect(output).toMatch(new RegExp(`^  pacta ${name}`, 'm'));
});

test('a command says what it does when it is asked for help, and does nothing', async () => {
  const { code, output } = await pacta(['rebuild', '--help'], {
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
  });
  expect([code, output]).toEqual([0, expect.stringMatching(/^pacta rebuild \[view\]\n +Folds a view/)]);
});

test('a database that does not answer is named without its password, and the call ends with 1', async () => {
  const away = 'postgres://pacta:hushhush@127.0.0.1:1/pacta';
  const { code, errors } = await pacta(['doctor'], { DATABASE_URL: away, DATABASE_OWNER_URL: away });
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^The database pacta on 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*$/),
  ]);
});

test.each([[[]], [['--all']]])(
  'where nothing is wrong pacta doctor %j says so beside a running service, and ends with 0',
  async (options) => {
    const { code, errors, output } = await pacta(['doctor', ...options]);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/^Schema: \d{4}-\S+\nsubscription +logs +events\n/);
    for (const view of VIEWS) expect(output).toMatch(new RegExp(`^${view} +0 +0$`, 'm'));
    expect(output).toMatch(
      new RegExp(`\nFolded anew: \\d+ rows of ${VIEWS.length} views.\nNothing is wrong.$`),
    );
  },
);

test.each([
  ['all views', [], VIEWS.join(', ')],
  ['one view', ['dialogue-record'], 'dialogue-record'],
])('pacta rebuild folds %s anew beside a running service, and says which', async (_what, names, rebuilt) => {
  const tableOf = async () => {
    const { rows } = await sql<{ oid: number }>`select 'dialogue_record'::regclass::oid`.execute(owner);
    return rows[0]?.oid;
  };
  const before = await tableOf();
  const { code, errors, output } = await pacta(['rebuild', ...names]);
  expect([code, errors]).toEqual([0, '']);
  expect(output).toMatch(/^3 events in \d+\.\d s, \S+ a second$/m);
  expect(output.split('\n').at(-1)).toBe(`Rebuilt: ${rebuilt}`);
  expect(await tableOf()).not.toBe(before);
});

test('a parked log is named by pacta doctor, which ends with 1; it is tried again when an operator says so, and goes on when its event is skipped with a reason', async () => {
  await recordStrangeEvent('strange');
  const { code, errors, output } = await pacta(['doctor']);
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^grants has parked the log strange before event 2 since \S+: \w+: .+$/),
  ]);
  expect(output).toMatch(/^grants +1 +2$/m);
  expect(output).not.toContain('Nothing is wrong.');

  await sql`update checkpoint set tries = 20, retry_at = now() + interval '1 hour' where parked_at is not null`.execute(
    owner,
  );
  expect(await pacta(['retry', 'grants', 'strange'])).toEqual({
    code: 0,
    errors: '',
    output: 'grants tries strange again.',
  });
  await eventually(async () => {
    const { rows } = await sql`select tries from checkpoint where parked_at is not null`.execute(owner);
    expect(rows).toEqual([{ tries: 21 }]);
  });

  expect(await pacta(['skip', 'grants', 'strange', '3', '--reason', 'Strange'])).toMatchObject({
    code: 1,
    errors: 'grants has parked strange at event 2, not at 3.',
  });
  expect(await pacta(['skip', 'grants', 'strange', '2'])).toMatchObject({
    code: 1,
    errors: '--reason: Say why the event is skipped.',
  });
  expect(await parked()).toEqual(['strange']);
  expect(await pacta(['skip', 'grants', 'strange', '2', '--reason', 'Strange'])).toEqual({
    code: 0,
    errors: '',
    output: 'grants does without event 2 of strange and goes on.',
  });
  await eventually(async () => expect(await checkpointOf(owner, 'grants', 'strange')).toBe(3));
  const list = await pacta(['skip', 'list']);
  expect(list.output).toMatch(
    /^retried +grants +strange +2 +\S+Z +-\nskipped +grants +strange +2 +\S+Z +Strange$/m,
  );
});
