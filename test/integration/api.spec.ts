import { openTestApi, type TestApi } from '../support/http.js';

let api: TestApi;
let recorder: string;
let secretariat: Record<'IN' | 'JP', string>;
let desk: string;

beforeAll(async () => {
  api = await openTestApi();
  recorder = await api.key({ role: 'recorder' });
  secretariat = {
    IN: await api.key({ role: 'secretariat', party: 'IN' }),
    JP: await api.key({ role: 'secretariat', party: 'JP' }),
  };
  desk = await api.key({ role: 'desk-officer', party: 'JP' });
  await done('POST', '/v1/dialogues', dialogue);
  await done('POST', '/v1/dialogues', { ...dialogue, slug: 'other' });
  await done('POST', `${d}/focus-areas`, {
    code: 'SC',
    names: { en: 'Supply chains', ja: 'サプライチェーン' },
  });
  await done('POST', `${d}/sources`, { ...source, id: 'minutes', standing: 'agreed-minutes' });
  await done('POST', `${d}/sources`, { ...source, id: 'readout', standing: 'readout', issuer: 'IN' });
});
afterAll(() => api.ending.now());

const d = '/v1/dialogues/talks';
const dialogue = {
  slug: 'talks',
  titles: { en: 'Talks' },
  level: 'directors',
  parties: [
    { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
    { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
  ],
};
const source = { titles: { en: 'Paper' }, date: '2026-01', languages: ['en'] };
const sources = [{ document: 'minutes', quotation: { text: 'we will', language: 'en', verbatim: true } }];
const promise = {
  titles: { en: 'Map of suppliers' },
  text: { en: 'Both sides will draw a map of suppliers.' },
  nature: 'joint',
  type: 'output',
  strength: 'political',
  focusAreas: ['SC'],
  undertakings: [{ party: 'IN' }, { party: 'JP' }],
  sources,
};

async function done(method: 'POST' | 'PUT', url: string, body: unknown, key = recorder) {
  const answer = await api.ask(method, url, { key, body });
  expect([answer.status, answer.body]).toEqual([
    method === 'POST' ? expect.any(Number) : 200,
    expect.anything(),
  ]);
  expect(answer.status).toBeLessThan(300);
  return answer;
}

async function agreed(id: string, more: object = {}): Promise<string> {
  await done('POST', `${d}/commitments`, { ...promise, ...more, id });
  await done('PUT', `${d}/commitments/${id}/agreement`, { sources: [{ document: 'minutes' }] });
  return `${d}/commitments/${id}`;
}

describe('due windows of every precision are recorded in their words and as days', () => {
  const fiscal = { kind: 'fiscal', startMonth: 4 };
  test.each([
    [{ precision: 'day', day: '2027-03-31' }, ['2027-03-31', '2027-03-31']],
    [{ precision: 'month', month: '2027-02' }, ['2027-02-01', '2027-02-28']],
    [{ precision: 'quarter', quarter: '2027-Q4', calendar: fiscal }, ['2028-01-01', '2028-03-31']],
    [
      { precision: 'quarter', quarter: '2027-Q4', calendar: { kind: 'gregorian' } },
      ['2027-10-01', '2027-12-31'],
    ],
    [{ precision: 'year', year: '2027', calendar: fiscal }, ['2027-04-01', '2028-03-31']],
    [{ precision: 'range', start: '2027', end: '2027-06' }, ['2027-01-01', '2027-06-30']],
    [{ precision: 'half-year', half: '2027-H2', calendar: fiscal }, ['2027-10-01', '2028-03-31']],
    [{ precision: 'season', season: '2027-winter', hemisphere: 'northern' }, ['2027-12-01', '2028-02-29']],
    [{ precision: 'event-bound', event: { en: 'the signature' }, withinDays: 60 }, undefined],
    [{ precision: 'recurring', every: 'year' }, undefined],
    [{ precision: 'ongoing' }, undefined],
    [{ precision: 'next-round', words: { en: 'by the next round' } }, undefined],
    [{ precision: 'none' }, undefined],
  ])('%j', async (due, window) => {
    const made = await done('POST', `${d}/commitments`, { ...promise, due });
    const { body } = await api.ask('GET', String(made.headers.location));
    expect(body.due).toMatchObject(due);
    expect(body.due).toEqual(
      window
        ? expect.objectContaining({ window: { start: window[0], end: window[1] } })
        : expect.not.objectContaining({ window: expect.anything() }),
    );
  });

  test.each([
    [{ precision: 'quarter', quarter: '2027-Q4' }, '/due/calendar'],
    [{ precision: 'day', day: '2027-02-29' }, '/due/day'],
    [{ precision: 'range', start: '2027-06', end: '2027-05' }, '/due/end'],
    [{ precision: 'season', season: '2027-spring' }, '/due/hemisphere'],
    [{ precision: 'season', season: 'spring' }, '/due/season'],
    [{ precision: 'half-year', half: '2027-H1' }, '/due/calendar'],
    [{ precision: 'some-day' }, '/due/precision'],
  ])('%j is refused, and the answer points to the field', async (due, pointer) => {
    const { status, body } = await api.ask('POST', `${d}/commitments`, {
      key: recorder,
      body: { ...promise, due },
    });
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
});

describe('the life of a joint commitment', () => {
  const digest = 'a'.repeat(64);
  let url: string;

  test('one side’s readout does not make it agreed; both sides’ confirmation does', async () => {
    url = `${d}/commitments/SC-1`;
    await done('POST', `${d}/commitments`, {
      ...promise,
      id: 'SC-1',
      due: { precision: 'day', day: '2099-01-31' },
    });
    const early = await api.ask('PUT', `${url}/agreement`, {
      key: recorder,
      body: { sources: [{ document: 'readout' }] },
    });
    expect([early.status, early.body.type]).toEqual([409, 'urn:pacta:problem:text-not-confirmed']);
    const { text } = (await api.ask('GET', url)).body as { text: { digest: string } };
    for (const party of ['IN', 'JP'] as const) {
      await done('POST', `${url}/text-confirmations`, { party, textDigest: text.digest }, secretariat[party]);
    }
    await done('PUT', `${url}/agreement`, {});
    const { body } = await api.ask('GET', url);
    expect(body).toMatchObject({ status: 'agreed', text: { agreedBy: 'confirmed-by-every-party' } });
  });

  test('a side reports on its own share, and on nobody else’s', async () => {
    const report = { party: 'JP', health: 'at-risk', text: { en: 'Waiting for data.' } };
    expect(
      (await api.ask('POST', `${url}/progress-reports`, { key: secretariat.IN, body: report })).status,
    ).toBe(403);
    await done('POST', `${url}/progress-reports`, report, desk);
    expect((await api.ask('GET', url)).body).toMatchObject({
      status: 'in-progress',
      health: { is: 'at-risk' },
    });
    expect((await api.ask('GET', `${d}/status`)).body).toMatchObject({ totals: { atRisk: 1 } });
  });

  test('it is verified when both have claimed and both have turned their key, by other persons than those who claimed', async () => {
    for (const [party, key] of [
      ['IN', secretariat.IN],
      ['JP', desk],
    ] as const) {
      const evidence = { id: `map-${party}`, titles: { en: 'The map' }, digest };
      await done('POST', `${url}/evidence`, { party, evidence }, key);
      await done('POST', `${url}/delivery-claims`, { party, evidence: [evidence.id] }, key);
    }
    const { delivery } = (await api.ask('GET', url)).body as { delivery: { claimDigest: string } };
    const attest = (party: 'IN' | 'JP', key: string, claimDigest = delivery.claimDigest) =>
      api.ask('POST', `${url}/attestations`, { key, body: { party, claimDigest } });
    expect((await attest('JP', secretariat.JP, 'b'.repeat(64))).status).toBe(409);
    expect((await attest('IN', secretariat.IN)).body.type).toBe('urn:pacta:problem:own-claim');
    expect((await attest('JP', secretariat.JP)).status).toBe(200);
    expect((await api.ask('GET', url)).body).toMatchObject({ status: 'delivery-claimed' });
    expect((await attest('IN', await api.key({ role: 'secretariat', party: 'IN' }))).status).toBe(200);
    expect((await api.ask('GET', url)).body).toMatchObject({ status: 'verified' });
  });

  test('its history says of every event who, what, when it was true, when it was recorded, and from which source', async () => {
    const { events } = (await api.ask('GET', `${url}/history`)).body as { events: Record<string, unknown>[] };
    expect(events.map((event) => event.type)).toEqual([
      'CommitmentProposed',
      'CommitmentTextConfirmed',
      'CommitmentTextConfirmed',
      'CommitmentAgreed',
      'ProgressReported',
      'EvidenceSubmitted',
      'DeliveryClaimed',
      'EvidenceSubmitted',
      'DeliveryClaimed',
      'DeliveryAttested',
      'DeliveryAttested',
      'CommitmentVerified',
    ]);
    expect(events[0]).toMatchObject({ sources });
    for (const event of events) {
      expect(event).toMatchObject({
        actor: { id: expect.stringMatching(/^key-/), role: expect.any(String) },
        occurredOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        recordedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
        correlationId: expect.any(String),
      });
    }
  });
});

test('a joint commitment is withdrawn when both sides have asked for it, with a reason', async () => {
  const url = await agreed('SC-2');
  const ask = (party: 'IN' | 'JP', reason?: string) =>
    api.ask('PUT', `${url}/withdrawal`, {
      key: secretariat[party],
      body: { party, ...(reason && { reason }) },
    });
  expect((await ask('IN')).body.errors).toMatchObject([{ pointer: '/reason' }]);
  expect((await ask('IN', 'Overtaken')).status).toBe(200);
  expect((await api.ask('GET', url)).body).toMatchObject({ status: 'agreed', withdrawalAskedBy: ['IN'] });
  expect((await ask('JP', 'Overtaken')).status).toBe(200);
  expect((await api.ask('GET', url)).body).toMatchObject({
    status: 'withdrawn',
    withdrawalReason: 'Overtaken',
  });
});

test('rounds and follow-ups are scheduled and held, and listed as they stand', async () => {
  await agreed('SC-3');
  await done('POST', `${d}/rounds`, {
    number: 1,
    plannedFor: '2026-02',
    zone: 'Asia/Tokyo',
    place: { en: 'Tokyo' },
  });
  await done('PUT', `${d}/rounds/1/holding`, { on: '2026-02-03' });
  const meeting = await done('POST', `${d}/follow-ups`, {
    kind: 'working-level',
    titles: { en: 'Data' },
    commitments: ['SC-3'],
    round: 1,
  });
  const future = await api.ask('PUT', `${d}/follow-ups/${String(meeting.body.id)}/holding`, {
    key: recorder,
    body: { on: '2999-01' },
  });
  expect([future.status, future.body.errors?.[0]?.pointer]).toEqual([409, '/on']);
  await done('PUT', `${d}/follow-ups/${String(meeting.body.id)}/holding`, { on: '2026-02-04' });
  expect((await api.ask('GET', `${d}/rounds`)).body).toMatchObject({
    rounds: [{ number: 1, status: 'held' }],
  });
  expect((await api.ask('GET', `${d}/follow-ups`)).body).toMatchObject({ followUps: [{ status: 'held' }] });
  const { events } = (await api.ask('GET', `${d}/commitments/SC-3/history`)).body as {
    events: { type: string }[];
  };
  expect(events.map(({ type }) => type).slice(-2)).toEqual(['FollowUpScheduled', 'FollowUpHeld']);
});

describe('expected versions', () => {
  test('a change that rests on an older state is refused with 412 and told where things stand', async () => {
    const url = await agreed('SC-4');
    const seen = await api.ask('GET', url);
    const report = (headers: Record<string, string>) =>
      api.ask('POST', `${url}/progress-reports`, {
        key: desk,
        headers,
        body: { party: 'JP', health: 'on-track' },
      });
    expect((await report({ 'if-match': seen.etag })).status).toBe(200);
    const stale = await report({ 'if-match': seen.etag });
    expect([stale.status, stale.body.type]).toEqual([412, 'urn:pacta:problem:changed-since']);
    expect(stale.body.current).toMatchObject({ version: 3 });
    expect((await report({ 'if-match': stale.etag })).status).toBe(200);
    expect((await report({ 'if-match': '42' })).status).toBe(400);
  });

  test('of fifty changes that rest on the same state one wins, and the others are told so', async () => {
    const url = await agreed('SC-5');
    const { etag } = await api.ask('GET', url);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.ask('POST', `${url}/progress-reports`, {
          key: desk,
          headers: { 'if-match': etag },
          body: { party: 'JP', health: 'on-track' },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(49).fill(412),
    ]);
  });
});

describe('who is asking', () => {
  const body = { code: 'NEW', names: { en: 'New' } };
  test.each([
    ['nobody', () => undefined, 401],
    ['a key that never was', () => Promise.resolve(`pacta_${'0'.repeat(10)}_${'x'.repeat(32)}`), 401],
    ['a key for another dialogue', () => api.key({ role: 'recorder', dialogue: 'other' }), 403],
    ['a role that may not', () => Promise.resolve(desk), 403],
  ])('%s', async (_who, key, status) => {
    const made = await key();
    const answer = await api.ask('POST', `${d}/focus-areas`, { ...(made && { key: made }), body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const { focusAreas } = (await api.ask('GET', `${d}/status`)).body as { focusAreas: { code: string }[] };
    expect(focusAreas.map(({ code }) => code)).not.toContain('NEW');
  });

  test('a party sees and changes its own contacts only, and never those of the other', async () => {
    const contact = { name: 'Desk', address: 'desk@jp.example', zone: 'Asia/Tokyo' };
    expect((await api.ask('PUT', `${d}/contacts/desk`, { key: secretariat.JP, body: contact })).status).toBe(
      200,
    );
    expect((await api.ask('GET', `${d}/contacts`, { key: secretariat.IN })).body).toEqual({ contacts: [] });
    expect((await api.ask('PUT', `${d}/contacts/desk`, { key: secretariat.IN, body: contact })).status).toBe(
      404,
    );
    expect((await api.ask('DELETE', `${d}/contacts/desk`, { key: secretariat.IN })).status).toBe(404);
    expect((await api.ask('DELETE', `${d}/contacts/desk`, { key: secretariat.JP })).status).toBe(204);
  });
});

test('the tag of all dialogues together names no position that a change could rest on', async () => {
  const { etag } = await api.ask('GET', '/v1/status');
  const body = { code: 'B', names: { en: 'B' } };
  const answer = await api.ask('POST', `${d}/focus-areas`, {
    key: recorder,
    headers: { 'if-match': etag },
    body,
  });
  expect([answer.status, answer.body.type]).toEqual([400, 'urn:pacta:problem:if-match-malformed']);
});

describe('polling', () => {
  test.each([
    '/v1/status',
    `${d}/status`,
    `${d}/commitments`,
    `${d}/rounds`,
    `${d}/focus-areas/SC/status`,
    '/v1/organisations',
  ])('%s is answered 304 until something changes', async (url) => {
    const first = await api.ask('GET', url);
    const again = () => api.ask('GET', url, { headers: { 'if-none-match': `W/"x", ${first.etag}` } });
    expect([first.status, (await again()).status]).toEqual([200, 304]);
    await done(
      'POST',
      url === '/v1/organisations' ? url : `${d}/sources`,
      url === '/v1/organisations'
        ? { code: 'new-body', names: { en: 'New' }, kind: 'other' }
        : {
            ...source,
            id: `poll${url.replace(/[^a-z]+/gi, '-')}`.replace(/-$/, ''),
            standing: 'press-report',
          },
    );
    expect((await again()).status).toBe(200);
  });

  test('the list of dialogues is answered 304 until one changes or another comes on record', async () => {
    const url = '/v1/dialogues';
    const poll = (tag: string) => api.ask('GET', url, { headers: { 'if-none-match': tag } });
    const { etag } = await api.ask('GET', url);
    await done('POST', `${d}/sources`, { ...source, id: 'poll-dialogues', standing: 'press-report' });
    expect((await poll(etag)).status).toBe(304);
    await done('PUT', `${d}/cadence`, { cadence: 'Twice a year' });
    const changed = await poll(etag);
    expect([changed.status, (await poll(changed.etag)).status]).toEqual([200, 304]);
    await done('POST', url, { ...dialogue, slug: 'third' });
    const { dialogues } = (await poll(changed.etag)).body as { dialogues: { slug: string }[] };
    expect(dialogues.map(({ slug }) => slug)).toContain('third');
  });

  test('what is not there is a problem document', async () => {
    for (const url of [
      '/v1/dialogues/none/status',
      `${d}/commitments/none`,
      `${d}/commitments/none/history`,
      '/v1/none',
    ]) {
      const { status, headers } = await api.ask('GET', url);
      expect([url, status, headers['content-type']]).toEqual([
        url,
        404,
        expect.stringContaining('problem+json'),
      ]);
    }
  });

  test('a list is read page by page without loss or repetition', async () => {
    const all = (await api.ask('GET', `${d}/commitments`)).body.commitments as { id: string }[];
    const seen: string[] = [];
    for (let url: string | undefined = `${d}/commitments?limit=3`; url;) {
      const { body } = await api.ask('GET', url);
      seen.push(...(body.commitments as { id: string }[]).map(({ id }) => id));
      url = body.next as string | undefined;
    }
    expect(all.length).toBeGreaterThan(6);
    expect(seen).toEqual(all.map(({ id }) => id));
  });
});
