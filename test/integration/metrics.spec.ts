import { sql } from 'kysely';
import { Metrics } from '../../src/http/metrics.js';
import { d, openTalks, promise, type Talks } from '../support/talks.js';

let api: Talks;
beforeAll(async () => {
  api = await openTalks();
});
afterAll(() => api.ending.now());

const metrics = async () => {
  const { status, headers, body } = await api.ask('GET', '/metrics');
  expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/plain; version=0/)]);
  return String(body['text']).split('\n');
};

test('tell how far each log has grown and each subscription has followed, and how the process is', async () => {
  const told = await metrics();
  expect(told).toEqual(
    expect.arrayContaining([
      'pacta_record_readable 1',
      'pacta_log_head_position{log="talks"} 3',
      'pacta_subscription_lag_events{subscription="focus-area-status",log="talks"} 0',
      'pacta_subscription_parked_logs{subscription="focus-area-status"} 0',
      expect.stringMatching(/^process_resident_memory_bytes \d+$/),
      expect.stringMatching(/^nodejs_eventloop_lag_seconds /),
    ]),
  );
});

const park = () =>
  sql`
  update checkpoint set parked_at = now(), parked_why = 'a secret', position = 1
   where subscription = 'grants' and log_id = 'talks'`.execute(api.db);

test('count what is parked and what it is behind, and say nothing of what stands in events or errors', async () => {
  await park();
  const withheld = {
    ...promise,
    classification: { confidentiality: { level: 'parties' }, ground: 'Under negotiation' },
  };
  const answer = await api.ask('POST', `${d}/commitments`, { key: api.desk, body: withheld });
  expect([201, 202, answer.body]).toContain(answer.status);
  const told = await metrics();
  expect(told).toContain('pacta_subscription_parked_logs{subscription="grants"} 1');
  expect(told).toContain('pacta_log_head_position{log="talks"} 4');
  expect(told).toContain('pacta_subscription_lag_events{subscription="grants",log="talks"} 3');
  expect(told.join('\n')).not.toMatch(/suppliers|secret/);
});

test('count what is parked once, however many ask at the same moment', async () => {
  await park();
  for (const told of await Promise.all([metrics(), metrics(), metrics()])) {
    expect(told).toContain('pacta_subscription_parked_logs{subscription="grants"} 1');
    expect(told).toContainEqual(expect.stringMatching(/^pacta_log_head_position\{log="talks"\} \d+$/));
  }
});

test('count appends that wait, as the one who writes them says', async () => {
  const text = await new Metrics(api.db, () => new Map([['talks', 12]])).text();
  expect(text).toContain('pacta_appends_waiting{log="talks"} 12');
});

test('tell of the process also while the record cannot be read', async () => {
  const away = { selectFrom: () => undefined } as never;
  const text = await new Metrics(away).text();
  expect(text).toContain('pacta_record_readable 0');
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('pacta_log_head_position{');
});
