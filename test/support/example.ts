import { ChangeCommitment } from '../../src/commands/commitment.js';
import { ChangeReminder } from '../../src/commands/reminder.js';
import type { ReminderCommand } from '../../src/domain/reminder.js';
import { step } from '../../src/event-store/subscription.js';
import { playDemo } from '../../src/records/demo.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { settled, type TestRecord } from './open-record.js';

/** The invented dialogue among what is loaded by default. */
export const example = 'example-clean-rivers';

/** Puts on record what is loaded by default; views and processes have dealt with it. */
export async function loadExample(record: TestRecord): Promise<void> {
  await playDemo(record.commands, record.db, record.clock.now(), () => undefined);
  await settled(record);
}

/** Plans the reminders of the example, up to where its log ends. */
export async function planExample({ db }: Pick<TestRecord, 'db'>): Promise<void> {
  for (;;) if ((await step(db, reminderPlanning, example)).outcome !== 'moved') break;
}

/** Keeps a commitment of the example to its parties; the views have seen that. */
export async function withholdInExample({ commands, views }: TestRecord, id: string): Promise<void> {
  const classification = { confidentiality: { level: 'parties' as const }, ground: 'Under negotiation.' };
  const { position } = await commands.execute(
    new ChangeCommitment({
      log: example,
      id,
      actor: { id: 'secretariat-ald', role: 'secretariat', party: 'ALD' },
      command: { type: 'ClassifyCommitment', data: { party: 'ALD', classification } },
      said: {},
      correlationId: 'test',
    }),
  );
  expect(await views.haveReached(example, position, 10_000)).toBe(true);
}

/** Puts on record what became of a reminder of the example, or what was done about it. */
export async function changeInExample(
  { commands }: Pick<TestRecord, 'commands'>,
  command: ReminderCommand,
): Promise<void> {
  await commands.execute(
    new ChangeReminder({
      log: example,
      id: command.data.id,
      actor: { id: 'reminders', role: 'system' },
      command,
      said: {},
      correlationId: 'test',
    }),
  );
}
