import { acting } from '../support/acting.js';
import { openTalks, promise, source, type Talks } from '../support/talks.js';

/** What can still be done that should not be, marked as failing; whoever mends it takes the mark away. */

let api: Talks;
const { done, refused, read, agreed } = acting(() => api);

const promised = { nature: 'unilateral', undertakings: [{ party: 'IN' }], towards: 'JP' };
const toIndia = { confidentiality: { level: 'own-side', party: 'IN' }, ground: 'Ours' };
const digest = 'a'.repeat(64);

beforeAll(async () => {
  api = await openTalks();
});
afterAll(() => api.ending.now());

describe('a follow-up about nothing but what one side keeps to itself', () => {
  beforeAll(async () => {
    const withheld = { ...promise, ...promised, classification: toIndia };
    const { body } = await done('POST', 'commitments', withheld, api.secretariat.IN);
    const about = { kind: 'review', titles: { en: 'x' }, commitments: [body['id']] };
    await done('POST', 'follow-ups', { id: 'quiet', ...about }, api.secretariat.IN);
  });

  test('is not told from none by a source that names it as its meeting', async () => {
    const asked = async (id: string, followUp: string) => {
      const paper = { ...source, id, standing: 'press-report', meeting: { followUp } };
      return refused('POST', 'sources', paper, api.secretariat.JP);
    };
    expect(await asked('one', 'quiet')).toEqual(await asked('other', 'none'));
  });

  test.failing('does not refuse its id to others', async () => {
    const other = { id: 'quiet', kind: 'review', titles: { en: 'x' } };
    expect((await refused('POST', 'follow-ups', other, api.secretariat.JP))[0]).not.toBe(409);
  });
});

test.failing('an owner does not erase the days overdue by dating its claim back', async () => {
  await agreed(
    'B-1',
    { ...promised, due: { precision: 'day', day: '2026-01-31' } },
    { occurredOn: '2025-12-01' },
  );
  const days = async () =>
    ((await read('commitments/B-1')) as { dueHistory: { daysOverdue: number } }).dueHistory.daysOverdue;
  const before = await days();
  const evidence = { id: 'map', titles: { en: 'Map' }, digest };
  await done('POST', 'commitments/B-1/evidence', { party: 'IN', evidence }, api.secretariat.IN);
  const claim = { party: 'IN', evidence: ['map'], occurredOn: '1900' };
  await refused('POST', 'commitments/B-1/delivery-claims', claim, api.secretariat.IN);
  expect([before > 0, await days()]).toEqual([true, before]);
});
