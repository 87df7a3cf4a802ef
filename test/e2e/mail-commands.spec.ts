import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase, openOwnerPool } from '../../src/event-store/database.js';
import { asOwner, type FreshDatabase, freshDatabase, urlTo } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(120_000);

const folders: string[] = [];
let original: FreshDatabase;

beforeAll(async () => {
  original = await freshDatabase();
});
afterAll(async () => {
  await original.drop();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Settings of an environment of its own: a database, and a folder that no other process has. */
async function environment(database: Pick<FreshDatabase, 'serviceUrl' | 'ownerUrl'>) {
  const folder = await mkdtemp(join(tmpdir(), 'pacta-mail-commands-'));
  folders.push(folder);
  const { serviceUrl, ownerUrl } = database;
  return { DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: folder, PORT: '0' };
}

type Environment = Awaited<ReturnType<typeof environment>>;

/** How a call ends, and what it prints on the standard error and in all. */
async function pacta(env: Environment, ...args: string[]) {
  const call = new PactaProcess(env, ['dist/cli/main.js', ...args]);
  const code = await call.end();
  return { code, errors: call.errors.trim(), output: call.output.trim() };
}

/** Files that mails are kept as, where there is no mail server. */
const mailsOf = ({ DATA_DIR }: Environment) => readdir(join(DATA_DIR, 'outbox')).catch(() => [] as string[]);

async function withDatabase<Result>(url: string, act: (db: Database) => Promise<Result>): Promise<Result> {
  const db = openDatabase(openOwnerPool(url, 1));
  try {
    return await act(db);
  } finally {
    await db.destroy();
  }
}

test('a copy of the database mails nothing until "pacta arm-mail" is said there, and mails then', async () => {
  const home = await environment(original);
  expect((await pacta(home, 'demo')).code).toBe(0);
  expect(await pacta(home, 'arm-mail')).toMatchObject({
    code: 0,
    errors: '',
    output: expect.stringMatching(/^Reminders are sent from here from now on, and from nowhere else\.$/m),
  });
  const name = new URL(original.ownerUrl).pathname.slice(1);
  const copied = `${name}_copy`;
  await asOwner((client) => client.query(`create database ${copied} template ${name}`));
  const copy = {
    serviceUrl: urlTo(copied, 'PACTA_TEST_SERVICE_URL'),
    ownerUrl: urlTo(copied, 'PACTA_TEST_OWNER_URL'),
  };
  const elsewhere = await environment(copy);
  const states = () =>
    withDatabase(copy.ownerUrl, async (db) => {
      const { rows } = await sql<{ state: string }>`
        select distinct state from reminder where due_at <= now() order by state`.execute(db);
      return rows.map(({ state }) => state);
    });
  try {
    const fenced = new PactaProcess({ ...elsewhere, ROLE: 'worker' });
    try {
      await fenced.says(/No reminders are sent from here: .* say so with \\?"pacta arm-mail\\?"/);
      await eventually(async () => expect(await states()).toContain('planned'));
    } finally {
      expect(await fenced.end('SIGTERM')).toBe(0);
    }
    expect(await states()).not.toContain('sent');
    expect(await mailsOf(elsewhere)).toEqual([]);

    expect((await pacta(elsewhere, 'arm-mail')).code).toBe(0);
    const armed = new PactaProcess({ ...elsewhere, ROLE: 'worker' });
    try {
      await armed.ready();
      await eventually(async () => expect(await states()).toContain('sent'));
      expect(armed.output).not.toContain('No reminders are sent from here');
    } finally {
      expect(await armed.end('SIGTERM')).toBe(0);
    }
    expect(await mailsOf(elsewhere)).not.toEqual([]);
    expect(await mailsOf(home)).toEqual([]);
  } finally {
    await asOwner((client) => client.query(`drop database if exists ${copied} with (force)`));
  }
});

describe('mails that were perhaps sent and are held', () => {
  let database: FreshDatabase;
  let env: Environment;
  beforeAll(async () => {
    database = await freshDatabase();
    env = await environment(database);
    await withDatabase(database.ownerUrl, async (db) => {
      await sql`
        insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, state, fence)
        select id, 'talks', commitment, 1, 'T-7', 'desk-' || mail, 'ALD', now() - interval '1 day', mail, state, 1
          from (values ('a1', 'C-1', 'doubted', 'uncertain'), ('a2', 'C-2', 'doubted', 'uncertain'),
                       ('b1', 'C-3', 'arrived', 'uncertain'), ('c1', 'C-4', 'sent', 'sent'),
                       ('d1', 'C-5', 'moved', 'uncertain'))
               as held (id, commitment, mail, state)`.execute(db);
      await sql`
        insert into delivery_attempt (mail_id, fence, message_id, log_id, contact, intent_at, outcome, detail, raw)
        select mail, 1, mail || '@example.org', 'talks', 'desk-' || mail, intent_at::timestamptz, 'uncertain', detail, 'x'::bytea
          from (values ('doubted', '2026-03-02T09:00:00.5Z', 'No answer.'), ('arrived', '2026-03-01T09:00:00Z', null),
                       ('sent', '2026-03-01T08:00:00Z', null), ('moved', '2026-03-03T09:00:00Z', null))
               as attempts (mail, intent_at, detail)`.execute(db);
      await sql`update delivery_attempt set raw = null where mail_id = 'moved'`.execute(db);
      await sql`
        insert into contact (log_id, id, party, name, address, zone, hour)
        values ('talks', 'desk-moved', 'ALD', 'Ana', 'ana@ald.example', 'UTC', 9)`.execute(db);
    });
  });
  afterAll(() => database.drop());

  const FORMS = '  pacta held-mails\n  pacta held-mails send <mail>\n  pacta held-mails arrived <mail>';

  test.each<[string, string[], string]>([
    [
      'something else than can be done',
      ['held-mails', 'delete', 'doubted'],
      `Nothing called "delete" can be done with a held mail: say "send" or "arrived".\n\n${FORMS}`,
    ],
    ['a missing mail', ['held-mails', 'send'], `<mail> is missing\n\n${FORMS}`],
    ['a mail that is not held', ['held-mails', 'arrived', 'sent'], `No mail sent is held.\n\n${FORMS}`],
    [
      'two mails, one of which would be left undone',
      ['held-mails', 'send', 'doubted', 'arrived'],
      `pacta held-mails does not take "arrived" as well.\n\n${FORMS}`,
    ],
    [
      'an argument where there are none',
      ['arm-mail', 'elsewhere'],
      'pacta arm-mail does not take "elsewhere" as well.\n\n  pacta arm-mail',
    ],
  ])('%s is refused by its name, and nothing is done', async (_what, args, said) => {
    const { code, errors } = await pacta(env, ...args);
    expect([code, errors]).toEqual([1, said]);
  });

  test('one that cannot go out as it was is refused with the reason', async () => {
    const { code, errors } = await pacta(env, 'held-mails', 'send', 'moved');
    expect([code, errors]).toEqual([1, 'Mail moved cannot go out once more: its bytes are no longer kept.']);
    expect((await pacta(env, 'held-mails', 'arrived', 'moved')).code).toBe(0);
  });

  test('are listed, the oldest first; one is let go out once more, one counts as sent, and then none is held', async () => {
    const listed = await pacta(env, 'held-mails');
    expect([listed.code, listed.errors]).toEqual([0, '']);
    expect(listed.output.split('\n').slice(-3)).toEqual([
      expect.stringMatching(/^mailId +log +contact +commitments +since +detail$/),
      expect.stringMatching(/^arrived +talks +desk-arrived +C-3 +2026-03-01T09:00:00Z +-$/),
      expect.stringMatching(/^doubted +talks +desk-doubted +C-1 C-2 +2026-03-02T09:00:00Z +No answer\.$/),
    ]);
    expect(await pacta(env, 'held-mails', 'send', 'doubted')).toEqual({
      code: 0,
      errors: '',
      output: 'It will be tried once more.',
    });
    expect(await pacta(env, 'held-mails', 'arrived', 'arrived')).toEqual({
      code: 0,
      errors: '',
      output: 'It counts as sent.',
    });
    const { output } = await pacta(env, 'held-mails');
    expect(output).toBe('No mail is held.');
    const rows = await withDatabase(database.ownerUrl, (db) =>
      sql`
        select id, state, on_record as "onRecord", not_before <= now() as released, raw is not null as kept
          from reminder join delivery_attempt using (mail_id) where mail_id <> 'moved' order by id`.execute(
        db,
      ),
    );
    expect(rows.rows).toEqual([
      { id: 'a1', state: 'uncertain', onRecord: false, released: true, kept: true },
      { id: 'a2', state: 'uncertain', onRecord: false, released: true, kept: true },
      { id: 'b1', state: 'sent', onRecord: false, released: null, kept: false },
      { id: 'c1', state: 'sent', onRecord: false, released: null, kept: true },
    ]);
  });
});
