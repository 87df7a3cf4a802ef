import { sql } from 'kysely';
import { Refusal } from '../../src/domain/refusal.js';
import type { Mail } from '../../src/mail/mailer.js';
import { Directory } from '../../src/reminders/directory.js';
import { heldMails, sendHeld } from '../../src/reminders/held-mails.js';
import { example as dialogue, loadExample, planExample, withholdInExample } from '../support/example.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';
import { keeping, sendingWith } from '../support/sending.js';

/** A contact of the example. */
const held = { id: 'desk-ald', party: 'ALD' };

let record: TestRecord;
let directory: Directory;
/** The mail to it about WQ-1, which was left without an answer twice. */
let mailId: string;

beforeEach(async () => {
  record = await openTestRecord();
  await loadExample(record);
  // Each reminder as a mail of its own; what a digest carries is shown elsewhere.
  await sql`update contact set digest = false`.execute(record.db);
  await planExample(record);
  directory = new Directory(record.db);
  const { rows } = await sql<{ id: string }>`
    select mail_id as id from reminder
     where contact = ${held.id} and commitment = 'WQ-1' and kind = 'due' and step = 'T-7'`.execute(record.db);
  mailId = rows[0]!.id;
  for (let time = 0; time < 2; time++) await send({ outcome: 'uncertain', detail: 'No answer came.' });
});
afterEach(() => record.ending.now());

/** Sends the mail, where it may go out, and says how many messages were handed over. */
async function send(answer: Parameters<typeof keeping>[1]): Promise<number> {
  const mails: Mail[] = [];
  const { due, sender } = await sendingWith(record, keeping(mails, answer));
  await due();
  await sender.send(mailId);
  await sql`
    update reminder set not_before = now()
     where mail_id = ${mailId} and state = 'uncertain' and not_before is not null`.execute(record.db);
  return mails.length;
}

const state = async () =>
  (await sql<{ state: string }>`select state from reminder where mail_id = ${mailId}`.execute(record.db))
    .rows[0]!.state;

const refusal = (why: string) =>
  new Refusal('mail-has-changed', `Mail ${mailId} cannot go out once more: ${why}`);

async function move(): Promise<void> {
  const contact = (await directory.list(dialogue, held.party)).find(({ id }) => id === held.id)!;
  await directory.put(dialogue, { ...contact, digest: false, address: 'new.desk@ald.example' });
}

test('a held mail goes out once more where nothing of it has changed', async () => {
  expect(await heldMails(record.db)).toMatchObject([
    { mailId, commitments: ['WQ-1'], detail: 'No answer came.' },
  ]);
  await sendHeld(record.db, mailId);
  expect(await send({ outcome: 'sent', detail: '250' })).toBe(1);
  expect(await state()).toBe('sent');
});

test('a held mail that would go to another address now is not let out, and stays held', async () => {
  await move();
  await expect(sendHeld(record.db, mailId)).rejects.toEqual(
    refusal('the address of desk-ald has changed since.'),
  );
  expect(await heldMails(record.db)).toMatchObject([{ mailId }]);
});

test('a held mail about what is withheld now is not let out', async () => {
  await withholdInExample(record, 'WQ-1');
  await expect(sendHeld(record.db, mailId)).rejects.toEqual(refusal('WQ-1 is withheld now.'));
});

test('a held mail whose bytes were let go, as its contact was erased and named again, is not let out', async () => {
  const contact = (await directory.list(dialogue, held.party)).find(({ id }) => id === held.id)!;
  await directory.erase(dialogue, held.id, held.party);
  await directory.put(dialogue, { ...contact, digest: false });
  await expect(sendHeld(record.db, mailId)).rejects.toEqual(refusal('its bytes are no longer kept.'));
});

test('a held mail to somebody who was erased ends when it is let out, and nothing is handed over', async () => {
  await directory.erase(dialogue, held.id, held.party);
  await sendHeld(record.db, mailId);
  expect(await send({ outcome: 'sent', detail: '250' })).toBe(0);
  expect(await state()).toBe('cancelled');
});
