import { dayIn } from '../../src/domain/calendar.js';
import { playDemo } from '../../src/records/demo.js';
import { exampleRecord } from '../../src/records/example/example-record.js';
import { playScript } from '../../src/records/script.js';
import { openTestRecord, type TestRecord } from '../support/open-record.js';

let record: TestRecord;

beforeAll(async () => {
  record = await openTestRecord();
});
afterAll(() => record.ending.now());

test('what people have done to the example stands in the way of its lines, never of a start', async () => {
  const example = exampleRecord(dayIn('UTC', record.clock.now()));
  await playScript(record.commands, record.db, 'someone-else', example.slice(0, 3));
  const said: string[] = [];
  await playDemo(record.commands, record.db, record.clock.now(), (step) => said.push(step));
  expect(said).toEqual([
    expect.stringContaining('Recorded the first round of the India–Japan dialogue'),
    expect.stringMatching(/^Left the invented example as it is\. .*example-ald-water/),
  ]);
});
