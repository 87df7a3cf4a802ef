import { sql } from 'kysely';
import { rebuild } from '../../src/read-models/rebuild.js';
import { readModels } from '../../src/read-models/views.js';
import { acting } from '../support/acting.js';
import { d, openTalks, type Talks } from '../support/talks.js';

let api: Talks;
const { done, someOfEach } = acting(() => api);

beforeAll(async () => {
  api = await openTalks();
  await someOfEach();
  const registered: [string, object][] = [
    ['/v1/organisations', { code: 'surveys', names: { en: 'Surveys' }, kind: 'agency', party: 'IN' }],
    ['/v1/offices', { code: 'director', titles: { en: 'Director' }, organisation: 'surveys' }],
  ];
  for (const [url, body] of registered) {
    const { status } = await api.ask('POST', url, { key: api.recorder, body });
    expect([url, status]).toEqual([url, 201]);
  }
});
afterAll(() => api.ending.now());

/** Makes every view wrong, as an earlier version of the code might have. */
async function spoil(): Promise<void> {
  // A status that was counted before is kept for a moment under its tag: the wrong one needs a position of its own.
  await done('POST', 'commitments/C/progress-reports', { party: 'JP', health: 'on-track' }, api.desk);
  const told = [
    ['dialogue', 'announcement'],
    ['focus_area', 'names'],
    ['commitment_details', 'document'],
    ['dialogue_record', 'document'],
  ] as const;
  for (const [table, column] of told) {
    const wrong = sql`replace(${sql.ref(column)}::text, '"en"', '"fr"')::json`;
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${wrong}`.execute(api.db);
  }
  await sql`
    delete from commitment_history where position > (select min(position) from commitment_history)`.execute(
    api.db,
  );
}

const rebuilt = () => rebuild({ ownerUrl: api.ownerUrl, models: readModels });
const poll = (url: string, etag: string) => api.ask('GET', url, { headers: { 'if-none-match': etag } });

test('while no view was rebuilt no tag speaks of it', async () => {
  expect((await api.ask('GET', `${d}/focus-areas`)).etag).toMatch(/^"\d+"$/);
  expect((await api.ask('GET', `${d}/status`)).etag).toMatch(/^"\d+-\d{8}-00"$/);
});

describe('who polls with what a view got wrong', () => {
  test.each([
    '/v1/status',
    d,
    `${d}/status`,
    `${d}/focus-areas/SC/status`,
    `${d}/commitments`,
    `${d}/commitments/C`,
    `${d}/commitments/C/history`,
    `${d}/rounds`,
    `${d}/rounds/1`,
    `${d}/rounds/1/stock-take`,
    `${d}/follow-ups`,
    `${d}/follow-ups/visit`,
    `${d}/focus-areas`,
    `${d}/focus-areas/SC`,
    `${d}/sources`,
    `${d}/sources/minutes`,
    '/v1/organisations',
    '/v1/organisations/surveys',
    '/v1/offices',
    '/v1/offices/director',
  ])('at %s is told what is right once it is rebuilt, though the log has not moved', async (url) => {
    await spoil();
    const wrong = await api.ask('GET', url);
    expect([wrong.status, (await poll(url, wrong.etag)).status]).toEqual([200, 304]);
    await rebuilt();
    const right = await poll(url, wrong.etag);
    expect(right.status).toBe(200);
    expect(right.body).not.toEqual(wrong.body);
    expect(right.etag.split('-')[0]).toBe(wrong.etag.split('-')[0]);
    expect((await poll(url, right.etag)).status).toBe(304);
  });
});

test('a change can rest on what was seen before a rebuild and after it, until something else has changed', async () => {
  const before = (await api.ask('GET', `${d}/commitments/C`)).etag;
  await rebuilt();
  const after = (await api.ask('GET', `${d}/commitments/C`)).etag;
  expect(after).not.toBe(before);
  const report = (etag: string) =>
    api.ask('POST', `${d}/commitments/C/progress-reports`, {
      key: api.desk,
      body: { party: 'JP', health: 'on-track' },
      headers: { 'if-match': etag },
    });
  expect((await report(before)).status).toBe(200);
  expect((await report(after)).status).toBe(412);
  const now = (await api.ask('GET', `${d}/commitments/C`)).etag;
  expect((await report(now)).status).toBe(200);
});
