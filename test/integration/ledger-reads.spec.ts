import { sql } from 'kysely';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { PostgresLedger } from '../../src/reminders/postgres-ledger.js';
import { type LedgerInPostgres, ledgerInPostgres } from '../support/ledgers.js';

const PLANNED = 20_000;
const MAILS = 12;

let trial: LedgerInPostgres;
let db: Database;
beforeAll(async () => {
  trial = await ledgerInPostgres();
  // One connection: what it has read is told by it, and by no other.
  db = openDatabase(openServicePool(trial.serviceUrl, 1));
});
afterAll(async () => {
  await db.destroy();
  await trial.end();
});

/** Rows of `reminder` that were read so far, by way of an index or one after the other. */
async function read(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ read: number }>`
    select (select seq_tup_read from pg_stat_user_tables where relname = 'reminder')
         + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'reminder') as read`.execute(
    db,
  );
  return Number(rows[0]!.read);
}

test('mails under way read their own reminders and not all that is planned, though no statistics were taken yet', async () => {
  await trial.plan(
    ...Array.from({ length: PLANNED }, (_, nth) => ({ id: `later-${nth}`, dueIn: 86_400_000 })),
    ...Array.from({ length: MAILS }, (_, nth) => ({ id: `mail-${nth}` })),
  );
  const ledger = new PostgresLedger(db, { token: 'test' });
  const ids = Array.from({ length: MAILS }, (_, nth) => `mail-${nth}`);
  const before = await read();
  const claims = await Promise.all(ids.map(async (id) => (await ledger.claim(id))!));
  const message = (id: string) => ({ messageId: `${id}@example.org`, raw: Buffer.from(id) });
  await Promise.all(claims.map((claim) => ledger.intend(claim, message(claim.mailId))));
  await Promise.all(claims.map((claim) => ledger.startData(claim)));
  const sent = {
    outcome: { outcome: 'sent', detail: '250' },
    ending: { state: 'sent' },
    late: [],
  } as const;
  await Promise.all(claims.map((claim) => ledger.finish(claim, sent)));
  const told = (await Promise.all(ids.map((id) => ledger.notOnRecord(id)))).flat();
  expect(told).toHaveLength(MAILS);
  await Promise.all(told.map((reminder) => ledger.putOnRecord(reminder)));
  expect((await read()) - before).toBeLessThan(50 * MAILS);
});
