import { type RawBuilder, sql } from 'kysely';
import type { Pool } from 'pg';
import { doctor } from '../../src/cli/doctor.js';
import { readConfig } from '../../src/config.js';
import { Ending } from '../../src/ending.js';
import { Appender } from '../../src/event-store/append.js';
import {
  type Database,
  openDatabase,
  openOwnerPool,
  openServicePool,
} from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { examineLog } from '../../src/event-store/log-examination.js';
import { examineViews } from '../../src/read-models/view-examination.js';
import { readModels } from '../../src/read-models/views.js';
import { followAll, recordLives } from '../support/commitment-lives.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';

let pool: Pool;
let db: Database;
let owner: Database;
let appender: Appender;
let urls: { readonly serviceUrl: string; readonly ownerUrl: string };
let drop: () => Promise<void>;

beforeEach(async () => {
  ({ drop, ...urls } = await freshDatabase());
  pool = openServicePool(urls.serviceUrl);
  db = openDatabase(pool);
  owner = openDatabase(openOwnerPool(urls.ownerUrl));
  appender = new Appender(pool);
  await appender.append('talks', appendTo('focus-area-soil', 0, 1, 'talks'));
  await recordLives(appender, { log: 'talks', commitments: 3, from: 1, to: 5 });
  await recordLives(appender, { log: 'other', commitments: 1, from: 1, to: 5 });
  await followAll(db, readModels);
});
afterEach(async () => {
  await db.destroy();
  await owner.destroy();
  await drop();
});

const found = async (extent: number | 'all' = 'all') => [
  ...(await examineLog(owner, extent)),
  ...(await examineViews(owner, readModels, extent)).findings,
];

test.each(['all', 200] as const)('nothing is wrong with what nobody tampered with (%s)', async (extent) => {
  expect(await found(extent)).toEqual([]);
  const { rows } = await examineViews(owner, readModels, extent);
  expect(rows).toBe(1 + 4 + 4 + 20 + 1);
});

test('nothing is wrong while events come in and views follow, some of them behind', async () => {
  const followers = readModels.map((model) => new Follower(db, model, () => undefined));
  followers.forEach((follower) => follower.start());
  let working = true;
  const writing = (async () => {
    for (let version = 6; working; version++) {
      await recordLives(appender, { log: 'talks', commitments: 3, from: version, to: version });
      followers[version % followers.length]!.wake();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  })();
  for (let times = 0; times < 3; times++) expect(await found()).toEqual([]);
  working = false;
  await writing;
  await Promise.all(followers.map((follower) => follower.stop()));
});

test.each<[string, RawBuilder<unknown>, string[]]>([
  [
    'a row with another value',
    sql`update commitment_standing set status = 'verified' where (log_id, commitment) = ('talks', 'C-1')`,
    ['focus-area-status: the row commitment_standing talks/C-1 differs in /status.'],
  ],
  [
    'a member somewhere in a document, by its place and not its contents',
    sql`update commitment_details set document = replace(document::text, 'E-3', 'secret')::json
         where (log_id, commitment) = ('talks', 'C-2')`,
    [
      'commitment-details: the row commitment_details talks/C-2 differs in /document/state/delivery/evidence/0/digest,',
    ],
  ],
  [
    'a row that is missing',
    sql`delete from commitment_history where (log_id, commitment, position) = ('other', 'C-0', 3)`,
    ['commitment-history: the row commitment_history other/C-0/3 is missing.'],
  ],
  [
    'a row that no event tells of',
    sql`insert into dialogue_record values ('talks', 'round', '9', 3, 3, '{}')`,
    ['dialogue-record: no event tells of the row dialogue_record talks/round/9.'],
  ],
  [
    'a view that has not handled what its checkpoint says',
    sql`update checkpoint set position = 3 where (subscription, log_id) = ('commitment-details', 'other')`,
    ['commitment-details: the row commitment_details other/C-0 differs in '],
  ],
  [
    'a checkpoint beyond the log',
    sql`update checkpoint set position = 99 where (subscription, log_id) = ('grants', 'other')`,
    ['grants has handled 99 events of the log other, which has 5.'],
  ],
  [
    'an event with other contents',
    sql`update event set entry = replace(entry, 'E-3', 'E-4') where (log_id, position) = ('other', 3)`,
    [
      'Event 3 of the log other is not the one that was recorded: its leaf hash is that of other contents.',
      'commitment-details: the row commitment_details other/C-0 differs in /document/state/delivery/evidence/0/digest',
    ],
  ],
  [
    'an event that cannot be read',
    sql`update event set entry = left(entry, 50) where (log_id, position) = ('other', 3)`,
    [
      'Event 3 of the log other is not the one that was recorded: its leaf hash is that of other contents.',
      'Event 3 of the log other cannot be read.',
    ],
  ],
  [
    'an event under another type',
    sql`update event set type = 'WorkStarted' where (log_id, position) = ('other', 3)`,
    [
      'Event 3 of the log other is not the one that was recorded: its columns say something else than its contents.',
    ],
  ],
  [
    'an event that was removed',
    sql`delete from event where (log_id, position) = ('other', 3)`,
    [
      'The log other ends at 5 by its head, and has 4 events up to 5.',
      'The stream commitment-C-0 of the log other has 4 events with versions from 1 to 5.',
    ],
  ],
  [
    'a last event that was removed',
    sql`delete from event where (log_id, position) = ('other', 5)`,
    ['The log other ends at 5 by its head, and has 4 events up to 4.'],
  ],
  [
    'a head that was moved',
    sql`update log_head set recorded_at = recorded_at + interval '1 microsecond' where log_id = 'other'`,
    ['The head of the log other was not recorded when its last event was.'],
  ],
])('names %s', async (_what, tampering, expected) => {
  await tampering.execute(owner);
  const findings = await found();
  for (const each of expected) expect(findings).toContainEqual(expect.stringContaining(each));
  expect(findings.join()).not.toContain('secret');
});

test('the rows of a stream that cannot be read are not judged, those of others are', async () => {
  await sql`update event set entry = left(entry, 50) where (log_id, position) = ('talks', 2)`.execute(owner);
  await sql`update commitment_standing set status = 'verified' where (log_id, commitment) = ('talks', 'C-1')`.execute(
    owner,
  );
  expect((await examineViews(owner, readModels, 'all')).findings).toEqual([
    'Event 2 of the log talks cannot be read.',
    'focus-area-status: the row commitment_standing talks/C-1 differs in /status.',
  ]);
});

test('what goes beyond the findings of a kind that are told is counted', async () => {
  const ofTheLog = async () => (await examineLog(owner, 'all')).map((each) => each.replace(/: .*/, ''));
  const lastOf = async () => (await ofTheLog()).slice(19);
  await sql`update event set salt = 'other' where (log_id, position) <> ('talks', 16)`.execute(owner);
  expect(await lastOf()).toEqual(['Event 15 of the log talks is not the one that was recorded']);
  await sql`update event set salt = 'other'`.execute(owner);
  expect(await lastOf()).toEqual([
    'Event 15 of the log talks is not the one that was recorded',
    'And 1 more of this kind.',
  ]);
});

test('the order of the members of a document is nothing wrong', async () => {
  await sql`update commitment_details set document = document::jsonb::json`.execute(owner);
  expect(await found()).toEqual([]);
});

test('a sample finds what is wrong everywhere', async () => {
  await sql`update commitment_details set document = '{}'`.execute(owner);
  const findings = await found(20);
  expect(findings.join()).toContain('commitment_details talks/C-');
  expect(findings.join()).toContain('commitment_details other/C-0 differs');
});

describe('pacta doctor', () => {
  async function run(options: { all?: boolean } = {}, said = { out: [] as string[], err: [] as string[] }) {
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void said.out.push(line));
    const error = jest.spyOn(console, 'error').mockImplementation((line: string) => void said.err.push(line));
    const ending = new Ending();
    const config = readConfig({ DATABASE_URL: urls.serviceUrl, DATABASE_OWNER_URL: urls.ownerUrl });
    try {
      await doctor.run({ config, ending, options, positionals: [] });
      return { ...said, exitCode: process.exitCode };
    } finally {
      await ending.now();
      log.mockRestore();
      error.mockRestore();
      process.exitCode = undefined;
    }
  }

  test('says that nothing is wrong, how far each subscription is, and the version of the schema', async () => {
    await recordLives(appender, { log: 'other', commitments: 1, from: 6, to: 7 });
    const { out, err, exitCode } = await run({ all: true });
    expect(err).toEqual([]);
    expect(exitCode).toBeUndefined();
    expect(out.join('\n')).toMatch(/^Schema: 00\d\d-/);
    expect(out.join('\n')).toMatch(/commitment-details +1 +2\n/);
    expect(out.at(-1)).toBe('Nothing is wrong.');
  });

  test('ends with 1 and names what is wrong: a log that is parked, a row that differs', async () => {
    await sql`update commitment_standing set nature = 'unilateral' where commitment = 'C-1'`.execute(owner);
    await sql`update checkpoint set parked_at = now(), parked_why = 'cannot read this'
               where (subscription, log_id) = ('grants', 'other')`.execute(owner);
    const { err, exitCode } = await run();
    expect(exitCode).toBe(1);
    expect(err.join('\n')).toMatch(
      /grants has parked the log other before event 6 since .*: cannot read this/,
    );
    expect(err.join('\n')).toContain('commitment_standing talks/C-1 differs in /nature.');
  });
  test('says what is wrong with the log also where the views cannot be examined', async () => {
    await sql`update event set salt = 'other' where (log_id, position) = ('other', 3)`.execute(owner);
    await sql`alter table access_grant rename to elsewhere`.execute(owner);
    const said = { out: [] as string[], err: [] as string[] };
    await expect(run({ all: true }, said)).rejects.toThrow('access_grant');
    expect(said.err).toEqual([expect.stringMatching(/^Event 3 of the log other is not the one/)]);
  });
});
