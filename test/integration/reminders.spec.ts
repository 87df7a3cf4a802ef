import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { addDays, dayIn } from '../../src/domain/calendar.js';
import { type Mail, type Mailer, openMailer } from '../../src/mail/mailer.js';
import { commitmentEvents } from '../../src/read-models/history-answers.js';
import { knownDialogue } from '../../src/read-models/status-answers.js';
import { Directory } from '../../src/reminders/directory.js';
import { openQueueBackend, type QueueLocation } from '../../src/reminders/queue-backend.js';
import { Reminders } from '../../src/reminders/reminders.js';
import { example as dialogue, loadExample, planExample } from '../support/example.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';
import { addresses, armedFence, keeping, sendingWith } from '../support/sending.js';
import { until } from '../support/until.js';

let record: TestRecord;
beforeEach(async () => {
  record = await openTestRecord();
  await loadExample(record);
  // Each reminder as a mail of its own; what a digest carries is shown elsewhere.
  await sql`update contact set digest = false`.execute(record.db);
  await plan();
});
afterEach(() => record.ending.now());

const plan = () => planExample(record);

const workerWith = async (mailer: Mailer, queue: QueueLocation) =>
  new Reminders({
    ...record,
    mailer,
    atATime: 20,
    backend: await openQueueBackend(queue),
    fence: await armedFence(record),
    sweepEvery: 500,
    addresses,
    report: (trouble) => record.troubles.push(trouble),
  });

const senderWith = (mailer: Mailer) => sendingWith(record, mailer);

const planned = async (commitment: string) =>
  (
    await sql<{ step: string; contact: string; state: string; due_at: string }>`
      select step, contact, state, due_at from reminder
       where commitment = ${commitment} and kind = 'due' and step in ('T-30', 'T-7', 'T-1', 'overdue')
       order by contact, due_at`.execute(record.db)
  ).rows;

/** How many mails wait to be sent now. */
const waiting = async () =>
  (
    await sql<{ count: number }>`
      select count(distinct mail_id)::int as count from reminder
       where state in ('planned', 'sending') and due_at <= now() and coalesce(not_before, due_at) <= now()`.execute(
      record.db,
    )
  ).rows[0]!.count;

const stateOf = async (id: string) =>
  (await sql<{ state: string }>`select state from reminder where id = ${id}`.execute(record.db)).rows[0]
    ?.state;

const backends: [string, () => QueueLocation][] = [
  ['PostgreSQL', () => ({ databaseUrl: record.serviceUrl })],
  ...(process.env.PACTA_TEST_REDIS_URL
    ? [['Redis', () => ({ redisUrl: process.env.PACTA_TEST_REDIS_URL! })] as [string, () => QueueLocation]]
    : []),
];

describe.each(backends)('with BullMQ on %s', (_name, backend) => {
  test('two workers and a restart send each due reminder once, and the log says so', async () => {
    const mails: Mail[] = [];
    const first = [await workerWith(keeping(mails), backend()), await workerWith(keeping(mails), backend())];
    first.forEach((worker) => worker.start());
    await until(async () => mails.length >= 5 && (await waiting()) === 0);
    await Promise.all(first.map((worker) => worker.stop()));
    const again = await workerWith(keeping(mails), backend());
    again.start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await again.stop();
    // WQ-1 is due in 6 days and NAV-2 in 20, before the next round (two contacts each), WQ-2 overdue for 12 (one
    // contact): the strongest missed step of each.
    expect(mails.map((mail) => `${mail.to.address} ${mail.subject.split(' ')[0]}`)).toEqual(
      expect.arrayContaining([
        'alda.rivas@ald.example NAV-2',
        'alda.rivas@ald.example WQ-1',
        'meera.nadi@mer.example NAV-2',
        'meera.nadi@mer.example WQ-1',
        'meera.nadi@mer.example WQ-2',
      ]),
    );
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
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
    const { rows } = await sql`
      select step from reminder where commitment = ${commitment} and kind = 'due' and state = 'planned'`.execute(
      record.db,
    );
    expect(rows).toEqual([]);
  }
});

test('erasing a contact cancels what is planned for it; naming it again plans it again, sent ones excepted', async () => {
  const directory = new Directory(record.db);
  const [alda] = await directory.list(dialogue, 'ALD');
  const { due, sender } = await senderWith(keeping([]));
  for (const id of await due()) await sender.send(id);
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
  const { due, sender } = await senderWith(keeping(mails));
  const ids = await due();
  expect(ids.length).toBeGreaterThanOrEqual(5);
  await sql`delete from contact`.execute(record.db);
  for (const id of ids) await sender.send(id);
  expect(mails).toEqual([]);
  expect((await sql`select state from reminder where id = any(${ids})`.execute(record.db)).rows).toEqual(
    ids.map(() => ({ state: 'cancelled' })),
  );
});

test('a worker that dies while it hands a mail over leaves it uncertain; the same bytes go out once more, later', async () => {
  const mails: Mail[] = [];
  const dying = await senderWith(keeping(mails, () => new Promise(() => undefined)));
  const [id] = await dying.due();
  void dying.sender.send(id!);
  await until(() => mails.length === 1);
  expect(await dying.due()).not.toContain(id);
  await sql`update reminder set lease_until = now() - interval '1 second' where id = ${id}`.execute(
    record.db,
  );
  expect(await dying.due()).not.toContain(id);
  const attempts = () =>
    sql`select outcome, raw is not null as kept from delivery_attempt where mail_id = ${id} order by fence`.execute(
      record.db,
    );
  expect((await attempts()).rows).toEqual([{ outcome: 'uncertain', kept: true }]);
  expect(await stateOf(id!)).toBe('uncertain');
  // The doubt is on the record before there can be a second mail.
  const { sender, due, ledger } = await senderWith(keeping(mails));
  await sql`update reminder set not_before = now() - interval '1 second' where id = ${id}`.execute(record.db);
  expect(await ledger.claim(id!)).toBeUndefined();
  await sender.recordAll();
  expect(await due()).toContain(id);
  await sender.send(id!);
  expect(mails.map((mail) => mail.messageId)).toEqual([`${id}@pacta.example`, `${id}@pacta.example`]);
  expect(mails[1]!.text).toContain(mails[0]!.text);
  expect(await stateOf(id!)).toBe('sent');
  expect((await attempts()).rows).toEqual([
    { outcome: 'uncertain', kept: false },
    { outcome: 'sent', kept: false },
  ]);
  const events =
    await sql`select type from event where stream_id = ${`reminder-${id}`} order by version`.execute(
      record.db,
    );
  expect(events.rows).toEqual([{ type: 'ReminderUncertain' }, { type: 'ReminderSent' }]);
});

test('a worker that dies before the server was ready has sent nothing: the mail is tried again at once', async () => {
  const mails: Mail[] = [];
  const { sender, due, ledger } = await senderWith(keeping(mails));
  const [id] = await due();
  const claim = await ledger.claim(id!);
  await ledger.intend(claim!, { messageId: `${id}@pacta.example`, raw: Buffer.from('x') });
  await sql`update reminder set lease_until = now() - interval '1 second' where id = ${id}`.execute(
    record.db,
  );
  expect(await due()).toContain(id);
  // Whoever was taken for dead does not hand it over any more.
  expect(await ledger.startData(claim!)).toBe(false);
  await sender.send(id!);
  expect(mails).toHaveLength(1);
});

test('a reminder that is due while a view is behind waits for it some seconds at a time, and is not lost', async () => {
  const mails: Mail[] = [];
  const { due, sender } = await senderWith(keeping(mails));
  const [id] = await due();
  const { rows: kept } = await sql<{ row: string }>`
    delete from commitment_details returning row_to_json(commitment_details)::text as row`.execute(record.db);
  await sender.send(id!);
  const { rows: left } = await sql<{ state: string; wait: number }>`
    select state, extract(epoch from not_before - now())::float8 as wait from reminder where id = ${id}`.execute(
    record.db,
  );
  expect(left).toEqual([{ state: 'planned', wait: expect.any(Number) as number }]);
  expect(left[0]!.wait).toBeLessThan(10);
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
  const slow = keeping(mails, async () => {
    await sql`update reminder set lease_until = now() - interval '1 second' where state = 'sending'`.execute(
      record.db,
    );
    await due();
    return { outcome: 'sent', detail: '250' };
  });
  const { due, sender } = await senderWith(slow);
  const [id] = await due();
  await sender.send(id!);
  expect(await stateOf(id!)).toBe('sent');
});

test.each([
  [
    'refused for good',
    { outcome: 'not-sent', passing: false, code: 550, detail: '550' },
    'failed',
    'ReminderFailed',
  ],
  ['refused for now', { outcome: 'not-sent', passing: true, code: 450, detail: '450' }, 'planned', undefined],
  ['perhaps accepted', { outcome: 'uncertain', detail: 'no answer' }, 'uncertain', 'ReminderUncertain'],
  ['accepted', { outcome: 'sent', detail: '250' }, 'sent', 'ReminderSent'],
] as const)('a mail that was %s', async (_what, outcome, state, event) => {
  const { due, sender } = await senderWith(keeping([], outcome));
  const [id] = await due();
  await sender.send(id!);
  expect(await stateOf(id!)).toBe(state);
  const events = await sql`select type from event where stream_id = ${`reminder-${id}`}`.execute(record.db);
  expect(events.rows).toEqual(event ? [{ type: event }] : []);
  expect(await due()).not.toContain(id);
  expect(record.troubles).toHaveLength(state === 'failed' ? 1 : 0);
});

test('without a mail server, mails are kept as files that a mail program can open', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'pacta-outbox-'));
  try {
    const { due, sender } = await senderWith(openMailer({ from: 'Pacta <pacta@pacta.example>', outbox }));
    for (const id of await due()) await sender.send(id);
    const files = await readdir(outbox);
    expect(files.length).toBeGreaterThanOrEqual(5);
    const mail = await simpleParser(await readFile(join(outbox, files[0]!)));
    expect(mail.text).toContain('https://pacta.example/dialogues/example-clean-rivers/commitments/');
    expect(mail.html).toContain('invented example');
  } finally {
    await rm(outbox, { recursive: true });
  }
});
