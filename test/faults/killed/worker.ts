import { ChangeReminderHandler, type ChangeReminder } from '../../../src/commands/reminder.js';
import { Clock } from '../../../src/commands/clock.js';
import { Decisions } from '../../../src/commands/decisions.js';
import { Appender } from '../../../src/event-store/append.js';
import { openDatabase, openServicePool } from '../../../src/event-store/database.js';
import { DeciderRunner } from '../../../src/event-store/run-decider.js';
import { openMailer } from '../../../src/mail/mailer.js';
import { Dispatcher } from '../../../src/reminders/dispatcher.js';
import { MailFence } from '../../../src/reminders/mail-fence.js';
import { PostgresLedger } from '../../../src/reminders/postgres-ledger.js';
import { ReminderQueue } from '../../../src/reminders/queue.js';
import { recordWith } from '../../../src/reminders/record-outcome.js';
import { MailSender } from '../../../src/reminders/send.js';
import type { Trouble } from '../part.js';
import { ENVIRONMENT, LEASES, type Part, PATIENCE, POLICY, SWEEP_EVERY } from './part.js';
import { textOf } from './planned.js';

// A worker of the proof: it sends what is due until its parent tells it to come to an end, or kills it. Everything is
// what the service itself sends with, but for what the mails say.

const { serviceUrl, port, byQueue } = JSON.parse(process.argv[2]!) as Part;
const report = (trouble: string) => void process.send!({ trouble } satisfies Trouble);
const told = new Promise<void>((resolve) => process.once('message', () => resolve()));
process.on('disconnect', () => process.exit(1));

const pool = openServicePool(serviceUrl, 8);
const db = openDatabase(pool);
const fence = new MailFence(db, { named: ENVIRONMENT, dataDir: '' });
const ledger = new PostgresLedger(db, fence, POLICY, LEASES);
const mailer = openMailer({
  smtpUrl: `smtp://127.0.0.1:${port}`,
  from: 'Pacta <pacta@example.org>',
  outbox: '',
  patience: PATIENCE,
});
const handler = new ChangeReminderHandler(
  new Decisions(db, new DeciderRunner(db, new Appender(pool)), new Clock()),
);
// Without the bus, which only looks the handler up: Nest would take longer to start than most workers live.
const commands = { execute: (command: ChangeReminder) => handler.execute(command) };
const sender = new MailSender({
  ledger,
  mailer,
  compose: (mail) =>
    Promise.resolve({
      carries: mail.reminders.map(({ id }) => id),
      withheld: false,
      mail: {
        to: { name: '', address: `${mail.contact}@example.org` },
        subject: 'Due',
        text: textOf(mail),
        html: '<p>Due</p>',
      },
    }),
  record: recordWith(commands as Parameters<typeof recordWith>[0], report),
  policy: POLICY,
  atATime: 20,
  mailDomain: 'example.org',
  dice: Math.random,
});
const queueMaker = async () => {
  const { openQueueBackend } = await import('../../../src/reminders/queue-backend.js');
  const backend = await openQueueBackend({ databaseUrl: serviceUrl });
  return (send: (mailId: string) => Promise<void>) => new ReminderQueue(backend, send, report);
};
const dispatcher = new Dispatcher({
  ledger,
  sender,
  queue: byQueue ? await queueMaker() : undefined,
  mayMail: async () => (await fence.look()).mayMail,
  report,
  sweepEvery: SWEEP_EVERY,
});
dispatcher.start();
await told;
await dispatcher.stop();
await mailer.close();
await db.destroy();
process.exit(0);
