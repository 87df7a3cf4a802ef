import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { addDays, dayIn } from '../../src/domain/calendar.js';
import { step } from '../../src/event-store/subscription.js';
import { type Mail, type Mailer, type MailOutcome, openMailer } from '../../src/mail/mailer.js';
import { commitmentEvents } from '../../src/read-models/history-answers.js';
import { knownDialogue } from '../../src/read-models/status-answers.js';
import { playDemo } from '../../src/records/demo.js';
import { Directory } from '../../src/reminders/directory.js';
import { ReminderLedger } from '../../src/reminders/ledger.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { openQueueBackend, type QueueLocation } from '../../src/reminders/queue-backend.js';
import { Reminders } from '../../src/reminders/reminders.js';
import { ReminderSender } from '../../src/reminders/send.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';
import { until } from '../support/until.js';

const dialogue = 'example-clean-rivers';
const addresses = { publicUrl: 'https://pacta.example', mailDomain: 'pacta.example' };

let record: TestRecord;
beforeEach(async () => {
  record = await openTestRecord();
  await playDemo(record.commands, record.db, record.clock.now(), () => undefined);
  await settled(record);
  await plan();
});
afterEach(() => record.ending.now());

async function plan(): Promise<void> {
  for (;;) if ((await step(record.db, reminderPlanning, dialogue)).outcome !== 'moved') break;
}

const sent = (mails: Mail[], outcome: MailOutcome = { outcome: 'sent', detail: '250' }): Mailer => ({
  describes: 'memory',
  send: (mail) => {
    mails.push(mail);
    return Promise.resolve(outcome);
  },
  close: () => Promise.resolve(),
});

const workerWith = async (mailer: Mailer, queue: QueueLocation) =>
  new Reminders({
    ...record,
    mailer,
    backend: await openQueueBackend(queue),
    addresses,
    report: (trouble) => record.troubles.push(trouble),
  });

const senderWith = (mailer: Mailer) => {
  const ledger = new ReminderLedger(record.db);
  return {
    ledger,
    sender: new ReminderSender(record.db, ledger, mailer, record.commands, record.clock, addresses),
  };
};

const planned = async (commitment: string) =>
  (
    await sql<{ step: string; contact: string; state: string; due_at: string }>`
      select step, contact, state, due_at from reminder
       where commitment = ${commitment} order by contact, due_at`.execute(record.db)
  ).rows;

const backends: [string, () => QueueLocation][] = [
  ['PostgreSQL', () => ({ databaseUrl: record.serviceUrl })],
  ...(process.env.PACTA_TEST_REDIS_URL
    ? [['Redis', () => ({ redisUrl: process.env.PACTA_TEST_REDIS_URL! })] as [string, () => QueueLocation]]
    : []),
];

describe.each(backends)('with BullMQ on %s', (_name, backend) => {
  test('two workers and a restart send each due reminder once, and the log says so', async () => {
    const mails: Mail[] = [];
    const first = [await workerWith(sent(mails), backend()), await workerWith(sent(mails), backend())];
    first.forEach((worker) => worker.start());
    // WQ-1 is due in 6 days and NAV-2 in 20, before the next round (two contacts each), WQ-2 overdue for 12 (one
    // contact): the strongest missed step of each.
    await until(() => mails.length >= 5);
    await Promise.all(first.map((worker) => worker.stop()));
    const again = await workerWith(sent(mails), backend());
    again.start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await again.stop();
    expect(mails.map((mail) => `${mail.to.address} ${mail.subject.split(' ')[0]}`).sort()).toEqual([
      'alda.rivas@ald.example NAV-2',
      'alda.rivas@ald.example WQ-1',
      'meera.nadi@mer.example NAV-2',
      'meera.nadi@mer.example WQ-1',
      'meera.nadi@mer.example WQ-2',
    ]);
    const position = (
      await record.db
        .selectFrom('log_head')
        .select('position')
        .where('log_id', '=', dialogue)
        .executeTakeFirstOrThrow()
    ).position;
    expect(await record.views.haveReached(dialogue, position, 5000)).toBe(true);
    const known = await knownDialogue(record.db, dialogue, record.clock.now(), undefined);
    const events = await commitmentEvents(record.db, known!, 'WQ-1');
    expect(events.filter((event) => event.type === 'ReminderSent').map((event) => event.data)).toMatchObject([
      { commitment: 'WQ-1', step: 'T-7' },
      { commitment: 'WQ-1', step: 'T-7' },
    ]);
    expect(JSON.stringify(events)).not.toContain('@ald.example');
    expect(record.troubles).toEqual([]);
  });
});

test('each recipient has one reminder per step, at nine in their own zone', async () => {
  const due = addDays(dayIn('UTC', record.clock.now()), 6);
  const nineInMadrid = (day: string) => new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10);
  expect((await planned('WQ-1')).map(({ step: name, contact }) => `${contact} ${name}`)).toEqual(
    ['desk-ald', 'desk-mer'].flatMap((contact) =>
      ['T-30', 'T-7', 'T-1', 'overdue'].map((name) => `${contact} ${name}`),
    ),
  );
  const inKolkata = (await planned('WQ-1'))
    .filter(({ contact }) => contact === 'desk-mer')
    .map(({ due_at }) => due_at);
  expect(inKolkata).toEqual(
    [-30, -7, -1, 1].map((days) => `${nineInMadrid(addDays(due, days))}T03:30:00.000000Z`),
  );
});

test('a commitment that nobody has agreed to, that is claimed, verified or withdrawn, has no reminder waiting', async () => {
  for (const commitment of ['NAV-5', 'FW-2', 'FW-3', 'SCI-2']) {
    expect((await planned(commitment)).filter(({ state }) => state === 'planned')).toEqual([]);
  }
});

test('erasing a contact cancels what is planned for it; naming it again plans it again, sent ones excepted', async () => {
  const directory = new Directory(record.db);
  const [alda] = await directory.list(dialogue, 'ALD');
  const { ledger, sender } = senderWith(sent([]));
  for (const id of await ledger.due()) await sender.send(id);
  await directory.erase(dialogue, 'desk-ald', 'ALD');
  const states = async () =>
    (await planned('WQ-1'))
      .filter(({ contact }) => contact === 'desk-ald')
      .map(({ step: name, state }) => `${name} ${state}`);
  expect(await states()).toEqual(['T-30 skipped', 'T-7 sent', 'T-1 cancelled', 'overdue cancelled']);
  await directory.put(dialogue, alda!);
  expect(await states()).toEqual(['T-30 skipped', 'T-7 sent', 'T-1 planned', 'overdue planned']);
});

test('what is sent is true when it is sent: a reminder whose recipient is gone is not sent', async () => {
  const mails: Mail[] = [];
  const { ledger, sender } = senderWith(sent(mails));
  const due = await ledger.due();
  expect(due).toHaveLength(5);
  await sql`delete from contact`.execute(record.db);
  for (const id of due) await sender.send(id);
  expect(mails).toEqual([]);
  expect((await sql`select state from reminder where id = any(${due})`.execute(record.db)).rows).toEqual(
    due.map(() => ({ state: 'cancelled' })),
  );
});

test('a worker that dies after it said it would send leaves an uncertain attempt; the mail is sent once more, later, with the same Message-ID', async () => {
  const mails: Mail[] = [];
  const { ledger, sender } = senderWith({
    ...sent(mails),
    send: (mail) => (mails.push(mail), new Promise(() => undefined)),
  });
  const [id] = await ledger.due();
  void sender.send(id!);
  await until(() => mails.length === 1);
  expect(await ledger.due()).not.toContain(id);
  await sql`update reminder set lease_until = now() - interval '1 second' where id = ${id}`.execute(
    record.db,
  );
  expect(await ledger.due()).not.toContain(id);
  expect(
    (await sql`select outcome from delivery_attempt where reminder_id = ${id}`.execute(record.db)).rows,
  ).toEqual([{ outcome: 'uncertain' }]);
  await sql`update reminder set not_before = now() - interval '1 second' where id = ${id}`.execute(record.db);
  expect(await ledger.due()).toContain(id);
  await senderWith(sent(mails)).sender.send(id!);
  expect(mails.map((mail) => mail.messageId)).toEqual([`${id}@pacta.example`, `${id}@pacta.example`]);
});

test('a reminder that is due while a view is behind waits for it, and is not lost', async () => {
  const mails: Mail[] = [];
  const { ledger, sender } = senderWith(sent(mails));
  const [id] = await ledger.due();
  const { rows: kept } = await sql<{ row: string }>`
    delete from commitment_details returning row_to_json(commitment_details)::text as row`.execute(record.db);
  await sender.send(id!);
  expect((await sql`select state from reminder where id = ${id}`.execute(record.db)).rows).toEqual([
    { state: 'planned' },
  ]);
  for (const { row } of kept) {
    await sql`insert into commitment_details select * from json_populate_record(null::commitment_details, ${row})`.execute(
      record.db,
    );
  }
  await sql`update reminder set not_before = null where id = ${id}`.execute(record.db);
  await sender.send(id!);
  expect(mails).toHaveLength(1);
});

test('a mail that took longer than its lease and was accepted is known to be sent', async () => {
  const mails: Mail[] = [];
  const slow: Mailer = {
    ...sent(mails),
    send: async (mail) => {
      mails.push(mail);
      await sql`update reminder set lease_until = now() - interval '1 second' where state = 'sending'`.execute(
        record.db,
      );
      await ledger.due();
      return { outcome: 'sent', detail: '250' };
    },
  };
  const { ledger, sender } = senderWith(slow);
  const [id] = await ledger.due();
  await sender.send(id!);
  expect((await sql`select state from reminder where id = ${id}`.execute(record.db)).rows).toEqual([
    { state: 'sent' },
  ]);
});

test.each([
  ['refused for good', { outcome: 'not-sent', passing: false, detail: '550' }, 'failed', false],
  ['refused for now', { outcome: 'not-sent', passing: true, detail: '450' }, 'planned', false],
  ['perhaps arrived', { outcome: 'uncertain', detail: 'no answer' }, 'planned', false],
  ['accepted', { outcome: 'sent', detail: '250' }, 'sent', true],
] as const)('a mail that was %s', async (_what, outcome, state, onRecord) => {
  const { ledger, sender } = senderWith(sent([], outcome));
  const [id] = await ledger.due();
  await sender.send(id!);
  const { rows } = await sql`select state, on_record from reminder where id = ${id}`.execute(record.db);
  expect(rows).toEqual([{ state, on_record: onRecord }]);
  expect(await ledger.due()).not.toContain(id);
});

test('without a mail server, mails are kept as files that a mail program can open', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'pacta-outbox-'));
  try {
    const { ledger, sender } = senderWith(openMailer({ from: 'Pacta <pacta@pacta.example>', outbox }));
    for (const id of await ledger.due()) await sender.send(id);
    const files = await readdir(outbox);
    expect(files).toHaveLength(5);
    const mail = await simpleParser(await readFile(join(outbox, files[0]!)));
    expect(mail.text).toContain('https://pacta.example/dialogues/example-clean-rivers/commitments/');
    expect(mail.html).toContain('invented example');
  } finally {
    await rm(outbox, { recursive: true });
  }
});
