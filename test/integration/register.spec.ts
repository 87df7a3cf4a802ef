import { openTestApi, type TestApi } from '../support/http.js';
import { until } from '../support/until.js';

let api: TestApi;
let recorder: string;

beforeAll(async () => {
  api = await openTestApi();
  recorder = await api.key({ role: 'recorder' });
  await done('POST', '/v1/dialogues', {
    slug: 'talks',
    titles: { en: 'Talks' },
    level: 'directors',
    parties: [
      { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
      { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
    ],
  });
  await done('POST', `${d}/rounds`, {
    number: 1,
    plannedFor: '2026-01',
    zone: 'Asia/Tokyo',
    place: { en: 'Tokyo' },
  });
  await done('POST', `${d}/sources`, { ...paper, id: 'minutes', standing: 'agreed-minutes' });
});
afterAll(() => api.ending.now());

const d = '/v1/dialogues/talks';
const paper = { titles: { en: 'Paper' }, date: '2026-01', languages: ['en'] };
const digest = 'a'.repeat(64);

async function done(method: 'POST' | 'PUT', url: string, body: unknown) {
  const answer = await api.ask(method, url, { key: recorder, body });
  expect({ ...answer.body, refused: answer.status >= 300 }).toMatchObject({ refused: false });
  return answer;
}

/** Status, type and first pointer of a refusal. */
async function refused(method: 'POST' | 'PUT', url: string, body: unknown) {
  const answer = await api.ask(method, url, { key: recorder, body });
  return [
    answer.status,
    String(answer.body.type).replace('urn:pacta:problem:', ''),
    answer.body.errors?.[0]?.pointer,
  ];
}

async function history(url: string): Promise<string[]> {
  const { events } = (await read(`${url}/history`)) as { events: { type: string }[] };
  return events.map(({ type }) => type);
}

async function read(url: string) {
  const { status, body } = await api.ask('GET', url);
  expect(status).toBe(200);
  return body;
}

const area = (code: string, more: object = {}) =>
  done('POST', `${d}/focus-areas`, { code, names: { en: `Area ${code}` }, ...more });

const propose = (id: string, more: object) => ({
  id,
  titles: { en: 'Map of suppliers' },
  text: { en: 'Both sides will draw a map of suppliers.' },
  nature: 'joint',
  type: 'output',
  strength: 'political',
  undertakings: [{ party: 'IN' }, { party: 'JP' }],
  sources: [{ document: 'minutes', quotation: { text: 'we will', language: 'en', verbatim: true } }],
  ...more,
});

describe('a focus area', () => {
  test('that is renamed keeps its old name for its time', async () => {
    const made = await area('SC');
    const url = String(made.headers.location);
    expect(url).toBe(`${d}/focus-areas/SC`);
    await done('POST', `${url}/names`, { names: { en: 'Supply', ja: '供給' }, from: '2026-04-01' });
    expect(await read(url)).toMatchObject({
      code: 'SC',
      names: { en: 'Supply', ja: '供給' },
      status: 'active',
      nameHistory: [
        { names: { en: 'Area SC' }, until: '2026-03-31' },
        { names: { en: 'Supply', ja: '供給' }, since: '2026-04-01' },
      ],
    });
    const on = async (day: string) => (await read(`${url}?on=${day}`)).nameOn;
    expect(await on('2026-03-31')).toMatchObject({ day: '2026-03-31', names: { en: 'Area SC' } });
    expect(await on('2026-04-01')).toMatchObject({ names: { en: 'Supply', ja: '供給' } });
  });

  test('keeps its place in the status when it is renamed', async () => {
    await area('LATER');
    await done('POST', `${d}/focus-areas/SC/names`, { names: { en: 'Suppliers' }, from: '2026-05-01' });
    const { focusAreas } = (await read(`${d}/status`)) as { focusAreas: { code: string; names: object }[] };
    expect(focusAreas.map(({ code }) => code)).toEqual(['SC', 'LATER']);
    expect(focusAreas[0]).toMatchObject({ names: { en: 'Suppliers' } });
  });

  test('is renamed on the day from which it is called so, unless something else is said', async () => {
    const { rows } = await api.db
      .selectFrom('event')
      .select('entry')
      .where('type', '=', 'FocusAreaRenamed')
      .orderBy('position')
      .limit(1)
      .execute()
      .then((found) => ({ rows: found.map(({ entry }) => JSON.parse(entry) as object) }));
    expect(rows[0]).toMatchObject({ occurredOn: '2026-04-01', data: { from: '2026-04-01' } });
  });

  test('that was merged takes no new commitment, and those that it has go to its successor', async () => {
    await area('OLD');
    await area('NEW', { parent: 'SC' });
    await done('POST', `${d}/commitments`, propose('OLD-1', { focusAreas: ['OLD'] }));
    await done('PUT', `${d}/focus-areas/OLD/merger`, {
      into: 'NEW',
      occurredOn: '2026-06',
      reason: 'One topic.',
    });
    expect(
      await refused('POST', `${d}/commitments`, propose('OLD-2', { focusAreas: ['SC', 'OLD'] })),
    ).toEqual([409, 'focus-area-ended', '/focusAreas/1']);
    expect((await api.ask('GET', `${d}/commitments/OLD-2`)).status).toBe(404);
    const ended = { how: 'merged', on: '2026-06', reason: 'One topic.', successors: ['NEW'] };
    const moved = async () =>
      (await history(`${d}/commitments/OLD-1`)).includes('CommitmentMovedToFocusArea');
    await until(moved);
    expect(await read(`${d}/focus-areas/OLD/status`)).toMatchObject({ ended, counts: { proposed: 0 } });
    expect(await read(`${d}/focus-areas/NEW/status`)).toMatchObject({
      parent: 'SC',
      counts: { proposed: 1 },
    });
    expect(await read(`${d}/focus-areas/NEW/status`)).not.toHaveProperty('ended');
    expect(await read(`${d}/status`)).toMatchObject({ totals: { proposed: 1 } });
    expect(await read(`${d}/focus-areas/OLD`)).toMatchObject({ status: 'merged', ended });
    const { focusAreas } = (await read(`${d}/focus-areas`)) as { focusAreas: object[] };
    expect(focusAreas).toMatchObject([
      { code: 'SC' },
      { code: 'LATER' },
      { code: 'OLD', status: 'merged' },
      { code: 'NEW', status: 'active' },
    ]);
  });

  test('that was merged, split or retired never lends its code to another', async () => {
    for (const code of ['SPLIT', 'RETIRED']) await area(code);
    await done('PUT', `${d}/focus-areas/SPLIT/split`, { into: ['SC', 'NEW'] });
    await done('PUT', `${d}/focus-areas/RETIRED/retirement`, { reason: 'Closed.' });
    for (const code of ['OLD', 'SPLIT', 'RETIRED']) {
      const again = { code, names: { en: 'Another' } };
      expect(await refused('POST', `${d}/focus-areas`, again)).toEqual([
        409,
        'focus-area-code-taken',
        '/code',
      ]);
      expect(
        await refused('POST', `${d}/focus-areas/${code}/names`, { names: { en: 'X' }, from: '2026' }),
      ).toEqual([409, 'focus-area-ended', undefined]);
      expect(await refused('POST', `${d}/commitments`, propose('NO-1', { focusAreas: [code] }))).toEqual([
        409,
        'focus-area-ended',
        '/focusAreas/0',
      ]);
    }
  });

  test.each([
    ['SC', { into: 'SC' }, [400, 'own-successor', '/into']],
    ['SC', { into: 'NOWHERE' }, [404, 'no-such-focus-area', '/into']],
    ['SC', { into: 'OLD' }, [409, 'focus-area-ended', '/into']],
    ['SC', { into: 7 }, [400, 'invalid', '/into']],
    ['SC', {}, [400, 'invalid', '/into']],
    ['NEW', { into: 'OLD' }, [409, 'focus-area-ended', '/into']],
    ['NOWHERE', { into: 'SC' }, [404, 'no-such-focus-area', undefined]],
  ])('%s is not merged by %j', async (code, body, refusal) => {
    expect(await refused('PUT', `${d}/focus-areas/${code}/merger`, body)).toEqual(refusal);
  });

  test.each([
    [{ into: ['SC'] }, [400, 'invalid', '/into']],
    [{ into: ['NEW', 'NEW'] }, [400, 'invalid', '/into']],
    [{ into: ['NEW', 'OLD'] }, [409, 'focus-area-ended', '/into/1']],
  ])('is not split by %j', async (body, refusal) => {
    expect(await refused('PUT', `${d}/focus-areas/SC/split`, body)).toEqual(refusal);
  });

  test('that nobody knows is not found, whatever is asked of it', async () => {
    for (const url of ['NOWHERE', 'NOWHERE?on=2026-01-01', '%00', 'a%2Fb', '..%5C']) {
      expect((await api.ask('GET', `${d}/focus-areas/${url}`)).status).toBe(404);
    }
  });

  test('is not asked for its name on a day that does not exist', async () => {
    const asked = async (query: string) => (await api.ask('GET', `${d}/focus-areas/SC?${query}`)).body;
    expect(await asked('on=2026-02-30')).toMatchObject({ status: 400, errors: [{ pointer: '/on' }] });
    expect(await asked('on=spring')).toMatchObject({ status: 400, errors: [{ pointer: '/on' }] });
    expect(await asked('at=2026-02-03')).toMatchObject({ status: 400, errors: [{ pointer: '/at' }] });
  });

  test('is answered with an entity tag, which changes when it does', async () => {
    const url = `${d}/focus-areas/SC`;
    const { etag } = await api.ask('GET', url);
    const again = () => api.ask('GET', url, { headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await done('POST', `${url}/names`, { names: { en: 'Supply chains' }, from: '2026-06-01' });
    expect((await again()).status).toBe(200);
  });
});

describe('an organisation', () => {
  const url = '/v1/organisations/meti';

  test('is known by its name on a day, with the abbreviation of that time', async () => {
    await done('POST', '/v1/organisations', {
      code: 'meti',
      names: { en: 'Ministry of International Trade and Industry', ja: '通商産業省' },
      abbreviation: 'MITI',
      kind: 'ministry',
      party: 'JP',
    });
    const names = { en: 'Ministry of Economy, Trade and Industry', ja: '経済産業省' };
    await done('POST', `${url}/names`, { names, abbreviation: 'METI', from: '2001-01-06' });
    const on = async (day: string) => (await read(`${url}?on=${day}`)).nameOn;
    expect(await on('2001-01-05')).toMatchObject({ abbreviation: 'MITI', until: '2001-01-05' });
    expect(await on('2025-01-01')).toEqual({
      day: '2025-01-01',
      names,
      abbreviation: 'METI',
      since: '2001-01-06',
    });
    expect(await read(url)).toMatchObject({ names, abbreviation: 'METI', status: 'active' });
    expect(await read(url)).not.toHaveProperty('nameOn');
  });

  test('that is renamed without an abbreviation has none from then on', async () => {
    await done('POST', `${url}/names`, { names: { en: 'Ministry of Economy' }, from: '2026-01' });
    expect(await read(url)).not.toHaveProperty('abbreviation');
    expect((await read(url)).nameHistory).toMatchObject([
      { abbreviation: 'MITI' },
      { abbreviation: 'METI', until: '2025-12-31' },
      { names: { en: 'Ministry of Economy' }, since: '2026-01' },
    ]);
  });

  test('that merged into another names it, and its code is never used again', async () => {
    const body = (code: string) => ({ code, names: { en: code }, kind: 'agency' });
    for (const code of ['maps', 'coasts', 'surveys', 'forests', 'seas']) {
      await done('POST', '/v1/organisations', body(code));
    }
    await done('PUT', '/v1/organisations/maps/merger', { into: 'surveys', occurredOn: '2025-04-01' });
    await done('PUT', '/v1/organisations/seas/split', { into: ['coasts', 'surveys'] });
    await done('PUT', '/v1/organisations/forests/dissolution', { reason: 'By law.' });
    expect(await read('/v1/organisations/maps')).toMatchObject({
      status: 'merged',
      ended: { how: 'merged', on: '2025-04-01', successors: ['surveys'] },
    });
    expect(await read('/v1/organisations/forests')).toMatchObject({ ended: { reason: 'By law.' } });
    for (const code of ['maps', 'seas', 'forests']) {
      expect(await refused('POST', '/v1/organisations', body(code))).toEqual([
        409,
        'organisation-already-registered',
        '/code',
      ]);
    }
    expect(await refused('PUT', '/v1/organisations/surveys/merger', { into: 'maps' })).toEqual([
      409,
      'organisation-ended',
      '/into',
    ]);
    expect(await refused('PUT', '/v1/organisations/coasts/dissolution', {})).toEqual([
      400,
      'reason-missing',
      '/reason',
    ]);
    const { organisations } = (await read('/v1/organisations')) as { organisations: object[] };
    expect(organisations).toMatchObject([
      { code: 'meti', status: 'active' },
      { code: 'maps', status: 'merged' },
      { code: 'coasts' },
      { code: 'surveys' },
      { code: 'forests', status: 'dissolved' },
      { code: 'seas', status: 'split', ended: { successors: ['coasts', 'surveys'] } },
    ]);
  });

  test('that nobody knows is not found', async () => {
    expect((await api.ask('GET', '/v1/organisations/nobody')).status).toBe(404);
    expect((await api.ask('GET', '/v1/offices/nobody')).status).toBe(404);
  });
});

describe('an office', () => {
  const url = '/v1/offices/survey-director';
  const director = { code: 'survey-director', organisation: 'surveys', titles: { en: 'Director' } };

  test('belongs to an organisation on record, and says what it was called when', async () => {
    expect(await refused('POST', '/v1/offices', { ...director, organisation: 'nobody' })).toEqual([
      404,
      'no-such-organisation',
      '/organisation',
    ]);
    const made = await done('POST', '/v1/offices', { ...director, occurredOn: '2020' });
    expect(made.headers.location).toBe(url);
    await done('POST', `${url}/names`, { titles: { en: 'Surveyor General' }, from: '2025-07-01' });
    expect(await read(`${url}?on=2025-01-01`)).toMatchObject({
      organisation: 'surveys',
      titles: { en: 'Surveyor General' },
      establishedOn: '2020',
      nameOn: { titles: { en: 'Director' }, until: '2025-06-30' },
    });
  });

  test('holds no person: a name has no place in its record', async () => {
    for (const personal of [{ holder: 'A. Name' }, { name: 'A. Name' }, { contact: 'a@b.example' }]) {
      const [pointer] = Object.keys(personal);
      expect(await refused('POST', '/v1/offices', { ...director, code: 'x', ...personal })).toEqual([
        400,
        'invalid',
        `/${pointer}`,
      ]);
    }
  });

  test('that was abolished stays on record, under a code that is never used again', async () => {
    await done('PUT', `${url}/abolition`, { reason: 'Its tasks have moved.' });
    expect(await read('/v1/offices')).toMatchObject({
      offices: [{ code: 'survey-director', status: 'abolished', ended: { reason: 'Its tasks have moved.' } }],
    });
    expect(await refused('POST', '/v1/offices', director)).toEqual([
      409,
      'office-already-established',
      '/code',
    ]);
  });
});

describe('a source document', () => {
  const url = `${d}/sources/statement`;
  const address = 'https://mofa.example/statement';

  test('says when it was read, its copies, translations, dead address, and what replaced it', async () => {
    const registered = { ...paper, standing: 'readout', issuer: 'JP', address, digest };
    const made = await done('POST', `${d}/sources`, {
      ...registered,
      id: 'statement',
      retrievedAt: '2026-01-15T09:30:00Z',
      meeting: { round: 1 },
    });
    expect(made.headers.location).toBe(url);
    const copy = { address: 'https://archive.example/1', digest, retrievedAt: '2026-01-16T09:30:00Z' };
    await done('POST', `${url}/copies`, copy);
    const translation = { language: 'ja', standing: 'unofficial', translator: { organisation: 'meti' } };
    await done('POST', `${url}/translations`, translation);
    await done('POST', `${url}/unreachable-notes`, { on: '2026-05-01', note: { en: 'Gone.' } });
    await done('POST', `${d}/sources`, { ...registered, id: 'corrected', digest: 'c'.repeat(64) });
    await done('PUT', `${url}/replacement`, { by: 'corrected' });
    expect(await read(url)).toMatchObject({
      id: 'statement',
      retrievedAt: '2026-01-15T09:30:00Z',
      meeting: { round: 1 },
      copies: [copy],
      translations: [translation],
      unreachable: [{ on: '2026-05-01', note: { en: 'Gone.' } }],
      replacedBy: 'corrected',
    });
    expect((await api.ask('GET', `${d}/sources/unknown`)).status).toBe(404);
  });

  test('is copied byte for byte: a copy with other bytes is refused, and fixes them where none were known', async () => {
    const copies = (id: string, bytes: string, place: string) =>
      [`${d}/sources/${id}/copies`, { place, digest: bytes, retrievedAt: '2026-01-16T09:30:00Z' }] as const;
    const differs = [409, 'copy-differs', '/digest'];
    expect(await refused('POST', ...copies('statement', 'b'.repeat(64), 'Shelf 1'))).toEqual(differs);
    await done('POST', ...copies('minutes', digest, 'Shelf 1'));
    expect(await refused('POST', ...copies('minutes', 'b'.repeat(64), 'Shelf 2'))).toEqual(differs);
    expect((await read(`${d}/sources/minutes`)).copies).toHaveLength(1);
  });

  test('is replaced without a circle, however long, and by what is on record', async () => {
    await done('POST', `${d}/sources`, { ...paper, id: 'third', standing: 'agreed-minutes' });
    await done('PUT', `${d}/sources/corrected/replacement`, { by: 'third' });
    const replace = (by: string) => refused('PUT', `${d}/sources/third/replacement`, { by });
    expect(await replace('statement')).toEqual([409, 'replacement-in-a-circle', '/by']);
    expect(await replace('third')).toEqual([400, 'replaced-by-itself', '/by']);
    expect(await replace('unknown')).toEqual([404, 'no-such-source-document', '/by']);
  });

  test.each([
    [{ meeting: { round: 9 } }, [404, 'no-such-round', '/meeting/round']],
    [{ meeting: { followUp: 'none' } }, [404, 'no-such-follow-up', '/meeting/followUp']],
    [{ meeting: { round: 1, followUp: 'none' } }, [400, 'invalid', '/meeting']],
    [{ retrievedAt: '2026-01-15' }, [400, 'invalid', '/retrievedAt']],
    [{ retrievedAt: '2026-02-30T00:00:00Z' }, [400, 'invalid', '/retrievedAt']],
    [{ retrievedAt: '2999-01-01T00:00:00Z' }, [409, 'not-yet', '/retrievedAt']],
  ])('is not registered with %j', async (more, refusal) => {
    const body = { ...paper, id: 'bad', standing: 'agreed-minutes', ...more };
    expect(await refused('POST', `${d}/sources`, body)).toEqual(refusal);
  });

  test('has a translator that is on record', async () => {
    const body = { language: 'hi', standing: 'official', translator: { organisation: 'nobody' } };
    expect(await refused('POST', `${url}/translations`, body)).toEqual([
      404,
      'no-such-organisation',
      '/translator/organisation',
    ]);
  });
});

describe('a commitment whose sources are readouts', () => {
  const cite = (document: string, text: string, more: object = {}) => ({
    document,
    quotation: { text, language: 'en', verbatim: true, ...more },
  });
  const from = async (id: string, ...sources: object[]) => {
    await done('POST', `${d}/commitments`, propose(id, { focusAreas: ['SC'], sources }));
    return read(`${d}/commitments/${id}`);
  };

  beforeAll(async () => {
    for (const [id, issuer] of [
      ['mea', 'IN'],
      ['mofa', 'JP'],
    ]) {
      await done('POST', `${d}/sources`, {
        ...paper,
        id,
        standing: 'readout',
        issuer,
        meeting: { round: 1 },
      });
    }
  });

  test('of one meeting that differ keeps both, and says so', async () => {
    const answer = await from('R-1', cite('mea', 'will explore a map'), cite('mofa', 'will draw a map'));
    expect(answer).toMatchObject({
      standing: 'both-readouts',
      textDiverges: true,
      differingAccounts: [
        {
          meeting: { round: 1 },
          language: 'en',
          accounts: [
            { party: 'IN', quotations: [{ document: 'mea', text: 'will explore a map' }] },
            { party: 'JP', quotations: [{ document: 'mofa', text: 'will draw a map' }] },
          ],
        },
      ],
    });
    const { text } = (await api.ask('GET', '/dialogues/talks/commitments/R-1')).body;
    expect(text).toContain('The two sides’ accounts differ');
  });

  test('that agree says nothing of the kind, and one readout alone is only that', async () => {
    const both = await from('R-2', cite('mea', 'will draw a map'), cite('mofa', 'will draw a map'));
    expect(both).toMatchObject({ standing: 'both-readouts', textDiverges: false });
    expect(both).not.toHaveProperty('differingAccounts');
    expect(await from('R-3', cite('mea', 'will'))).toMatchObject({
      standing: 'readout',
      textDiverges: false,
    });
    const { text } = (await api.ask('GET', '/dialogues/talks/commitments/R-2')).body;
    expect(text).not.toContain('accounts differ');
  });

  test('is seen to diverge when the other side’s readout is cited later, and is so in a list too', async () => {
    const url = `${d}/commitments/R-4`;
    expect(await from('R-4', cite('mea', 'will draw'))).toMatchObject({ textDiverges: false });
    const { digest } = (await read(url)).text as { digest: string };
    const body = { party: 'JP', textDigest: digest, sources: [cite('mofa', 'may draw')] };
    const key = await api.key({ role: 'secretariat', party: 'JP' });
    expect((await api.ask('POST', `${url}/text-confirmations`, { key, body })).status).toBe(200);
    expect(await read(url)).toMatchObject({ textDiverges: true, standing: 'both-readouts' });
    const { commitments } = (await read(`${d}/commitments?focusArea=SC`)) as {
      commitments: { id: string }[];
    };
    expect(commitments.find(({ id }) => id === 'R-4')).toMatchObject({ textDiverges: true });
  });

  test('rests on the strongest of them', async () => {
    const minutes = cite('minutes', 'we will');
    expect(await from('R-5', cite('mea', 'will'), minutes)).toMatchObject({ standing: 'agreed-minutes' });
  });

  test('keeps what stands around the quoted words, to find them again', async () => {
    const around = { prefix: 'The two sides ', suffix: ' by 2027.' };
    const { sources } = await from('R-6', cite('mea', 'will draw a map', around));
    expect(sources).toMatchObject([{ quotation: { text: 'will draw a map', ...around } }]);
  });
});
