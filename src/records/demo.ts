import type { CommandBus } from '@nestjs/cqrs';
import { dayIn } from '../domain/calendar.js';
import { Refusal } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { Directory } from '../reminders/directory.js';
import { nameContacts } from './example/contacts.js';
import { exampleRecord } from './example/example-record.js';
import { foundingRecord } from './india-japan/founding-record.js';
import { playScript } from './script.js';

/** Records the founding record and the invented example, as far as they are not on record yet. `now` is an instant. */
export async function playDemo(
  commands: CommandBus,
  db: Database,
  now: string,
  say: (step: string) => void,
): Promise<void> {
  const founding = await playScript(commands, db, 'founding-record', foundingRecord);
  if (founding > 0) say(`Recorded the first round of the India–Japan dialogue (${founding} commands)`);
  const example = await playScript(commands, db, 'example-record', exampleRecord(dayIn('UTC', now))).catch(
    unlessRefused(say),
  );
  if (example > 0) {
    await nameContacts(new Directory(db));
    say(`Recorded an invented example with dates around today (${example} commands)`);
  }
}

/** People may try anything on the example; what stands in the way of its later lines must not stop the service. */
const unlessRefused = (say: (step: string) => void) => (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  say(`Left the invented example as it is. ${error.message}`);
  return 0;
};
