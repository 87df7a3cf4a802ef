import { sql } from 'kysely';
import { addDays, dayIn } from '../../src/domain/calendar.js';
import type { ReminderCommand, ReminderNamed } from '../../src/domain/reminder.js';
import { changeInExample, loadExample, planExample } from '../support/example.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';
import { keeping, sendingWith } from '../support/sending.js';

const zone = 'Europe/Madrid';

let record: TestRecord;
beforeEach(async () => {
  record = await openTestRecord();
  await loadExample(record);
});
afterEach(() => record.ending.now());

const plan = () => planExample(record);

/** Sends all that is due to a server that leaves each mail in doubt. */
async function sendInDoubt(): Promise<void> {
  await plan();
  const { due, sender } = await sendingWith(
    record,
    keeping([], { outcome: 'uncertain', detail: 'No answer.' }),
  );
  for (const id of await due()) await sender.send(id);
}

type InDoubt = ReminderNamed & { readonly mail: string };

/** Reminders of a contact that are in doubt. */
async function inDoubt(contact: string): Promise<readonly InDoubt[]> {
  const { rows } = await sql<InDoubt>`
    select id, commitment, step, due_version as "dueVersion", contact as recipient, party, mail_id as mail
      from reminder where contact = ${contact} and state = 'uncertain' order by id`.execute(record.db);
  return rows;
}

/** What its recipient does about a reminder, and what follows from it. */
async function act(command: Extract<ReminderCommand, { readonly data: ReminderNamed }>): Promise<void> {
  await changeInExample(record, command);
  await settled(record);
  await plan();
}

const isKept = async (mail: string) =>
  (await sql`select from delivery_attempt where mail_id = ${mail} and raw is not null`.execute(record.db))
    .rows.length > 0;

const until = () => addDays(dayIn(zone, record.clock.now()), 2);

test.each<[string, (data: ReminderNamed) => Parameters<typeof act>[0]]>([
  ['acknowledges it', (data) => ({ type: 'AcknowledgeReminder', data })],
  ['hands it over', (data) => ({ type: 'HandOverReminder', data: { ...data, to: 'colleague' } })],
  ['puts it off', (data) => ({ type: 'SnoozeReminder', data: { ...data, until: until() }, zone })],
])('the bytes of a mail in doubt are let go when its recipient %s', async (_what, command) => {
  await sql`update contact set digest = false`.execute(record.db);
  await sendInDoubt();
  const { mail, ...named } = (await inDoubt('desk-ald')).find(
    ({ commitment, step: name }) => commitment === 'WQ-1' && name === 'T-7',
  )!;
  expect(await isKept(mail)).toBe(true);
  await act(command(named));
  expect(await isKept(mail)).toBe(false);
});

test('the bytes of a digest in doubt are kept until nothing in it is', async () => {
  await sendInDoubt();
  const reminders = await inDoubt('desk-ald');
  const mails = [...new Set(reminders.map(({ mail }) => mail))];
  expect([mails.length, reminders.length > 1]).toEqual([1, true]);
  for (const { mail, ...data } of reminders) {
    expect(await isKept(mail)).toBe(true);
    await act({ type: 'AcknowledgeReminder', data });
  }
  expect(await isKept(mails[0]!)).toBe(false);
});
