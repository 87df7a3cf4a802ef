import { acting } from '../support/acting.js';
import { d, openTalks, type Talks } from '../support/talks.js';

let api: Talks;
const { done, read, history, propose, agreed } = acting(() => api);

const minutes = { sources: [{ document: 'minutes' }] };
const [first, second, second2] = [
  'Both will draw a map.',
  'Both will draw two mpas.',
  'Both will draw two maps.',
];

/** The instant at which the last event of the commitment was recorded. */
const recordedLast = async (id: string) => (await history(id)).at(-1)!['recordedAt' as never] as string;

beforeAll(async () => {
  api = await openTalks();
});
afterAll(() => api.ending.now());

describe('a commitment as it was', () => {
  let known: Record<'agreed' | 'amended' | 'corrected' | 'extended' | 'paused', string>;
  const at = (moment: Record<string, string>, key?: string) =>
    read(`commitments/A?${new URLSearchParams(moment)}`, key);
  const words = async (moment: Record<string, string>) =>
    ((await at(moment)) as { text: { words: { en: string } } }).text.words.en;

  beforeAll(async () => {
    await propose('A', {
      titles: { en: 'Map of suplliers' },
      text: { en: first },
      due: { precision: 'day', day: '2026-06-30' },
      occurredOn: '2026-01-10',
    });
    await done('PUT', 'commitments/A/agreement', { ...minutes, occurredOn: '2026-01-20' });
    const on = (occurredOn: string, more: object) => ({ occurredOn, ...more });
    const agreedAt = await recordedLast('A');
    await done(
      'POST',
      'commitments/A/progress-reports',
      on('2026-02-15', { party: 'JP', health: 'on-track' }),
      api.desk,
    );
    await done(
      'POST',
      'commitments/A/amendments',
      on('2026-03-15', { from: '2026-04-01', changes: { text: { en: second } }, ...minutes }),
    );
    const amended = await recordedLast('A');
    await done('POST', 'commitments/A/corrections', {
      changes: { text: { en: second2 } },
      reason: 'Misspelt',
    });
    await done('POST', 'commitments/A/corrections', {
      changes: { titles: { en: 'Map of suppliers' } },
      reason: 'Misspelt',
    });
    const corrected = await recordedLast('A');
    await done(
      'POST',
      'commitments/A/extension-requests',
      on('2026-05-20', {
        party: 'JP',
        due: { precision: 'day', day: '2026-09-30' },
        reasonCode: 'counterpart-not-ready',
      }),
      api.desk,
    );
    await done(
      'POST',
      'commitments/A/extension-grants',
      on('2026-07-10', { party: 'IN' }),
      api.secretariat.IN,
    );
    const extended = await recordedLast('A');
    await done(
      'POST',
      'commitments/A/pauses',
      on('2026-05-01', { party: 'JP', reasonCode: 'counterpart-not-ready' }),
      api.desk,
    );
    known = { agreed: agreedAt, amended, corrected, extended, paused: await recordedLast('A') };
  });

  test('says what was shown at an instant: what came later was not known then, nor what was repaired', async () => {
    expect(await at({ knownAt: known.agreed })).toMatchObject({
      titles: { en: 'Map of suplliers' },
      status: 'agreed',
      text: { words: { en: first } },
      due: { window: { end: '2026-06-30' } },
      amendments: [],
      version: 2,
    });
    expect(await at({ knownAt: known.amended })).toMatchObject({
      titles: { en: 'Map of suplliers' },
      text: { words: { en: second } },
      status: 'in-progress',
    });
    expect(await at({ knownAt: known.corrected })).toMatchObject({
      titles: { en: 'Map of suppliers' },
      text: { words: { en: second2 } },
    });
  });

  test('counts an instant with any offset, to the microsecond, and a day to its end', async () => {
    const before = known.amended.replace(
      /\d{6}Z$/,
      (all) => `${String(Number(all.slice(0, 6)) - 1).padStart(6, '0')}Z`,
    );
    expect(await words({ knownAt: before })).toBe(first);
    const inTokyo =
      new Date(Date.parse(known.amended) + 9 * 3_600_000).toISOString().slice(0, 19) +
      known.amended.slice(19, 26) +
      '+09:00';
    expect(await words({ knownAt: inTokyo })).toBe(second);
    expect(await at({ knownAt: known.paused.slice(0, 10) })).toMatchObject({ status: 'paused' });
  });

  test('says what was true on a day, as is known now: an amendment from its day on, a correction from the beginning', async () => {
    expect(await at({ effectiveAt: '2026-03-31' })).toMatchObject({
      titles: { en: 'Map of suppliers' },
      text: { words: { en: first } },
      status: 'in-progress',
      due: { window: { end: '2026-06-30' } },
      timeliness: { daysLeft: 91 },
      health: { is: 'on-track' },
      // Decided by then, though it did not hold yet.
      amendments: [{ from: '2026-04-01', changes: { text: { en: second2 } } }],
    });
    expect(await at({ effectiveAt: '2026-04-01' })).toMatchObject({ text: { words: { en: second2 } } });
    // Before it was decided, too, what was corrected later is the amendment and not what was agreed at first.
    expect(await at({ effectiveAt: '2026-02-01' })).toMatchObject({
      titles: { en: 'Map of suppliers' },
      text: { words: { en: first } },
      status: 'agreed',
      amendments: [],
    });
    expect(await at({ effectiveAt: '2026-01-10' })).toMatchObject({ status: 'proposed' });
  });

  test('counts the days overdue by the date that held on the day', async () => {
    expect(await at({ effectiveAt: '2026-07-05' })).toMatchObject({
      due: { window: { end: '2026-06-30' } },
      timeliness: { is: 'overdue' },
      dueHistory: { daysOverdue: 4, requested: { party: 'JP' }, extensions: 0 },
    });
    expect(await at({ effectiveAt: '2026-07-10' })).toMatchObject({
      due: { window: { end: '2026-09-30' } },
      dueHistory: {
        baseline: { window: { end: '2026-06-30' } },
        daysOverdue: 9,
        extensions: 1,
        slipDays: 92,
      },
    });
  });

  test('says what was believed at an instant about a day: what was entered late was not known before', async () => {
    const may = { effectiveAt: '2026-05-10' };
    expect(await at({ ...may, knownAt: known.extended })).toMatchObject({ status: 'in-progress' });
    expect(await at({ ...may, knownAt: known.paused })).toMatchObject({
      status: 'paused',
      reached: { paused: '2026-05-01' },
    });
    expect(await at(may)).toMatchObject({ status: 'paused' });
    expect(await at({ effectiveAt: '2026-04-30' })).toMatchObject({ status: 'in-progress' });
    const april = { effectiveAt: '2026-04-10' };
    expect(await words({ ...april, knownAt: known.agreed })).toBe(first);
    expect(await words({ ...april, knownAt: known.amended })).toBe(second);
    expect(await words({ ...april, knownAt: known.corrected })).toBe(second2);
  });

  test('is as it stands, for an instant that has not come', async () => {
    const { timeliness } = await at({});
    expect(await at({ knownAt: '2999-01-01T00:00:00Z' })).toMatchObject({ timeliness });
  });

  test('has words that hold from a day to come then, and today’s until then', async () => {
    await agreed('F', { text: { en: first } });
    await done('POST', 'commitments/F/amendments', {
      from: '2099-01-01',
      changes: { text: { en: second } },
      ...minutes,
    });
    const text = async (query: string) =>
      ((await read(`commitments/F${query}`)) as { text: { words: object } }).text.words;
    expect(await text('')).toEqual({ en: first });
    expect(await text('?effectiveAt=2098-12-31')).toEqual({ en: first });
    expect(await text('?effectiveAt=2099-01-01')).toEqual({ en: second });
  });

  test('has words that were agreed with effect from a day that had passed from that day on', async () => {
    await agreed('G', { text: { en: first }, occurredOn: '2025-01-01' }, { occurredOn: '2025-01-01' });
    const tag = (await api.ask('GET', `${d}/commitments/G?effectiveAt=2025-06-01`)).etag;
    await done('POST', 'commitments/G/amendments', {
      from: '2025-06-01',
      changes: { text: { en: second } },
      ...minutes,
    });
    expect(await read('commitments/G?effectiveAt=2025-05-31')).toMatchObject({
      text: { words: { en: first } },
      amendments: [],
    });
    expect(await read('commitments/G?effectiveAt=2025-06-01')).toMatchObject({
      text: { words: { en: second } },
    });
    const polled = await api.ask('GET', `${d}/commitments/G?effectiveAt=2025-06-01`, {
      headers: { 'if-none-match': tag },
    });
    expect(polled.status).toBe(200);
  });
});

describe('a moment', () => {
  test.each([
    ['effectiveAt', '2026-02-30'],
    ['effectiveAt', '2026-13-01'],
    ['effectiveAt', '2026-03'],
    ['effectiveAt', ''],
    ['effectiveAt', 'today'],
    ['effectiveAt', '2026-03-31T00:00:00Z'],
    ['effectiveAt', '2026-03-31&effectiveAt=2026-04-01'],
    ['effectiveAt', '%00'],
    ['knownAt', '2026-02-30'],
    ['knownAt', '2026-03-31T10:00:00'],
    ['knownAt', '2026-03-31T25:00:00Z'],
    ['knownAt', '2026-02-30T10:00:00Z'],
    ['knownAt', '2026-03-31T10:00:00[Asia/Tokyo]'],
    ['knownAt', '1'],
    ['asOf', '2026-03-31'],
  ])('%s=%s is refused with the field', async (name, value) => {
    const { status, body } = await api.ask('GET', `${d}/commitments/A?${name}=${value}`);
    expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([400, [`/${name}`]]);
  });

  test.each([
    'effectiveAt=0001-01-01',
    'effectiveAt=9999-12-31',
    'knownAt=0001-01-01',
    'knownAt=9999-12-31T23:59:59.999999999-18:00',
  ])('far away is no trouble: %s', async (query) => {
    expect([200, 400, 404]).toContain((await api.ask('GET', `${d}/commitments/A?${query}`)).status);
  });

  test('before it was proposed, true or known, has nothing of it: as if it did not exist', async () => {
    const never = await api.ask('GET', `${d}/commitments/nowhere?effectiveAt=2026-01-09`);
    for (const query of [
      'effectiveAt=2026-01-09',
      'knownAt=2020-01-01',
      'effectiveAt=2026-03-01&knownAt=2020-01-01T00:00:00Z',
    ]) {
      const { status, body } = await api.ask('GET', `${d}/commitments/A?${query}`);
      expect([status, body.type]).toEqual([404, never.body.type]);
      expect(body.detail).toBe(String(never.body.detail).replace('nowhere', 'A'));
    }
  });
});

describe('what is withheld now', () => {
  const moments = [
    '',
    '?effectiveAt=2026-02-01',
    '?knownAt=2999-01-01',
    '?effectiveAt=2026-02-01&knownAt=2999-01-01',
  ];

  test('is 404 for whoever may not see it, whatever the moment, though it was public then', async () => {
    await agreed('W', { occurredOn: '2026-01-10' }, { occurredOn: '2026-01-20' });
    const open = await recordedLast('W');
    const status = async (query: string, key?: string) =>
      (await api.ask('GET', `${d}/commitments/W${query}`, { ...(key && { key }) })).status;
    for (const moment of [...moments, `?knownAt=${open}`])
      expect([moment, await status(moment)]).toEqual([moment, 200]);
    const classification = { confidentiality: { level: 'parties' }, ground: 'Negotiations' };
    await done('PUT', 'commitments/W/classification', { party: 'JP', classification }, api.secretariat.JP);
    for (const moment of [...moments, `?knownAt=${open}`]) {
      expect([moment, await status(moment), await status(moment, api.secretariat.IN)]).toEqual([
        moment,
        404,
        200,
      ]);
    }
  });

  test('is not named as what something was succeeded by, whatever the moment', async () => {
    await agreed('S');
    await agreed('T');
    await done('PUT', 'commitments/S/supersession', { by: ['T'], ...minutes });
    const classification = { confidentiality: { level: 'parties' }, ground: 'Negotiations' };
    await done('PUT', 'commitments/T/classification', { party: 'JP', classification }, api.secretariat.JP);
    for (const moment of ['', '?effectiveAt=2099-01-01', '?knownAt=2999-01-01']) {
      expect(await read(`commitments/S${moment}`)).toMatchObject({ successors: [] });
      expect(await read(`commitments/S${moment}`, api.secretariat.IN)).toMatchObject({ successors: ['T'] });
    }
  });

  test.each([
    ['as it stands', '', 'S1', 'T1'],
    ['as of a day', '?effectiveAt=2099-01-01', 'S2', 'T2'],
  ])(
    'is told to whoever polls what it succeeded, %s, once it is released',
    async (_as, moment, before, after) => {
      await agreed(before);
      await agreed(after);
      await done('PUT', `commitments/${before}/supersession`, { by: [after], ...minutes });
      const classification = { confidentiality: { level: 'parties' }, ground: 'Negotiations' };
      await done(
        'PUT',
        `commitments/${after}/classification`,
        { party: 'JP', classification },
        api.secretariat.JP,
      );
      const url = `${d}/commitments/${before}${moment}`;
      const poll = (tag: string) => api.ask('GET', url, { headers: { 'if-none-match': tag } });
      const { etag, body } = await api.ask('GET', url);
      expect([body['successors'], (await poll(etag)).status]).toEqual([[], 304]);
      for (const party of ['IN', 'JP'] as const)
        await done('PUT', `commitments/${after}/publication`, { party }, api.secretariat[party]);
      const polled = await poll(etag);
      expect([polled.status, polled.body['successors']]).toEqual([200, [after]]);
      expect((await poll(polled.etag)).status).toBe(304);
      // Its own events are all that a change rests on: both tags name the same position.
      expect(polled.etag.split('-')[0]).toBe(etag.split('-')[0]);
    },
  );
});

test('a poll of a moment is answered 304 until what is known of it changes', async () => {
  await agreed('E', { occurredOn: '2026-01-10' }, { occurredOn: '2026-01-20' });
  const url = `${d}/commitments/E?effectiveAt=2026-02-01`;
  const poll = async (tag: string) => api.ask('GET', url, { headers: { 'if-none-match': tag } });
  const { etag } = await api.ask('GET', url);
  expect((await poll(etag)).status).toBe(304);
  // Of a later day: nothing of February changes.
  await done('POST', 'commitments/E/progress-reports', { party: 'JP', health: 'on-track' }, api.desk);
  expect((await poll(etag)).status).toBe(304);
  await done(
    'POST',
    'commitments/E/progress-reports',
    { party: 'JP', health: 'at-risk', occurredOn: '2026-01-25' },
    api.desk,
  );
  const polled = await poll(etag);
  expect([polled.status, polled.body['status']]).toEqual([200, 'in-progress']);
  await done('POST', 'commitments/E/corrections', {
    changes: { titles: { en: 'Chart' } },
    reason: 'Wrong title',
  });
  expect((await poll(polled.etag)).body).toMatchObject({ titles: { en: 'Chart' } });
});
