import type { ReminderKind } from '../../src/domain/reminder-turn.js';
import { sql } from 'kysely';
import type { DigestContent, ReminderContent } from '../../src/mail/reminder-content.js';
import { contentOf, type DueReminder } from '../../src/reminders/content.js';
import { type Addressee, mailReads } from '../../src/reminders/mail-reads.js';
import { NotReadable } from '../../src/reminders/send.js';
import { example as log, loadExample, planExample } from '../support/example.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';

const people = {
  ALD: { name: 'Alda', party: 'ALD', role: 'focal-point', language: 'en', zone: 'Europe/Madrid' },
  MER: { name: 'Meera', party: 'MER', role: 'focal-point', language: 'hi', zone: 'Asia/Kolkata' },
} as const satisfies Record<string, Addressee>;

let record: TestRecord;
beforeAll(async () => {
  record = await openTestRecord();
  // At noon it is the same day for everyone here.
  const noon = `${record.clock.now().slice(0, 10)}T12:00:00.000Z`;
  record.clock.now = () => noon;
  await loadExample(record);
  await plan();
});
afterAll(() => record.ending.now());

const plan = () => planExample(record);

function about(
  commitment: string,
  kind: ReminderKind,
  party: 'ALD' | 'MER',
  more: Partial<DueReminder> = {},
) {
  const id = `${commitment}-${kind}`;
  return { id, commitment, kind, party, due_version: 1, step: 'T-7', local_day: '2026-03-24', ...more };
}

async function found(reminders: readonly DueReminder[], contact: Addressee, digest = false) {
  const actionsOf = (id: string) => Promise.resolve({ acknowledge: `https://pacta.example/reminders/${id}` });
  const reads = mailReads(record.db, record.clock);
  const known = (await reads.dialogue(log))!;
  return contentOf(reads, { known, reminders, digest }, contact, 'https://pacta.example', { actionsOf });
}

const told = async (...asked: Parameters<typeof found>) => (await found(...asked)).content;

/** Sets how far a subscription says that it has come, for as long as `work` takes. */
async function behind(subscription: string, work: () => Promise<void>): Promise<void> {
  const at = sql`subscription = ${subscription} and log_id = ${log}`;
  const { rows } = await sql<{ position: number }>`select position from checkpoint where ${at}`.execute(
    record.db,
  );
  await sql`update checkpoint set position = 1 where ${at}`.execute(record.db);
  await work();
  await sql`update checkpoint set position = ${rows[0]!.position} where ${at}`.execute(record.db);
}

test('what is due is told with what the record says of it now', async () => {
  const content = (await told([about('WQ-1', 'due', 'ALD')], people.ALD)) as ReminderContent;
  expect(content).toMatchObject({
    reminders: ['WQ-1-due'],
    recipient: { name: 'Alda', partyNames: { en: 'Aldovia' } },
    dialogue: { slug: log, invented: true, hasOwnPolicy: false },
    commitment: {
      titles: { en: 'Joint nitrate monitoring' },
      url: `https://pacta.example/dialogues/${log}/commitments/WQ-1`,
    },
    daysLeft: 6,
    turn: { task: 'deliver', parties: [{ code: 'ALD' }, { code: 'MER' }] },
    undertakings: [
      { party: 'ALD', claimed: false },
      { party: 'MER', claimed: false },
    ],
    actions: { acknowledge: 'https://pacta.example/reminders/WQ-1-due' },
  });
  expect(content.due.zones).toEqual(['Europe/Madrid', 'Asia/Kolkata']);
  expect(content.focusAreas).toHaveLength(1);
  expect(content).not.toHaveProperty('lateSince');
});

test('what is late says for when it was planned', async () => {
  const late = about('WQ-1', 'due', 'ALD', { isLate: true });
  expect(await told([late], people.ALD)).toHaveProperty('lateSince', '2026-03-24');
});

test.each<[string, ReminderKind, 'ALD' | 'MER', string | undefined]>([
  ['WQ-2', 'due', 'MER', 'deliver'],
  ['WQ-2', 'due', 'ALD', undefined],
  ['WQ-2', 'escalation', 'ALD', 'deliver'],
  ['WQ-2', 'review', 'MER', undefined],
  ['FW-2', 'due', 'MER', undefined],
  ['FW-2', 'attest', 'ALD', 'attest'],
  ['FW-2', 'attest', 'MER', undefined],
  ['FW-2', 'escalation', 'MER', 'attest'],
  ['FW-3', 'attest', 'MER', undefined],
  ['FW-3', 'escalation', 'ALD', undefined],
  ['SCI-2', 'due', 'ALD', undefined],
  ['SCI-2', 'silent', 'ALD', undefined],
  ['NAV-3', 'confirm-text', 'ALD', undefined],
])(
  '%s, %s, to %s: told only while it is called for, by whose turn it is (%s)',
  async (id, kind, party, task) => {
    const content = (await told([about(id, kind, party)], people[party])) as ReminderContent | undefined;
    expect(content?.turn.task).toBe(task);
  },
);

test('a request for more time is told to the side that must answer, and says who asks', async () => {
  const asked = await Promise.all(
    (['ALD', 'MER'] as const).map((party) =>
      told([about('NAV-3', 'answer-extension', party)], people[party]),
    ),
  );
  const [content, ...others] = asked.filter((each) => each !== undefined) as ReminderContent[];
  expect(others).toEqual([]);
  expect(content!.asked!.partyNames).not.toEqual(content!.recipient.partyNames);
});

test('a digest leaves out what is no longer called for, and tells of a commitment once, for all its reminders', async () => {
  const reminders = [
    about('WQ-2', 'due', 'MER'),
    about('WQ-2', 'escalation', 'MER', { step: 'escalation-7' }),
    about('SCI-2', 'due', 'MER'),
    about('WQ-1', 'due', 'MER'),
  ];
  const { items } = (await told(reminders, people.MER, true)) as DigestContent;
  expect(items.map((item) => item.reminders)).toEqual([['WQ-2-escalation', 'WQ-2-due'], ['WQ-1-due']]);
});

test('a digest of nothing that is called for is none', async () => {
  expect(
    await told([about('SCI-2', 'due', 'MER'), about('FW-3', 'attest', 'MER')], people.MER, true),
  ).toBeUndefined();
});

test('a view that has not seen the due date is waited for', async () => {
  const reminder = about('WQ-1', 'due', 'ALD', { due_version: 1000 });
  await expect(told([reminder], people.ALD)).rejects.toThrow(NotReadable);
});

test('a view behind the plan cannot tell that something is not called for', () =>
  behind('commitment-details', async () => {
    await expect(told([about('WQ-2', 'due', 'ALD')], people.ALD)).rejects.toThrow(NotReadable);
    expect(await told([about('WQ-2', 'due', 'MER')], people.MER)).toBeDefined();
  }));

test('a plan that has not seen the latest of a commitment is waited for', () =>
  behind('reminder-planning', async () => {
    await expect(told([about('WQ-1', 'due', 'ALD')], people.ALD)).rejects.toThrow(NotReadable);
  }));

test('what is not public is told by reference and link alone, and only to those who may know of it', async () => {
  const url = `https://pacta.example/dialogues/${log}/commitments/FW-5`;
  const own = (await told([about('FW-5', 'due', 'MER')], people.MER, true)) as DigestContent;
  expect(own.items).toEqual([{ withheld: true, reminders: ['FW-5-due'], commitment: { id: 'FW-5', url } }]);
  const outsider = { ...people.ALD, party: 'OUT' };
  const escalated = (id: string) => told([about(id, 'escalation', 'ALD')], outsider);
  expect(await escalated('WQ-2')).toBeDefined();
  expect(await escalated('FW-5')).toBeUndefined();
});

test('of what leaves out something that its recipient may not know of that is known: what told of it does not go out again', async () => {
  const outsider = { ...people.ALD, party: 'OUT' };
  const escalated = (...ids: string[]) =>
    found(
      ids.map((id) => about(id, 'escalation', 'ALD')),
      outsider,
      true,
    );
  expect(await escalated('WQ-2', 'FW-5')).toMatchObject({
    content: { items: [{ commitment: { id: 'WQ-2' } }] },
    hides: true,
  });
  expect(await escalated('WQ-2')).toMatchObject({ hides: false });
});
