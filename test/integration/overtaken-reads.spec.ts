import type { KyselyPlugin } from 'kysely';
import { acting, place } from '../support/acting.js';
import { d, openTalks, type Talks } from '../support/talks.js';

let api: Talks;
const { done, someOfEach } = acting(() => api);

beforeAll(async () => {
  api = await openTalks();
  await someOfEach();
});
afterAll(() => api.ending.now());

const report = () =>
  done('POST', 'commitments/C/progress-reports', { party: 'JP', health: 'on-track' }, api.desk);
let year = 2026;
const moved = (path: string, more: object) => () =>
  done('POST', `${path}/reschedulings`, { plannedFor: `${++year}-02`, reason: 'A day was found', ...more });
const roundMoved = moved('rounds/1', place);
const visitMoved = moved('follow-ups/visit', {});

/** A read of `path` between whose first look at the dialogue and the rest all views follow what `happens`. */
async function overtaken(path: string, happens: () => Promise<unknown>) {
  let isOvertaken = false;
  const overtaking: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      const isLook = result.rows.some((row) => 'embargoes_ended' in row);
      if (!isLook || isOvertaken) return result;
      isOvertaken = true;
      await happens();
      return result;
    },
  };
  const executor = jest
    .spyOn(api.db, 'getExecutor')
    .mockReturnValue(api.db.getExecutor().withPlugin(overtaking));
  const answer = await api.ask('GET', `${d}/${path}`);
  executor.mockRestore();
  expect(isOvertaken).toBe(true);
  return answer;
}

describe('an answer that the views overtake while it is read', () => {
  test.each([
    ['commitments/C/history', report],
    ['rounds', roundMoved],
    ['rounds/1', roundMoved],
    ['rounds/1/stock-take', roundMoved],
    ['follow-ups', visitMoved],
    ['follow-ups/visit', visitMoved],
  ])('of %s carries a tag that hides nothing from whoever polls with it', async (path, happens) => {
    const { status, etag } = await overtaken(path, happens);
    const polled = await api.ask('GET', `${d}/${path}`, { headers: { 'if-none-match': etag } });
    expect([status, polled.status]).toEqual([200, 200]);
    const again = await api.ask('GET', `${d}/${path}`, { headers: { 'if-none-match': polled.etag } });
    expect(again.status).toBe(304);
  });

  test('misses no round or follow-up because that has just changed', async () => {
    expect((await overtaken('rounds', roundMoved)).body).toMatchObject({ rounds: [{ number: 1 }] });
    expect((await overtaken('follow-ups', visitMoved)).body).toMatchObject({ followUps: [{ id: 'visit' }] });
  });

  test('is nothing that a change to what it does not show could rest on', async () => {
    const { body, etag } = await overtaken('commitments/C/history', report);
    const { position } = (await api.ask('GET', `${d}/commitments/C`)).body;
    expect((body['events'] as { position: number }[]).map((event) => event.position)).not.toContain(position);
    const changed = await api.ask('POST', `${d}/commitments/C/progress-reports`, {
      key: api.desk,
      body: { party: 'JP', health: 'at-risk' },
      headers: { 'if-match': etag },
    });
    expect(changed.status).toBe(412);
  });
});
