import { sql } from 'kysely';
import type { Mail, Mailer } from '../../src/mail/mailer.js';
import { Directory } from '../../src/reminders/directory.js';
import { example as log, loadExample, planExample } from '../support/example.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';
import { keeping, sendingWith } from '../support/sending.js';

const secretariat = {
  party: 'ALD',
  role: 'secretariat',
  zone: 'Europe/Madrid',
  hour: 9,
  digest: false,
} as const;

let record: TestRecord;
let mails: Mail[];
/** Addresses that refuse mails. */
let refusing: Set<string>;

beforeEach(async () => {
  record = await openTestRecord();
  await loadExample(record);
  const directory = new Directory(record.db);
  await directory.put(log, { ...secretariat, id: 'sec-1', name: 'Sara Vidal', address: 'sara@ald.example' });
  await directory.put(log, { ...secretariat, id: 'sec-2', name: 'Simon Roca', address: 'simon@ald.example' });
  await sql`update contact set digest = false`.execute(record.db);
  await plan();
  mails = [];
  refusing = new Set(['alda.rivas@ald.example']);
});
afterEach(() => record.ending.now());

const plan = () => planExample(record);

/** Sends what is due; then what follows from it is planned. */
async function send(): Promise<void> {
  const kept = keeping(mails);
  const mailer: Mailer = {
    ...kept,
    deliver: (message, beforeData) =>
      refusing.has(message.envelope.to)
        ? Promise.resolve({ outcome: 'not-sent', passing: false, code: 550, detail: '550 No such user.' })
        : kept.deliver(message, beforeData),
  };
  const { sender, due } = await sendingWith(record, mailer);
  for (const id of await due()) await sender.send(id);
  await settled(record);
  await plan();
}

interface Row {
  readonly contact: string;
  readonly state: string;
  readonly step: string;
}

/** Reminders that were planned since somebody else could not be reached. */
async function insteadOf(contact: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select contact, state, step from reminder where handed_from = ${contact} and commitment = 'WQ-1' and kind = 'due'
     order by contact`.execute(record.db);
  return rows;
}

const fallDue = () =>
  sql`update reminder set due_at = now() - interval '1 minute', local_day = null where handed_from is not null and state = 'planned'`.execute(
    record.db,
  );

/** The mails to both secretariats about what was refused, which are planned, fall due and are sent. */
async function toldInstead(): Promise<readonly Mail[]> {
  expect(await insteadOf('desk-ald')).toEqual([
    { contact: 'sec-1', state: 'planned', step: 'T-7' },
    { contact: 'sec-2', state: 'planned', step: 'T-7' },
  ]);
  mails = [];
  await fallDue();
  await send();
  const told = mails.filter(({ subject }) => subject.startsWith('WQ-1'));
  expect(told.map(({ to }) => to.address).toSorted()).toEqual(['sara@ald.example', 'simon@ald.example']);
  return told;
}

test('what an address refuses, the secretariat of its party hears of, with whom it could not reach', async () => {
  await send();
  const told = await toldInstead();
  for (const { text, html } of told) {
    expect(text).toContain('The mail about this to Alda Rivas could not be delivered.');
    expect(html).toContain('The mail about this to Alda Rivas could not be delivered.');
    expect(text).not.toContain('alda.rivas@ald.example');
  }
});

test('a secretariat that was to be reminded itself, before somebody else was named, hears of what that one’s address refuses', async () => {
  const directory = new Directory(record.db);
  const focal = (await directory.list(log, 'ALD')).find(({ id }) => id === 'desk-ald')!;
  await directory.erase(log, 'desk-ald', 'ALD');
  const meant = async () => {
    const { rows } = await sql<Row>`
      select contact, state, step from reminder
       where contact in ('sec-1', 'sec-2') and commitment = 'WQ-1' and step = 'T-7' order by contact`.execute(
      record.db,
    );
    return rows.map(({ contact, state }) => `${contact} ${state}`);
  };
  expect(await meant()).toEqual(['sec-1 planned', 'sec-2 planned']);
  await directory.put(log, { ...focal, digest: false });
  expect(await meant()).toEqual(['sec-1 cancelled', 'sec-2 cancelled']);
  await send();
  const told = await toldInstead();
  for (const { text } of told)
    expect(text).toContain('The mail about this to Alda Rivas could not be delivered.');
});

test('secretariats whose addresses refuse mails as well do not send each other’s for ever', async () => {
  refusing.add('sara@ald.example').add('simon@ald.example');
  for (let round = 0; round < 3; round++) {
    await send();
    await fallDue();
  }
  expect(await insteadOf('desk-ald')).toEqual([
    { contact: 'sec-1', state: 'failed', step: 'T-7' },
    { contact: 'sec-2', state: 'failed', step: 'T-7' },
  ]);
  expect(await insteadOf('sec-1')).toEqual([]);
  expect(await insteadOf('sec-2')).toEqual([]);
});
