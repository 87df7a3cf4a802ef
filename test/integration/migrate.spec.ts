import { migrate } from '../../src/event-store/migrate.js';
import { migrateQueue } from '../../src/reminders/queue-backend.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

test('processes that start together bring the database up to date without colliding', async () => {
  for (let round = 0; round < 5; round++) {
    const starts = Array.from({ length: 6 }, async () => {
      await migrate(database.ownerUrl);
      await migrateQueue(database.ownerUrl);
    });
    await Promise.all(starts);
  }
  expect(await migrate(database.ownerUrl)).toEqual([]);
});
