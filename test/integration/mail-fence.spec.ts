import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { fenceState, MailFence } from '../../src/reminders/mail-fence.js';
import { PostgresLedger } from '../../src/reminders/postgres-ledger.js';
import { asOwner, type FreshDatabase, freshDatabase, urlTo } from '../support/database.js';

let original: FreshDatabase;
let db: Database;
const folders: string[] = [];

beforeAll(async () => {
  original = await freshDatabase();
  db = openDatabase(openServicePool(original.serviceUrl));
});
afterAll(async () => {
  await db.destroy();
  await original.drop();
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'pacta-fence-'));
  folders.push(made);
  return made;
}

test('a copy of the database elsewhere mails nothing until a person arms it, and then the original goes on', async () => {
  const home = { dataDir: await folder() };
  const fence = new MailFence(db, home);
  expect(await fence.look()).toEqual({ mayMail: true });
  expect(await new MailFence(db, home).look()).toEqual({ mayMail: true });
  await sql`
    insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, state)
    values ('r', 'talks', 'C-1', 1, 'T-7', 'one', 'ALD', now(), 'r', 'planned')`.execute(db);
  await db.destroy();
  const name = `${new URL(original.ownerUrl).pathname.slice(1)}_copy`;
  await asOwner((client) =>
    client.query(`create database ${name} template ${new URL(original.ownerUrl).pathname.slice(1)}`),
  );
  const copy = openDatabase(openServicePool(urlTo(name, 'PACTA_TEST_SERVICE_URL')));
  db = openDatabase(openServicePool(original.serviceUrl));
  try {
    const elsewhere = { dataDir: await folder() };
    const fenced = new MailFence(copy, elsewhere);
    const ledger = new PostgresLedger(copy, fenced);
    expect(await fenced.look()).toEqual({ mayMail: false, why: expect.stringContaining('pacta arm-mail') });
    expect(await fenceState(copy, elsewhere)).toMatchObject({ mayMail: false });
    expect(await ledger.claim('r')).toBeUndefined();
    expect((await sql`select state from reminder`.execute(copy)).rows).toEqual([{ state: 'planned' }]);

    await new MailFence(copy, elsewhere).armHere();
    expect(await fenced.look()).toEqual({ mayMail: true });
    expect(await ledger.claim('r')).toMatchObject({ mailId: 'r' });
    expect(await fenceState(db, home)).toEqual({ mayMail: true });
    expect(await fenceState(db, elsewhere)).toMatchObject({ mayMail: false });
  } finally {
    await copy.destroy();
    await asOwner((client) => client.query(`drop database if exists ${name} with (force)`));
  }
});

test('processes without a common directory share an environment by its name', async () => {
  const named = 'production';
  const fence = new MailFence(db, { named, dataDir: await folder() });
  await fence.armHere();
  expect(await fenceState(db, { named, dataDir: '/nowhere' })).toEqual({ mayMail: true });
  expect(await fenceState(db, { named: 'rehearsal', dataDir: '/nowhere' })).toMatchObject({ mayMail: false });
});
