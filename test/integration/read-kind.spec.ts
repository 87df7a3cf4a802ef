import { Appender } from '../../src/event-store/append.js';
import { openDatabase, openServicePool } from '../../src/event-store/database.js';
import { headOf, readKind } from '../../src/event-store/read.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';

test('all events of one kind up to a position are read in order, however many, and nothing after it', async () => {
  const { serviceUrl, drop } = await freshDatabase();
  const pool = openServicePool(serviceUrl);
  const db = openDatabase(pool);
  const appender = new Appender(pool);
  expect(await headOf(db, 'test')).toBe(0);
  for (let index = 0; index < 25; index++) {
    await appender.append('test', appendTo(`focus-area-${index}`, 0, 90));
    await appender.append('test', appendTo(`focus-${index}`, 0, 10));
    await appender.append('other', appendTo(`focus-area-${index}`, 0, 1, 'other'));
  }
  const head = await headOf(db, 'test');
  expect(head).toBe(2500);
  const read = async (upTo: number) => {
    const positions: number[] = [];
    for await (const events of readKind(db, 'test', 'focus-area', upTo)) {
      positions.push(...events.map(({ position }) => position));
    }
    return positions;
  };
  const expected = Array.from({ length: head }, (_, index) => index + 1).filter(
    (position) => (position - 1) % 100 < 90,
  );
  expect(await read(head)).toEqual(expected);
  expect(await read(2042)).toEqual(expected.filter((position) => position <= 2042));
  expect(await read(0)).toEqual([]);
  await db.destroy();
  await drop();
});
