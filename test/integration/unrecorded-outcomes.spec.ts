import { StorageUnavailable } from '../../src/event-store/storage-failure.js';
import type { Mail } from '../../src/mail/mailer.js';
import { Dispatcher } from '../../src/reminders/dispatcher.js';
import type { Unrecorded } from '../../src/reminders/ledger.js';
import { claimed, type LedgerOnTrial, ledgerInPostgres } from '../support/ledgers.js';
import { plainSender } from '../support/plain-reminders.js';
import { keeping } from '../support/sending.js';
import { until } from '../support/until.js';

let trial: LedgerOnTrial;
beforeEach(async () => {
  trial = await ledgerInPostgres();
});
afterEach(() => trial.end());

const senderThat = (record: (reminder: Unrecorded) => Promise<void>, mails: Mail[] = []) =>
  plainSender(trial.ledger, keeping(mails), record);

/** Reminders that were sent by a worker that ended before it could tell. */
async function sentUntold(...ids: string[]): Promise<void> {
  await trial.plan(...ids.map((id, index) => ({ id, dueIn: index - 60_000 })));
  for (const id of ids) {
    const ending = { state: 'sent' } as const;
    await trial.ledger.finish(await claimed(trial, id), {
      outcome: { outcome: 'sent', detail: '250' },
      ending,
      late: [],
    });
  }
}

const untold = async () => (await trial.ledger.notOnRecord()).map(({ id }) => id);

test('an outcome that the log does not take holds up neither the others nor what is due', async () => {
  await sentUntold('refused', 'taken');
  await trial.plan({ id: 'due' });
  const troubles: string[] = [];
  const mails: Mail[] = [];
  const sender = senderThat(
    ({ id }) => (id === 'refused' ? Promise.reject(new Error('The log refuses it.')) : Promise.resolve()),
    mails,
  );
  const dispatcher = new Dispatcher({
    ledger: trial.ledger,
    sender,
    mayMail: () => Promise.resolve(true),
    report: (trouble) => troubles.push(trouble),
    sweepEvery: 50,
  });
  dispatcher.start();
  try {
    await until(() => mails.length === 1);
  } finally {
    await dispatcher.stop();
  }
  expect(await untold()).toEqual(['refused']);
  expect(troubles).toEqual([expect.stringContaining('The log refuses it.')]);
});

test('while the log takes nothing at all, outcomes are not tried one after the other, and stay to be told', async () => {
  await sentUntold('first', 'second');
  let tried = 0;
  const sender = senderThat(() => {
    tried++;
    return Promise.reject(new StorageUnavailable('away'));
  });
  await expect(sender.recordAll()).rejects.toThrow(StorageUnavailable);
  expect(tried).toBe(1);
  expect(await untold()).toEqual(['first', 'second']);
});
