import { sql } from 'kysely';
import type { Mail } from '../../src/mail/mailer.js';
import { commitmentAnswer } from '../../src/read-models/commitment-answers.js';
import { knownDialogue } from '../../src/read-models/status-answers.js';
import { keeping, sendingWith } from '../support/sending.js';
import { example as dialogue, loadExample, planExample, withholdInExample } from '../support/example.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';

let record: TestRecord;

beforeAll(async () => {
  record = await openTestRecord();
  await loadExample(record);
});
afterAll(() => record.ending.now());

test('a mail about what is not public carries none of its text, and one about what is public still does', async () => {
  await withholdInExample(record, 'WQ-1');
  // Each reminder as a mail of its own; what a digest tells of it is shown elsewhere.
  await sql`update contact set digest = false`.execute(record.db);
  await planExample(record);

  const mails: Mail[] = [];
  const { due, sender } = await sendingWith(record, keeping(mails));
  for (const id of await due()) await sender.send(id);

  const known = await knownDialogue(record.db, dialogue, record.clock.now(), { role: 'recorder' });
  const about = async (id: string) => {
    const { titles, text, due } = (await commitmentAnswer(record.db, known!, id))!;
    const written = JSON.stringify(mails.filter(({ subject }) => subject.startsWith(id)));
    const secrets = [titles['en']!, text.words['en']!, due.window!.end, due.words?.['en'] ?? titles['en']!];
    const year = due.window!.end.slice(0, 4);
    return {
      secrets: secrets.filter((each) => written.includes(each)),
      year: written.includes(year),
      written,
    };
  };
  const withheld = await about('WQ-1');
  expect(withheld.written).toContain(`https://pacta.example/dialogues/${dialogue}/commitments/WQ-1`);
  expect([withheld.secrets, withheld.year, /due|overdue|days/i.test(withheld.written)]).toEqual([
    [],
    false,
    false,
  ]);
  expect((await about('WQ-2')).secrets.length).toBeGreaterThanOrEqual(2);
});
