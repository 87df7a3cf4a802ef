import { Client } from 'pg';
import type { Attempted, ClaimedMail } from '../../src/reminders/ledger.js';
import { claimed, type LedgerInPostgres, ledgerInPostgres } from '../support/ledgers.js';

const ids = Array.from({ length: 10 }, (_, nth) => `mail-${nth}`);
const sent: Attempted = {
  outcome: { outcome: 'sent', code: 250, detail: '250' },
  ending: { state: 'sent' },
  late: [],
};

let trial: LedgerInPostgres;
let planner: Client;
beforeEach(async () => {
  trial = await ledgerInPostgres();
  planner = new Client({ connectionString: trial.ownerUrl });
  await planner.connect();
  await planner.query('set search_path to pacta');
});
afterEach(async () => {
  await planner.end();
  await trial.end();
});

const hold = (id: string) => planner.query('select from reminder where id = $1 for update', [id]);

/** Does something to all mails at once, while a plan that holds the last of them goes on to the first. */
async function besidePlan<Result>(act: () => Promise<Result>): Promise<Result> {
  await planner.query(`begin; set local lock_timeout to '5s'`);
  await hold(ids.at(-1)!);
  const acting = act();
  acting.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await hold(ids[0]!);
  await planner.query('commit');
  return acting;
}

test('mails that are under way together hold nothing of each other while one of them waits for the planner', async () => {
  const { ledger } = trial;
  await trial.plan(...ids.map((id) => ({ id })));
  const claims = await Promise.all(ids.map((id) => claimed(trial, id)));
  const message = ({ mailId }: ClaimedMail) => ({
    messageId: `${mailId}@example.org`,
    raw: Buffer.from('m'),
  });
  await Promise.all(claims.map((claim) => ledger.intend(claim, message(claim))));

  const started = await besidePlan(() => Promise.all(claims.map((claim) => ledger.startData(claim))));
  expect(started).toEqual(ids.map(() => true));

  await besidePlan(() => Promise.all(claims.map((claim) => ledger.finish(claim, sent))));
  const told = (await Promise.all(ids.map((id) => ledger.notOnRecord(id)))).flat();
  expect(told.map(({ id, state }) => [id, state])).toEqual(ids.map((id) => [id, 'sent']));

  await besidePlan(() => Promise.all(told.map((reminder) => ledger.putOnRecord(reminder))));
  expect(await ledger.notOnRecord()).toEqual([]);
});
