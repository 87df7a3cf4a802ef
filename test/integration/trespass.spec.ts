import { acting } from '../support/acting.js';
import { d, heads, openTalks, promise, source, type Talks } from '../support/talks.js';

/** What is tried by those who hold a good key, and not the one for this. */

let api: Talks;
const { ask, done, refused, read, history, agreed } = acting(() => api);

const promised = { nature: 'unilateral', undertakings: [{ party: 'IN' }], towards: 'JP' };
const ofIndia = { level: 'own-side', party: 'IN' };
const classification = { confidentiality: ofIndia, ground: 'Under negotiation' };
const toParties = { confidentiality: { level: 'parties' }, ground: 'Not yet' };
const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
const digest = 'a'.repeat(64);
const why = { reason: 'We want it' };

beforeAll(async () => {
  api = await openTalks();
});
afterAll(() => api.ending.now());

const shown = async (path: string) => {
  const { status, body } = await api.ask('GET', `${d}/${path}`);
  expect([path, status]).toEqual([path, 200]);
  return body;
};

describe('someone of a party that takes no part in the dialogue', () => {
  test('puts nothing on record in it, though they may announce dialogues and register what all share', async () => {
    const us = await api.key({ role: 'secretariat', party: 'US' });
    await agreed('F-1', promised);
    await done('POST', 'rounds', { number: 1, plannedFor: '2025-02', ...place });
    const before = await heads(api);
    for (const [method, path, body] of [
      ['PUT', 'rounds/1/holding', { on: '2025-02-10' }],
      ['PUT', 'rounds/1/cancellation', why],
      ['PUT', 'conclusion', { on: '2026-01-01', ...why }],
      ['POST', 'parties', { code: 'US', names: { en: 'America' }, zone: 'America/New_York' }],
      ['POST', 'sources', { ...source, id: 'paper', standing: 'joint-outcome-document' }],
      ['POST', 'commitments', promise],
      ['POST', 'commitments/F-1/corrections', { changes: { text: { en: 'Nothing is owed.' } }, ...why }],
      ['PUT', 'commitments/F-1/kind', { strength: 'aspirational' }],
      [
        'POST',
        'commitments/F-1/amendments',
        { from: '2026-01-01', changes: { verb: 'x' }, sources: [{ document: 'minutes' }] },
      ],
      ['POST', 'follow-ups', { kind: 'review', titles: { en: 'Talk' } }],
      ['POST', 'focus-areas', { code: 'US', names: { en: 'Ours' } }],
    ] as const)
      expect([path, await refused(method, path, body, us)]).toEqual([path, [403, 'not-a-party']]);
    expect(await heads(api)).toEqual(before);
    const organisation = { code: 'state', names: { en: 'State' }, kind: 'ministry' };
    expect((await api.ask('POST', '/v1/organisations', { key: us, body: organisation })).status).toBe(201);
  });

  test('is not told which proposals hinder the close of a round', async () => {
    const us = await api.key({ role: 'secretariat', party: 'US' });
    const { body } = await done('POST', 'commitments', {
      ...promise,
      classification: { confidentiality: { level: 'parties' }, ground: 'Not yet' },
    });
    await done('PUT', 'rounds/1/holding', { on: '2025-02-10' });
    const answer = await ask('PUT', 'rounds/1/close', { on: '2025-02-10' }, us);
    expect([answer.status, JSON.stringify(answer.body).includes(String(body['id']))]).toEqual([403, false]);
  });

  test('may have left: it speaks about what it undertook, and decides nothing for those who stayed', async () => {
    const key = await api.key({ role: 'secretariat', party: 'FR' });
    await done('POST', 'parties', { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' });
    await agreed('L-1', { undertakings: [{ party: 'FR' }, { party: 'JP' }] });
    await done('POST', 'departures', { code: 'FR', on: '2026-01-31' });
    await done('POST', 'commitments/L-1/progress-reports', { party: 'FR', health: 'on-track' }, key);
    const move = { plannedFor: '2027', ...why };
    expect(await refused('POST', 'rounds/1/reschedulings', move, key)).toEqual([403, 'not-a-party']);
    expect(await refused('PUT', 'conclusion', { on: '2026-01-01', ...why }, key)).toEqual([
      403,
      'not-a-party',
    ]);
  });
});

test('whoever names what they withhold like a party, a day, a state or an event takes nothing out of what others read', async () => {
  await agreed('V-1', promised);
  await done(
    'POST',
    'commitments/V-1/progress-reports',
    { party: 'IN', health: 'at-risk' },
    api.secretariat.IN,
  );
  await done('POST', 'rounds', { number: 2, plannedFor: '2026-02-03', ...place });
  await done('POST', 'rounds/2/co-chairs', { party: 'JP', name: 'A', office: { en: 'Minister' } });
  const paths = [
    'rounds/2',
    'rounds',
    'rounds/2/stock-take',
    'commitments/V-1/history',
    'commitments/V-1?effectiveAt=2099-01-01',
  ];
  const before = await Promise.all(paths.map(shown));
  for (const id of [
    'JP',
    'IN',
    'ProgressReported',
    '2026-02-03',
    'in-progress',
    'scheduled',
    'SC',
    'minutes',
    'commitment-V-1',
  ]) {
    await done('POST', 'commitments', { ...promise, ...promised, id }, api.secretariat.IN);
    await done(
      'PUT',
      `commitments/${id}/classification`,
      { party: 'IN', classification },
      api.secretariat.IN,
    );
  }
  expect(await Promise.all(paths.map(shown))).toEqual(before);
});

test('no side corrects the words agreed on its own: it cites the joint document, or leaves it to a recorder', async () => {
  await agreed('W-1', promised);
  const corrections = 'commitments/W-1/corrections';
  const emptied = { text: { en: 'India owes nothing.' } };
  for (const changes of [emptied, { criteria: [] }])
    expect(await refused('POST', corrections, { changes, ...why }, api.secretariat.IN)).toEqual([
      403,
      'takes-every-side',
      '/changes',
    ]);
  await done('POST', corrections, { changes: { titles: { en: 'A map' } }, ...why }, api.secretariat.IN);
  const cited = { sources: [{ document: 'minutes' }] };
  await done('POST', corrections, { changes: { text: { en: 'A' } }, ...why, ...cited }, api.secretariat.IN);
  await done('POST', corrections, { changes: { text: { en: 'B' } }, ...why });
  expect(await read('commitments/W-1')).toMatchObject({ text: { words: { en: 'B' } } });
});

test('evidence that a side keeps to itself is withdrawn as quietly as it came, and no key goes stale by it', async () => {
  await agreed('E-1', promised);
  const evidence = (id: string) => ({ party: 'IN', evidence: { id, titles: { en: 'Proof' }, digest } });
  await done('POST', 'commitments/E-1/evidence', evidence('map'), api.secretariat.IN);
  await done(
    'POST',
    'commitments/E-1/evidence',
    { ...evidence('draft'), confidentiality: ofIndia },
    api.secretariat.IN,
  );
  await done(
    'POST',
    'commitments/E-1/delivery-claims',
    { party: 'IN', evidence: ['map'] },
    api.secretariat.IN,
  );
  const before = await Promise.all([shown('commitments/E-1'), shown('commitments/E-1/history')]);
  const withdrawal = { party: 'IN', evidence: 'draft', reason: 'Superseded' };
  await done('POST', 'commitments/E-1/evidence-withdrawals', withdrawal, api.secretariat.IN);
  expect(await Promise.all([shown('commitments/E-1'), shown('commitments/E-1/history')])).toEqual(before);
  expect(await read('commitments/E-1', api.secretariat.IN)).toMatchObject({
    delivery: { evidence: [{ id: 'map' }] },
  });
  expect((await history('E-1')).map(({ type }) => type)).not.toContain('EvidenceWithdrawn');
});

test('a language tag that no language can have is shown as it stands', async () => {
  await agreed('T-1');
  const translation = { language: 'en-12345678-12345678', text: 'Words', standing: 'machine' };
  await done('POST', 'commitments/T-1/translations', translation);
  const page = await api.ask('GET', '/dialogues/talks/commitments/T-1');
  expect([page.status, String(page.body['text']).includes('en-12345678-12345678')]).toEqual([200, true]);
});

test('a side that would have withdrawn a proposal has not asked to withdraw what is agreed afterwards', async () => {
  await done('POST', 'commitments', { ...promise, id: 'W-2' });
  const withdrawal = (party: string) => ({ party, reason: 'Too early' });
  await done('PUT', 'commitments/W-2/withdrawal', withdrawal('IN'), api.secretariat.IN);
  await done('PUT', 'commitments/W-2/agreement', { sources: [{ document: 'minutes' }] });
  await done('PUT', 'commitments/W-2/withdrawal', withdrawal('JP'), api.secretariat.JP);
  expect(await read('commitments/W-2')).toMatchObject({ status: 'agreed', withdrawalAskedBy: ['JP'] });
});

test('a side does not hide from another what that other put on record', async () => {
  await done('POST', 'commitments', { ...promise, ...promised, id: 'H-1' }, api.secretariat.JP);
  const hidden = { party: 'IN', classification };
  expect((await refused('PUT', 'commitments/H-1/classification', hidden, api.secretariat.IN))[0]).toBe(409);
});

test('who answers for one organisation proposes for no other', async () => {
  for (const code of ['one', 'two'])
    await api.ask('POST', '/v1/organisations', {
      key: api.recorder,
      body: { code, names: { en: code }, kind: 'ministry', party: 'IN' },
    });
  const key = await api.key({ role: 'desk-officer', party: 'IN', organisation: 'one' });
  const body = { ...promise, ...promised, undertakings: [{ party: 'IN', lead: 'two' }] };
  expect((await refused('POST', 'commitments', body, key))[0]).toBe(403);
});

test('an owner does not choose alone the day from which its own time runs', async () => {
  const due = { precision: 'event-bound', event: { en: 'signature' }, withinDays: 60 };
  await agreed('R-1', { ...promised, due });
  const day = { happenedOn: '2026-01-31' };
  const owner = api.secretariat.IN;
  expect((await refused('POST', 'commitments/R-1/due-date-resolutions', day, owner))[0]).toBe(403);
});

test('a party that left does not read what the parties share after it has left', async () => {
  await done('POST', 'parties', { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' });
  const key = await api.key({ role: 'secretariat', party: 'FR' });
  await done('POST', 'departures', { code: 'FR', on: '2026-01-31' });
  const { body } = await done('POST', 'commitments', { ...promise, classification: toParties });
  expect((await api.ask('GET', `${d}/commitments/${String(body['id'])}`, { key })).status).toBe(404);
});
