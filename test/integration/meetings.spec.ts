import { sql } from 'kysely';
import { step } from '../../src/event-store/subscription.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { readModels } from '../../src/read-models/views.js';
import { Directory } from '../../src/reminders/directory.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { eventually } from '../support/eventually.js';
import { openTestApi, type TestApi } from '../support/http.js';
import { until } from '../support/until.js';

let api: TestApi;
let recorder: string;
let secretariat: Record<'IN' | 'JP', string>;

const d = '/v1/dialogues/talks';
const parties = [
  { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
];
const france = { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' };
const source = { titles: { en: 'Paper' }, date: '2025-02', languages: ['en'] };
const quoted = [{ document: 'minutes', quotation: { text: 'we will', language: 'en', verbatim: true } }];
const promise = {
  titles: { en: 'Map of suppliers' },
  text: { en: 'Both sides will draw a map of suppliers.' },
  nature: 'joint',
  type: 'output',
  strength: 'political',
  focusAreas: ['SC'],
  undertakings: [{ party: 'IN' }, { party: 'JP' }],
  sources: quoted,
};
const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };

beforeAll(async () => {
  api = await openTestApi();
  recorder = await api.key({ role: 'recorder' });
  secretariat = {
    IN: await api.key({ role: 'secretariat', party: 'IN' }),
    JP: await api.key({ role: 'secretariat', party: 'JP' }),
  };
  for (const slug of ['talks', 'other', 'ending']) await announced(slug);
});
afterAll(() => api.ending.now());

async function announced(slug: string) {
  await done('POST', '/v1/dialogues', { slug, titles: { en: 'Talks' }, level: 'directors', parties });
  const at = `/v1/dialogues/${slug}`;
  await done('POST', `${at}/focus-areas`, { code: 'SC', names: { en: 'Supply chains' } });
  await done('POST', `${at}/sources`, { ...source, id: 'minutes', standing: 'agreed-minutes' });
  await done('POST', `${at}/sources`, { ...source, id: 'readout', standing: 'readout', issuer: 'IN' });
}

async function done(method: 'POST' | 'PUT', url: string, body: object, key = recorder) {
  const answer = await api.ask(method, url, { key, body });
  expect([url, answer.status < 300 ? 'done' : answer.body]).toEqual([url, 'done']);
  return answer;
}

/** Status, code and pointer of a refusal. */
async function refused(method: 'POST' | 'PUT', url: string, body: object, key = recorder) {
  const { status, body: problem } = await api.ask(method, url, { key, body });
  return [status, String(problem.type).replace('urn:pacta:problem:', ''), problem.errors?.[0]?.pointer];
}

async function read(url: string) {
  const { status, body } = await api.ask('GET', url);
  expect([url, status]).toEqual([url, 200]);
  return body;
}

const propose = (id: string, more: object = {}) =>
  done('POST', `${d}/commitments`, { ...promise, ...more, id });
const agree = (id: string) =>
  done('PUT', `${d}/commitments/${id}/agreement`, {
    occurredOn: '2025-03-01',
    sources: [{ document: 'minutes' }],
  });

describe('a round from its plan to its close', () => {
  const r = `${d}/rounds/2`;

  test('is scheduled, postponed, moved and held, and every plan it ever had stays visible', async () => {
    await done('POST', `${d}/rounds`, { number: 1, plannedFor: '2025-02', ...place });
    await done('PUT', `${d}/rounds/1/holding`, { on: '2025-02-03' });
    const made = await done('POST', `${d}/rounds`, { number: 2, plannedFor: '2026-01', ...place });
    expect(made.headers.location).toBe(r);
    expect(await refused('POST', `${r}/postponements`, {})).toEqual([400, 'reason-missing', '/reason']);
    await done('POST', `${r}/postponements`, { reason: 'Elections', occurredOn: '2025-12-01' });
    expect(await read(r)).toMatchObject({ status: 'postponed' });
    const move = { plannedFor: '2026-02-05', zone: 'Asia/Kolkata', place: { en: 'New Delhi' } };
    await done('POST', `${r}/reschedulings`, {
      ...move,
      reason: 'A day was found',
      occurredOn: '2025-12-20',
    });
    expect(await read(r)).toEqual({
      number: 2,
      ...move,
      status: 'scheduled',
      moves: [
        { from: '2026-01', on: '2025-12-01', reason: 'Elections' },
        { from: '2026-01', to: '2026-02-05', on: '2025-12-20', reason: 'A day was found' },
      ],
      coChairs: [],
      outcomeDocuments: [],
    });
    expect(await refused('PUT', `${r}/close`, { on: '2026-02-05' })).toEqual([
      409,
      'round-scheduled',
      undefined,
    ]);
    await done('PUT', `${r}/holding`, { on: '2026-02-05' });
    expect(await refused('POST', `${r}/reschedulings`, { ...move, reason: 'x' })).toEqual([
      409,
      'round-held',
      undefined,
    ]);
  });

  test('adopts what all parties put their name to, and nothing else', async () => {
    expect(await refused('POST', `${r}/outcome-documents`, { document: 'readout' })).toEqual([
      409,
      'document-not-joint',
      '/document',
    ]);
    expect(await refused('POST', `${r}/outcome-documents`, { document: 'treaty' })).toEqual([
      404,
      'no-such-source-document',
      '/document',
    ]);
    await done('POST', `${r}/outcome-documents`, { document: 'minutes' });
    expect(await read(r)).toMatchObject({ outcomeDocuments: ['minutes'] });
  });

  test('has a stock-take of what is open, undecided, verified and ended, and whose turn it is', async () => {
    for (const id of ['OLD', 'CLAIMED', 'GONE']) await propose(id, { round: 1 });
    await propose('NEW', { round: 2, due: { precision: 'day', day: '2025-06-30' } });
    await propose('TEXT');
    await propose('LATER', { due: { precision: 'next-round' } });
    for (const id of ['OLD', 'CLAIMED', 'GONE', 'NEW']) await agree(id);
    const { text } = (await read(`${d}/commitments/TEXT`)) as { text: { digest: string } };
    const shown = { party: 'IN', textDigest: text.digest };
    await done('POST', `${d}/commitments/TEXT/text-confirmations`, shown, secretariat.IN);
    const report = { party: 'JP', health: 'at-risk', occurredOn: '2025-09-01' };
    await done('POST', `${d}/commitments/NEW/progress-reports`, report, secretariat.JP);
    for (const party of ['IN', 'JP'] as const) {
      const evidence = { id: `map-${party}`, titles: { en: 'Map' }, digest: 'a'.repeat(64) };
      await done('POST', `${d}/commitments/CLAIMED/evidence`, { party, evidence }, secretariat[party]);
      const claim = { party, evidence: [evidence.id] };
      await done('POST', `${d}/commitments/CLAIMED/delivery-claims`, claim, secretariat[party]);
      const withdrawal = { party, reason: 'Overtaken', occurredOn: '2025-05' };
      await done('PUT', `${d}/commitments/GONE/withdrawal`, withdrawal, secretariat[party]);
    }
    const taken = await read(`${r}/stock-take`);
    expect(taken).toMatchObject({
      dialogue: 'talks',
      round: { number: 2, status: 'held', plannedFor: '2026-02-05' },
      since: { round: 1, on: '2025-02-03' },
      counts: {
        open: 3,
        overdue: 1,
        awaitingKey: 1,
        carriedOverTwiceOrMore: 0,
        undecided: 2,
        verified: 0,
        ended: 1,
      },
      undecided: [
        { id: 'LATER', textConfirmedBy: [] },
        { id: 'TEXT', textConfirmedBy: ['IN'] },
      ],
      ended: [{ id: 'GONE', round: 1, status: 'withdrawn', on: '2025-05' }],
    });
    expect(taken.open).toMatchObject([
      { id: 'CLAIMED', status: 'delivery-claimed', awaiting: { claimOf: [], keyOf: ['IN', 'JP'] } },
      {
        id: 'NEW',
        status: 'in-progress',
        timeliness: { is: 'overdue', countedTo: '2025-06-30' },
        awaiting: { claimOf: ['IN', 'JP'], keyOf: [] },
        timesCarriedOver: 0,
        lastReport: '2025-09-01',
      },
      { id: 'OLD', status: 'agreed', timeliness: { is: 'no-calendar-date' } },
    ]);
    const [, reported, silent] = taken.open as { silentForDays: number; lastReport?: string }[];
    const day = 86_400_000;
    const since = (on: string) => Math.floor((Date.now() - Date.parse(on)) / day);
    // A day more or less, as the day is in Delhi.
    expect(Math.abs(reported!.silentForDays - since('2025-09-01'))).toBeLessThanOrEqual(1);
    expect(Math.abs(silent!.silentForDays - since('2025-03-01'))).toBeLessThanOrEqual(1);
    expect(silent).not.toHaveProperty('lastReport');
  });

  test('leaves out of an earlier round’s stock-take what a later round has brought', async () => {
    const taken = await read(`${d}/rounds/1/stock-take`);
    expect(taken).not.toHaveProperty('since');
    expect((taken.open as { id: string }[]).map(({ id }) => id)).toEqual(['CLAIMED', 'OLD']);
  });

  test('is not closed while a proposal is undecided: the refusal names all that are', async () => {
    const { status, body } = await api.ask('PUT', `${r}/close`, {
      key: recorder,
      body: { on: '2026-02-06' },
    });
    expect([status, body.type]).toEqual([409, 'urn:pacta:problem:proposals-undecided']);
    expect(body.detail).toContain(': LATER, TEXT.');
    expect(await read(r)).toMatchObject({ status: 'held' });
    for (const id of ['TEXT', 'LATER']) await agree(id);
  });

  test('lets lapse what is open and on record, and nothing else', async () => {
    expect(await refused('PUT', `${r}/close`, { on: '2026-02-06', lapsed: ['OLD', 'NONE'] })).toEqual([
      404,
      'no-such-commitment',
      '/lapsed/1',
    ]);
    expect(await refused('PUT', `${r}/close`, { on: '2026-02-06', lapsed: ['GONE'] })).toEqual([
      409,
      'commitment-withdrawn',
      '/lapsed/0',
    ]);
  });

  test('is closed with the list of what is carried over, as of a position of the log', async () => {
    const head = await api.db.selectFrom('log_head').selectAll().where('log_id', '=', 'talks').execute();
    const { etag } = await api.ask('GET', `${r}/stock-take`);
    await done('PUT', `${r}/close`, { on: '2026-02-06', lapsed: ['LATER'] });
    expect(await read(r)).toMatchObject({
      status: 'closed',
      closed: {
        on: '2026-02-06',
        lapsed: ['LATER'],
        carryOver: ['CLAIMED', 'NEW', 'OLD', 'TEXT'],
        asOf: head[0]!.position,
      },
    });
    const again = await api.ask('GET', `${r}/stock-take`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(200);
    await eventually(async () => {
      const { open } = (await read(`${r}/stock-take`)) as {
        open: { id: string; timesCarriedOver: number }[];
      };
      expect(open.map(({ id, timesCarriedOver }) => [id, timesCarriedOver])).toEqual(
        expect.arrayContaining([
          ['CLAIMED', 1],
          ['NEW', 1],
          ['OLD', 1],
          ['TEXT', 1],
        ]),
      );
    });
    expect(await refused('PUT', `${r}/close`, { on: '2026-02-06' })).toEqual([
      409,
      'round-closed',
      undefined,
    ]);
  });

  test('is closed once, however many ask at the same time', async () => {
    await done('POST', `${d}/rounds`, { number: 3, plannedFor: '2026-03', ...place });
    await done('PUT', `${d}/rounds/3/holding`, { on: '2026-03-01' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        api.ask('PUT', `${d}/rounds/3/close`, { key: recorder, body: { on: '2026-03-01' } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(19).fill(409),
    ]);
    const carriedTwice = async () => {
      const { carriedOver } = await read(`${d}/commitments/NEW`);
      return (carriedOver as number[]).length === 2;
    };
    await until(carriedTwice);
    const { open } = await read(`${d}/rounds/3/stock-take`);
    expect(open).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id: 'NEW', timesCarriedOver: 2 })]),
    );
  });

  test('is cancelled for a reason, and then is over', async () => {
    await done('POST', `${d}/rounds`, { number: 4, plannedFor: '2027-01', ...place });
    await done('PUT', `${d}/rounds/4/cancellation`, { reason: 'No agenda', occurredOn: '2026-04' });
    expect(await read(`${d}/rounds/4`)).toMatchObject({
      status: 'cancelled',
      cancelled: { on: '2026-04', reason: 'No agenda' },
    });
    expect(await refused('PUT', `${d}/rounds/4/holding`, { on: '2026-04-01' })).toEqual([
      409,
      'round-cancelled',
      undefined,
    ]);
  });
});

describe('a follow-up', () => {
  const f = `${d}/follow-ups/data`;
  const about = { commitments: ['OLD'], focusAreas: ['SC'] };

  test('is scheduled about what is on record in this dialogue, and about nothing of another', async () => {
    await done('POST', '/v1/dialogues/other/commitments', { ...promise, id: 'FOREIGN' });
    const plan = { id: 'data', kind: 'working-level', titles: { en: 'Data' }, plannedFor: '2026-02' };
    const schedule = (more: object) => refused('POST', `${d}/follow-ups`, { ...plan, ...more });
    expect(await schedule({ commitments: ['OLD', 'FOREIGN'] })).toEqual([
      404,
      'no-such-commitment',
      '/commitments/1',
    ]);
    expect(await schedule({ focusAreas: ['XX'] })).toEqual([404, 'no-such-focus-area', '/focusAreas/0']);
    expect(await schedule({ round: 99 })).toEqual([404, 'no-such-round', '/round']);
    const made = await done('POST', `${d}/follow-ups`, { ...plan, ...about });
    expect(made.headers.location).toBe(f);
  });

  test('is missed, moved and held, and what came of it is recorded', async () => {
    expect(await refused('POST', `${f}/outcomes`, { outcome: { en: 'x' } })).toEqual([
      409,
      'follow-up-scheduled',
      undefined,
    ]);
    await done('POST', `${f}/misses`, {});
    expect(await read(f)).toMatchObject({ status: 'missed' });
    await done('POST', `${f}/reschedulings`, { plannedFor: '2026-04-02', occurredOn: '2026-03-10' });
    await done('PUT', `${f}/holding`, { on: '2026-04-02' });
    const outcome = { outcome: { en: 'Both have the data.' }, nextStep: { en: 'Draw the map.' } };
    await done('POST', `${f}/outcomes`, { ...outcome, occurredOn: '2026-04-03' });
    expect(await read(f)).toEqual({
      id: 'data',
      kind: 'working-level',
      titles: { en: 'Data' },
      plannedFor: '2026-04-02',
      ...about,
      status: 'held',
      moves: [{ from: '2026-02', to: '2026-04-02', on: '2026-03-10' }],
      held: { on: '2026-04-02', with: [] },
      outcomes: [{ ...outcome, on: '2026-04-03' }],
    });
  });

  test('is cancelled for a reason', async () => {
    await done('POST', `${d}/follow-ups`, { id: 'visit', kind: 'visit', titles: { en: 'Visit' }, ...about });
    expect(await refused('POST', `${d}/follow-ups/visit/misses`, {})).toEqual([
      409,
      'no-planned-time',
      undefined,
    ]);
    await done('PUT', `${d}/follow-ups/visit/cancellation`, { reason: 'Rain' });
    expect(await read(`${d}/follow-ups/visit`)).toMatchObject({
      status: 'cancelled',
      cancelled: { reason: 'Rain' },
    });
  });

  test('shows every step in the history of what it is about, and in words on its page', async () => {
    const { events } = await read(`${d}/commitments/OLD/history`);
    const types = (events as { type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('FollowUp'))).toEqual([
      'FollowUpScheduled',
      'FollowUpMissed',
      'FollowUpRescheduled',
      'FollowUpHeld',
      'FollowUpOutcomeRecorded',
      'FollowUpScheduled',
      'FollowUpCancelled',
    ]);
    const page = String((await api.ask('GET', '/dialogues/talks/commitments/OLD')).body.text);
    for (const words of [
      'Follow-up missed',
      'Follow-up moved',
      'Draw the map.',
      'Follow-up cancelled',
      'Rain',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/FollowUp[A-Z]/);
  });
});

test.each(['rounds/99', 'rounds/x', 'rounds/99/stock-take', 'follow-ups/none', 'rounds/%00'])(
  '%s is not on record',
  async (path) => {
    const { status, headers } = await api.ask('GET', `${d}/${path}`);
    expect([status, headers['content-type']]).toEqual([404, expect.stringContaining('problem+json')]);
  },
);

test.each(['rounds/2', 'rounds/2/stock-take', 'follow-ups/data'])(
  '%s is answered 304 until it changes',
  async (path) => {
    const { etag } = await api.ask('GET', `${d}/${path}`);
    const again = () => api.ask('GET', `${d}/${path}`, { headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    if (path === 'follow-ups/data') await done('POST', `${d}/${path}/outcomes`, { outcome: { en: 'More.' } });
    else {
      const coChair = {
        party: path === 'rounds/2' ? 'IN' : 'JP',
        name: 'A. Person',
        office: { en: 'Director' },
      };
      await done('POST', `${d}/rounds/2/co-chairs`, coChair);
    }
    expect((await again()).status).toBe(200);
  },
);

describe('a dialogue', () => {
  const e = '/v1/dialogues/ending';

  test('is joined and left; who left is known, owes what it undertook, and undertakes nothing new', async () => {
    expect(await refused('POST', `${e}/departures`, { code: 'JP', on: '2026-01' })).toEqual([
      409,
      'too-few-parties',
      '/code',
    ]);
    await done('POST', `${e}/parties`, france);
    const shared = { ...promise, undertakings: [{ party: 'FR' }, { party: 'JP' }] };
    await done('POST', `${e}/commitments`, {
      ...shared,
      id: 'A',
      due: { precision: 'day', day: '2025-06-30' },
    });
    await done('PUT', `${e}/commitments/A/agreement`, { sources: [{ document: 'minutes' }] });
    await done('POST', `${e}/departures`, { code: 'FR', on: '2026-01' });
    expect(await read(e)).toMatchObject({ parties: [...parties, { ...france, left: '2026-01' }] });
    expect(await refused('POST', `${e}/commitments`, { ...shared, id: 'B' })).toEqual([
      404,
      'unknown-party',
      '/undertakings/0/party',
    ]);
    expect(await read(`${e}/commitments/A`)).toMatchObject({
      timeliness: { is: 'overdue', zones: ['Asia/Tokyo', 'Europe/Paris'] },
    });
    const french = await api.key({ role: 'secretariat', party: 'FR' });
    await done('POST', `${e}/commitments/A/progress-reports`, { party: 'FR', health: 'off-track' }, french);
    const page = String((await api.ask('GET', '/')).body.text).replace(/<[^>]+>/g, '');
    expect(page).toContain('India, JapanFrance left January 2026');
  });

  test('reminds by the zones of every party, also of one that left, or that comes back with another', async () => {
    const follow = async () => {
      while ((await step(api.db, reminderPlanning, 'ending')).outcome === 'moved');
    };
    const zones = async () => {
      const { rows } = await sql<{ zones: Record<string, string> }>`
        select zones from reminder_dialogue where log_id = 'ending'`.execute(api.db);
      return rows[0]!.zones;
    };
    const overdue = async () => {
      const { rows } = await sql<{ due_at: string }>`
        select due_at from reminder where log_id = 'ending' and step = 'overdue' and state = 'planned'`.execute(
        api.db,
      );
      return rows.map(({ due_at }) => due_at);
    };
    await follow();
    await new Directory(api.db).put('ending', {
      id: 'desk',
      party: 'JP',
      name: 'Desk',
      address: 'desk@jp.example',
      zone: 'Asia/Tokyo',
      hour: 9,
    });
    expect(await zones()).toEqual({ IN: 'Asia/Kolkata', JP: 'Asia/Tokyo', FR: 'Europe/Paris' });
    // At nine in Tokyo on 1 July it is 1 July in Paris as well.
    expect(await overdue()).toEqual(['2025-07-01T00:00:00.000000Z']);
    await done('POST', `${e}/parties`, { ...france, zone: 'Pacific/Tahiti' });
    await follow();
    expect(await zones()).toMatchObject({ FR: 'Pacific/Tahiti' });
    expect(await overdue()).toEqual(['2025-07-02T00:00:00.000000Z']);
  });

  test('changes its cadence and its rules, for what comes', async () => {
    await done('PUT', `${e}/cadence`, { cadence: 'Twice a year' });
    expect(await refused('POST', `${e}/verification-rules`, { from: '2020-01-01' })).toEqual([
      409,
      'rule-reaches-back',
      '/from',
    ]);
    const rule = { from: '2099-01-01', answerWithinDays: 30 };
    await done('POST', `${e}/verification-rules`, rule);
    expect(await read(e)).toMatchObject({ cadence: 'Twice a year', verificationRules: [rule] });
  });

  test('says of a claim that it is unanswered once its rule’s days are over, and turns no key for that', async () => {
    const clock = jest.spyOn(api.clock, 'now');
    const now = Date.now();
    const passDays = (days: number) => clock.mockReturnValue(new Date(now + days * 86_400_000).toISOString());
    const from = new Date(now + 2 * 86_400_000).toISOString().slice(0, 10);
    await done('POST', `${e}/verification-rules`, { from, answerWithinDays: 30 });
    passDays(3);
    for (const party of ['FR', 'JP']) {
      const key = await api.key({ role: 'secretariat', party });
      const evidence = { id: `map-${party}`, titles: { en: 'Map' }, digest: 'a'.repeat(64) };
      await done('POST', `${e}/commitments/A/evidence`, { party, evidence }, key);
      await done('POST', `${e}/commitments/A/delivery-claims`, { party, evidence: [evidence.id] }, key);
    }
    passDays(33);
    expect((await read(`${e}/commitments/A`)).delivery).not.toHaveProperty('unansweredForDays');
    passDays(43);
    const { status, delivery } = await read(`${e}/commitments/A`);
    clock.mockRestore();
    expect(status).toBe('delivery-claimed');
    // Claimed on the day it was in Tokyo, counted to the day it is in Tahiti.
    expect([39, 40]).toContain((delivery as { unansweredForDays: number }).unansweredForDays);
  });

  test('once concluded takes no new round, follow-up, focus area, proposal, party or rule, and can be read', async () => {
    expect(await refused('PUT', `${e}/conclusion`, { on: '2026-05-01' })).toEqual([
      400,
      'reason-missing',
      '/reason',
    ]);
    await done('POST', `${e}/rounds`, { number: 1, plannedFor: '2026-06', ...place });
    await done('PUT', `${e}/conclusion`, { on: '2026-05-01', reason: 'Its work is done' });
    for (const [method, path, body] of [
      ['POST', 'rounds', { number: 2, plannedFor: '2026-07', ...place }],
      ['PUT', 'rounds/1/holding', { on: '2026-06-01' }],
      ['POST', 'follow-ups', { kind: 'visit', titles: { en: 'Visit' } }],
      ['POST', 'focus-areas', { code: 'X', names: { en: 'X' } }],
      ['POST', 'commitments', promise],
      ['POST', 'parties', { ...france, code: 'DE' }],
      ['POST', 'verification-rules', { from: '2099-01-01' }],
      ['PUT', 'conclusion', { on: '2026-05-01', reason: 'Again' }],
    ] as const) {
      expect([path, ...(await refused(method, `${e}/${path}`, body))]).toEqual([
        path,
        409,
        'dialogue-concluded',
        undefined,
      ]);
    }
    expect(await read(e)).toMatchObject({ concluded: { on: '2026-05-01', reason: 'Its work is done' } });
    // What was undertaken is still owed, and still confirmed.
    const { delivery } = (await read(`${e}/commitments/A`)) as { delivery: { claimDigest: string } };
    const attest = async (party: string) =>
      done(
        'POST',
        `${e}/commitments/A/attestations`,
        { party, claimDigest: delivery.claimDigest },
        await api.key({ role: 'secretariat', party }),
      );
    for (const party of ['FR', 'JP']) await attest(party);
    expect(await read(`${e}/commitments/A`)).toMatchObject({ status: 'verified' });
  });
});

test.each(readModels.map((model) => [model.name, model] as const))(
  '%s rebuilt from the log says the same about all that happened here',
  async (_name, model) => {
    const contents = async () => {
      const dumps = model.tables.map((table) =>
        sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by row`.execute(api.db),
      );
      return (await Promise.all(dumps)).map(({ rows }) => rows);
    };
    const live = await contents();
    await rebuild({ ownerUrl: api.ownerUrl, models: [model] });
    expect(await contents()).toEqual(live);
  },
);
