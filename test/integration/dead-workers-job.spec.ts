import type { Mail } from '../../src/mail/mailer.js';
import { Dispatcher } from '../../src/reminders/dispatcher.js';
import { migrateQueue, openQueueBackend, type QueueBackend } from '../../src/reminders/queue-backend.js';
import { ReminderQueue } from '../../src/reminders/queue.js';
import { type LedgerInPostgres, ledgerInPostgres } from '../support/ledgers.js';
import { plainSender } from '../support/plain-reminders.js';
import { keeping } from '../support/sending.js';
import { until } from '../support/until.js';

let trial: LedgerInPostgres;
let backend: QueueBackend;
beforeEach(async () => {
  trial = await ledgerInPostgres();
  await migrateQueue(trial.ownerUrl);
  backend = await openQueueBackend({ databaseUrl: trial.serviceUrl });
});
afterEach(async () => {
  await backend.close();
  await trial.end();
});

test('a mail whose worker died goes out by the queue once its claim has run out, though the queue still takes the dead one’s job for active', async () => {
  await trial.plan({ id: 'a' });
  const queue = backend.queue('reminders');
  const dead = backend.worker('reminders', () => Promise.resolve());
  await queue.add('send', { mails: ['a'] }, { jobId: 'mail-a', removeOnComplete: true, removeOnFail: true });
  expect(await dead.getNextJob('dead')).toMatchObject({ data: { mails: ['a'] } });
  await trial.ledger.claim('a');
  await Promise.all([dead.close(true), queue.close()]);
  await trial.pass(61_000);

  const mails: Mail[] = [];
  const sender = plainSender(trial.ledger, keeping(mails));
  const troubles: string[] = [];
  const report = (trouble: string) => void troubles.push(trouble);
  // It sweeps as seldom as the service does: nothing else sends the mail within the time.
  const dispatcher = new Dispatcher({
    ledger: trial.ledger,
    sender,
    queue: (send) => new ReminderQueue(backend, send, report),
    mayMail: () => Promise.resolve(true),
    report,
  });
  dispatcher.start();
  try {
    await until(() => mails.length === 1);
  } finally {
    await dispatcher.stop();
  }
  expect(troubles).toEqual([]);
});
