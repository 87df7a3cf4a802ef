import { sql } from 'kysely';
import type { Mail, MailOutcome } from '../../src/mail/mailer.js';
import { Directory } from '../../src/reminders/directory.js';
import { forgetErased } from '../../src/reminders/due-mails.js';
import { example as dialogue, loadExample, planExample } from '../support/example.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';
import { keeping, sendingWith } from '../support/sending.js';

/** A contact of the example. */
const gone = { id: 'desk-ald', party: 'ALD', name: 'Alda Rivas', address: 'alda.rivas@ald.example' };

let record: TestRecord;
let directory: Directory;
beforeEach(async () => {
  record = await openTestRecord();
  await loadExample(record);
  // Each reminder as a mail of its own; what a digest carries is shown elsewhere.
  await sql`update contact set digest = false`.execute(record.db);
  await planExample(record);
  directory = new Directory(record.db);
});
afterEach(() => record.ending.now());

/** What a server said that may have taken the mail; servers like to repeat addresses. */
const doubt = ({ to }: Pick<Mail, 'to'>): MailOutcome => ({
  outcome: 'uncertain',
  detail: `250-<${to.address}> and then nothing`,
});

/** Sends all that is due to a server that leaves each mail in doubt; `inHand` happens while a mail to the contact is. */
async function sendInDoubt(inHand: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const mails: Mail[] = [];
  const { due, sender } = await sendingWith(
    record,
    keeping(mails, async () => {
      const mail = mails.at(-1)!;
      if (mail.to.address === gone.address) await inHand();
      return doubt(mail);
    }),
  );
  for (const id of await due()) await sender.send(id);
}

/** Everything that is kept of attempts, as text: of those to one contact, or to all others. */
async function kept(whose: 'its' | 'others'): Promise<string> {
  const { rows } = await sql<{ raw: Buffer | null }>`
    select * from delivery_attempt
     where (contact = ${gone.id}) = ${whose === 'its'} order by mail_id`.execute(record.db);
  return rows.map(({ raw, ...row }) => `${JSON.stringify(row)} ${String(raw ?? '')}`).join('\n');
}

const statesOf = async (contact: string) =>
  (
    await sql<{ state: string }>`
      select distinct state from reminder where contact = ${contact} order by state`.execute(record.db)
  ).rows.map(({ state }) => state);

test('when a contact is erased nothing of its name, its address or a message to it is left of the attempts to reach it', async () => {
  await sendInDoubt();
  expect(await kept('its')).toContain(gone.address);
  expect(await kept('its')).toContain('WQ-1');
  const others = await kept('others');
  expect(others).toContain('meera.nadi@mer.example');

  await directory.erase(dialogue, gone.id, gone.party);
  const left = await kept('its');
  expect(left).toContain('"outcome":"uncertain"');
  for (const said of [gone.address, ...gone.name.split(' '), 'WQ-1', '250-'])
    expect(left).not.toContain(said);
  expect(await kept('others')).toBe(others);
});

test('what is said of a mail that was in hand while its contact was erased is forgotten when that is looked for', async () => {
  await sendInDoubt(() => directory.erase(dialogue, gone.id, gone.party));
  await forgetErased(record.db);
  expect(await kept('its')).not.toContain(gone.address);
  expect(await kept('others')).toContain('meera.nadi@mer.example');
});

test('to a contact that was erased nothing is sent: neither what was planned nor, once more, what it perhaps has', async () => {
  await sendInDoubt();
  await sql`
    update reminder set due_at = now() - interval '1 minute', local_day = null
     where contact = ${gone.id} and state = 'planned' and step = 'T-1'`.execute(record.db);
  expect(await statesOf(gone.id)).toEqual(expect.arrayContaining(['planned', 'uncertain']));
  await directory.erase(dialogue, gone.id, gone.party);

  const mails: Mail[] = [];
  const { due, sender } = await sendingWith(record, keeping(mails));
  await sender.recordAll();
  await sql`update reminder set not_before = now() where state = 'uncertain'`.execute(record.db);
  for (const id of await due()) await sender.send(id);
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.filter(({ to }) => to.address === gone.address)).toEqual([]);
  expect(await statesOf(gone.id)).toEqual(['cancelled', 'skipped']);
});
