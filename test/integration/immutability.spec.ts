import { Pool } from 'pg';
import { Appender } from '../../src/event-store/append.js';
import { openServicePool } from '../../src/event-store/database.js';
import { freshDatabase } from '../support/database.js';
import { appendTo } from '../support/entries.js';

let closing: (() => Promise<unknown>)[];
let loggedInAsService: Pool;
let loggedInAsOwner: Pool;

beforeAll(async () => {
  const { serviceUrl, ownerUrl, drop } = await freshDatabase();
  loggedInAsService = new Pool({ connectionString: serviceUrl, max: 1, options: '-c search_path=pacta' });
  loggedInAsOwner = openServicePool(ownerUrl, 1);
  closing = [() => loggedInAsService.end(), () => loggedInAsOwner.end(), drop];
  await new Appender(loggedInAsService).append('test', appendTo('focus-area-x'));
});
afterAll(async () => {
  for (const close of closing) await close();
});

describe.each([
  ['logged in as the service’s role', () => loggedInAsService],
  ['logged in as the owner, working as the service', () => loggedInAsOwner],
])('%s', (_name, pool) => {
  test.each([
    ['UPDATE', `update event set entry = '{}'`],
    ['UPDATE of one column', `update event set recorded_at = now() where position = 1`],
    ['DELETE', `delete from event`],
    ['TRUNCATE', `truncate event`],
    ['ALTER TABLE', `alter table event add column extra text`],
    ['DROP TABLE', `drop table event`],
    ['CREATE RULE', `create rule never as on insert to event do instead nothing`],
    ['DELETE of the head', `delete from log_head`],
  ])('%s of events is refused', async (_statement, statement) => {
    const refused = pool().query(statement);
    await expect(refused).rejects.toMatchObject({ code: '42501' });
    const { rows } = await pool().query(`select count(*)::int as count from event where entry <> '{}'`);
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('a GRANT to itself changes nothing', async () => {
    await pool().query(`grant all on event to pacta_service`);
    await expect(pool().query(`update event set entry = '{}'`)).rejects.toMatchObject({ code: '42501' });
  });
});
