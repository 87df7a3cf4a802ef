import { sql } from 'kysely';
import { ChangeCommitment } from '../../src/commands/commitment.js';
import { step } from '../../src/event-store/subscription.js';
import type { Mail } from '../../src/mail/mailer.js';
import { commitmentAnswer } from '../../src/read-models/commitment-answers.js';
import { knownDialogue } from '../../src/read-models/status-answers.js';
import { playDemo } from '../../src/records/demo.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { keeping, sendingWith } from '../support/sending.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';

const dialogue = 'example-clean-rivers';
let record: TestRecord;

beforeAll(async () => {
  record = await openTestRecord();
  await playDemo(record.commands, record.db, record.clock.now(), () => undefined);
  await settled(record);
});
afterAll(() => record.ending.now());

test('a mail about what is not public carries none of its text, and one about what is public still does', async () => {
  const classification = { confidentiality: { level: 'parties' as const }, ground: 'Under negotiation.' };
  const { position } = await record.commands.execute(
    new ChangeCommitment({
      log: dialogue,
      id: 'WQ-1',
      actor: { id: 'secretariat-ald', role: 'secretariat', party: 'ALD' },
      command: { type: 'ClassifyCommitment', data: { party: 'ALD', classification } },
      said: {},
      correlationId: 'test',
    }),
  );
  expect(await record.views.haveReached(dialogue, position, 10_000)).toBe(true);
  // Each reminder as a mail of its own; what a digest tells of it is shown elsewhere.
  await sql`update contact set digest = false`.execute(record.db);
  for (;;) if ((await step(record.db, reminderPlanning, dialogue)).outcome !== 'moved') break;

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
