import { type AddressInfo, connect } from 'node:net';
import { d, heads, openTalks, promise, source, type Talks } from '../support/talks.js';

let api: Talks;
let recorder: string;

beforeAll(async () => {
  api = await openTalks();
  ({ recorder } = api);
  const made: [string, object][] = [
    ['/v1/dialogues', { slug: 'other', titles: { en: 'Other' }, level: 'directors', parties: other }],
    ['/v1/dialogues/other/focus-areas', { code: 'ELSE', names: { en: 'Elsewhere' } }],
    ['/v1/dialogues/other/sources', { ...source, id: 'elsewhere', standing: 'agreed-minutes' }],
  ];
  for (const [url, body] of made) {
    expect((await api.ask('POST', url, { key: recorder, body })).status).toBe(201);
  }
});
afterAll(() => api.ending.now());

const other = [
  { code: 'AU', names: { en: 'Australia' }, zone: 'Australia/Sydney' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
];

/** A promise with one more member, written as it is. */
const raw = (member: string) => `${JSON.stringify(promise).slice(0, -1)}, ${member}}`;

describe('bad input is refused with a pointer to the field, and nothing is written', () => {
  test.each<[string, unknown, number, string | undefined]>([
    ['an unknown member', { ...promise, colour: 'red' }, 400, '/colour'],
    [
      'an unknown member inside',
      { ...promise, undertakings: [{ party: 'IN', boss: 'x' }] },
      400,
      '/undertakings/0/boss',
    ],
    ['a title in no language', { ...promise, titles: {} }, 400, '/titles'],
    ['a title that is a number', { ...promise, titles: { en: 7 } }, 400, '/titles/en'],
    [
      'a year before all records',
      { ...promise, due: { precision: 'day', day: '0000-01-01' } },
      400,
      '/due/day',
    ],
    [
      'a fiscal year without end',
      { ...promise, due: { precision: 'year', year: '9999', calendar: { kind: 'fiscal', startMonth: 4 } } },
      400,
      '/due/year',
    ],
    ['a year of occurrence out of range', { ...promise, occurredOn: '0000-01' }, 400, '/occurredOn'],
    ['a language that is none', { ...promise, titles: { English: 'Map' } }, 400, '/titles/English'],
    ['a focus area named twice', { ...promise, focusAreas: ['SC', 'SC'] }, 400, '/focusAreas'],
    ['a NUL', { ...promise, titles: { en: 'a\u0000b' } }, 400, '/titles/en'],
    ['a lone surrogate', { ...promise, titles: { en: '\ud800' } }, 400, '/titles/en'],
    ['a focus area of nowhere', { ...promise, focusAreas: ['SC', 'XX'] }, 404, '/focusAreas/1'],
    [
      'a source that is not on record',
      { ...promise, sources: [{ document: 'x', quotation: promise.sources[0]!.quotation }] },
      404,
      '/sources/0/document',
    ],
    [
      'a party of nowhere',
      { ...promise, undertakings: [{ party: 'IN' }, { party: 'US' }] },
      404,
      '/undertakings/1/party',
    ],
    [
      'an organisation that is not registered',
      { ...promise, undertakings: [{ party: 'IN', lead: 'x' }, { party: 'JP' }] },
      404,
      '/undertakings/0/lead',
    ],
    ['no words of a source', { ...promise, sources: undefined }, 400, '/sources'],
    ['a future that has not happened', { ...promise, occurredOn: '2999-01-01' }, 409, '/occurredOn'],
    ['an array', [], 400, ''],
    ['text', '"titles"', 400, ''],
    ['null', 'null', 400, ''],
    ['a name used twice', raw('"nature": "joint"'), 400, '/nature'],
    ['a name used twice inside', raw('"round": {"a": 1, "a": 1}'), 400, '/round/a'],
    ['a number beyond all numbers', raw('"round": 1e400'), 400, '/round'],
    ['an integer that is not kept', raw('"round": 9007199254740993'), 400, '/round'],
    ['a fraction of a round', { ...promise, round: 1.5 }, 400, '/round'],
    ['a round before the first', { ...promise, round: 0 }, 400, '/round'],
    ['a round that is not on record', { ...promise, round: 77 }, 404, '/round'],
    ['a prototype', raw('"__proto__": {"invented": true}'), 400, '/__proto__'],
    ['a constructor', raw('"constructor": {"prototype": {}}'), 400, '/constructor'],
    [
      'a prototype for a language',
      { ...promise, titles: { en: 'x', ['__proto__']: 'x' } },
      400,
      '/titles/__proto__',
    ],
    ['a name with NUL', { ...promise, 'a\0': 1 }, 400, '/a\0'],
    [
      'nesting to a depth of a thousand',
      raw(`"due": ${'['.repeat(1000)}${']'.repeat(1000)}`),
      400,
      `/due${'/0'.repeat(31)}`,
    ],
    ['a character of zero width in a title', { ...promise, titles: { en: 'Ma\u200bp' } }, 400, '/titles/en'],
    [
      'a title that turns the order of reading',
      { ...promise, titles: { en: '\u202etxt' } },
      400,
      '/titles/en',
    ],
    ['a title of two lines', { ...promise, titles: { en: 'Map\nof' } }, 400, '/titles/en'],
    ['a title of 301 characters', { ...promise, titles: { en: 'x'.repeat(301) } }, 400, '/titles/en'],
    [
      'a day that does not exist',
      { ...promise, due: { precision: 'day', day: '2026-02-30' } },
      400,
      '/due/day',
    ],
    ['an occurrence on no day', { ...promise, occurredOn: '2026-02-30' }, 400, '/occurredOn'],
    ['an occurrence in no month', { ...promise, occurredOn: '2026-13' }, 400, '/occurredOn'],
    ['a focus area of another dialogue', { ...promise, focusAreas: ['ELSE'] }, 404, '/focusAreas/0'],
    [
      'a source of another dialogue',
      { ...promise, sources: [{ document: 'elsewhere' }] },
      404,
      '/sources/0/document',
    ],
  ])('%s', async (_what, body, status, pointer) => {
    const before = await heads(api);
    const answer = await api.ask('POST', `${d}/commitments`, { key: recorder, body });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
    expect(answer.body).toMatchObject({
      status,
      title: expect.any(String),
      correlationId: expect.any(String),
    });
    expect(await heads(api)).toEqual(before);
  });
});

test.each([
  ['a NUL in an address', { address: 'https://example.org/\u0000' }, '/address'],
  ['a lone surrogate in an address', { address: 'https://example.org/\ud800' }, '/address'],
  ['a language that is none', { languages: [''] }, '/languages/0'],
  ['a NUL for a language', { languages: ['\u0000'] }, '/languages/0'],
])('a source with %s is refused, and no view is parked', async (_what, wrong, pointer) => {
  const body = { ...source, ...wrong, id: 'wrong', standing: 'press-report' };
  const answer = await api.ask('POST', `${d}/sources`, { key: recorder, body });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  expect((await api.ask('GET', '/health/ready')).body).toMatchObject({ status: 'ok', parked: [] });
});

test.each([
  ['GET', '/v1/dialogues/%00'],
  ['GET', '/v1/dialogues/%00/status'],
  ['GET', `${d}/commitments/%00/history`],
  ['POST', '/v1/dialogues/%00/focus-areas'],
  ['DELETE', `${d}/contacts/%00`],
] as const)('%s %s is not on record', async (method, url) => {
  const key = method === 'DELETE' ? api.secretariat.JP : recorder;
  const body = method === 'POST' ? { code: 'A', names: { en: 'A' } } : undefined;
  expect((await api.ask(method, url, { key, ...(body && { body }) })).status).toBe(404);
});

describe('a body that is no JSON document is refused, and nothing is written', () => {
  const json = 'application/json';
  test.each<[string, string | Buffer | undefined, string | undefined, number, string]>([
    ['cut off', '{"titles":', json, 400, 'not-json'],
    ['empty', '', json, 400, 'not-json'],
    ['absent', undefined, undefined, 400, 'invalid'],
    ['begun by a byte order mark', `\ufeff${JSON.stringify(promise)}`, json, 400, 'not-json'],
    ['in Latin-1', Buffer.from('{"a": "é"}', 'latin1'), json, 400, 'not-json'],
    [
      'in Latin-1, and says so',
      Buffer.from('{"a": "é"}', 'latin1'),
      `${json}; charset=latin1`,
      400,
      'not-json',
    ],
    ['of a megabyte', JSON.stringify({ titles: { en: 'x'.repeat(1_000_000) } }), json, 413, 'too-large'],
    ['text', JSON.stringify(promise), 'text/plain', 415, 'not-json'],
    ['a form', 'titles=Map', 'application/x-www-form-urlencoded', 415, 'not-json'],
    ['a form of several parts', 'x', 'multipart/form-data; boundary=x', 415, 'not-json'],
    ['of a type that is none', JSON.stringify(promise), ';', 415, 'not-json'],
    ['of no type', JSON.stringify(promise), undefined, 415, 'not-json'],
  ])('when it is %s', async (_what, payload, type, status, code) => {
    const before = await heads(api);
    const answer = await api.app.inject({
      method: 'POST',
      url: `${d}/commitments`,
      headers: { authorization: `Bearer ${recorder}`, ...(type && { 'content-type': type }) },
      ...(payload !== undefined && { payload }),
    });
    expect([answer.statusCode, answer.headers['content-type'], answer.json()]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
      expect.objectContaining({ type: `urn:pacta:problem:${code}`, correlationId: expect.any(String) }),
    ]);
    expect(await heads(api)).toEqual(before);
  });
});

test.each([
  ['a zone that is none', { parties: [other[0], { ...other[1], zone: 'Asia/Edo' }] }, '/parties/1/zone'],
  [
    'a difference in hours for a zone',
    { parties: [{ ...other[0], zone: '+10:00' }, other[1]] },
    '/parties/0/zone',
  ],
  ['a party named twice', { parties: [other[0], other[0]] }, '/parties'],
  ['one party', { parties: [other[0]] }, '/parties'],
  ['the name of the registry', { slug: 'registry' }, '/slug'],
  ['the name of a path', { slug: '../talks' }, '/slug'],
])('a dialogue with %s is refused', async (_what, wrong, pointer) => {
  const body = { slug: 'new', titles: { en: 'New' }, level: 'directors', parties: other, ...wrong };
  const before = await heads(api);
  const answer = await api.ask('POST', '/v1/dialogues', { key: recorder, body });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  expect(await heads(api)).toEqual(before);
});

test.each([
  ['an unknown member', { phone: '1' }, '/phone'],
  ['a name that hides something', { name: 'An\u200bna' }, '/name'],
  ['a name of two lines', { name: 'Anna\nBcc: x@y.example' }, '/name'],
  ['an address that is none', { address: 'anna' }, '/address'],
  ['an address of two lines', { address: 'a@b.example\r\nBcc: x@y.example' }, '/address'],
  ['an hour after the last', { hour: 24 }, '/hour'],
  ['half an hour', { hour: 9.5 }, '/hour'],
  ['a zone that is none', { zone: 'Asia/Edo' }, '/zone'],
])('a contact with %s is refused', async (_what, wrong, pointer) => {
  const body = { name: 'Anna', address: 'anna@jp.example', zone: 'Asia/Tokyo', ...wrong };
  const key = api.secretariat.JP;
  const answer = await api.ask('PUT', `${d}/contacts/anna`, { key, body });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  expect((await api.ask('GET', `${d}/contacts`, { key })).body).toEqual({ contacts: [] });
});

describe('a question that is not as it must be is refused', () => {
  test.each([
    ['limit=0', '/limit'],
    ['limit=501', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=1e2', '/limit'],
    ['limit=0x10', '/limit'],
    ['limit=%2010', '/limit'],
    ['limit=', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=99999999999999999999', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['after=%00', '/after'],
    ['after=%ff', '/after'],
    ['after=a%27--', '/after'],
    [`after=${'x'.repeat(65)}`, '/after'],
    ['after=a&after=b', '/after'],
    ['after[]=a', '/after[]'],
    ['counted=everything', '/counted'],
    ['counted=constructor', '/counted'],
    ['party=in', '/party'],
    ['focusArea=%ED%A0%80', '/focusArea'],
    ['colour=red', '/colour'],
  ])('%s', async (query, pointer) => {
    const { status, body } = await api.ask('GET', `${d}/commitments?${query}`);
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });

  test('with a place in a list that is nobody’s: the list goes on after it', async () => {
    expect((await api.ask('GET', `${d}/commitments?after=zzzz`)).body).toEqual({ commitments: [] });
  });
});

describe('an address that leads nowhere is answered by a problem document', () => {
  test.each<['GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH', string, number]>([
    ['GET', `/v1/dialogues/${'x'.repeat(101)}`, 404],
    ['GET', `${d}/commitments/${'x'.repeat(5000)}`, 404],
    ['GET', '/v1/dialogues/%zz', 400],
    ['GET', '/v1/dialogues/%ff/status', 400],
    ['GET', '/v1/dialogues/%ed%a0%80/status', 400],
    ['GET', `${d}/commitments/..%2f..%2fhealth`, 404],
    ['GET', `${d}/commitments/__proto__`, 404],
    ['GET', `${d}/focus-areas/constructor/status`, 404],
    ['GET', '/v1/dialogues/registry', 404],
    ['GET', '/v1/dialogues/registry/status', 404],
    ['GET', '//', 404],
    ['POST', '/v1/dialogues/%zz/focus-areas', 400],
    ['POST', '/v1/dialogues/registry/focus-areas', 404],
    ['PUT', `${d}/rounds/one/holding`, 404],
    ['PUT', `${d}/rounds/1e0/holding`, 404],
    ['PUT', `${d}/commitments/%00/agreement`, 404],
    ['PATCH', `${d}/commitments/x`, 404],
    ['DELETE', `${d}/commitments/x`, 404],
  ])('%s %s', async (method, url, status) => {
    const before = await heads(api);
    const bodies = {
      POST: { code: 'A', names: { en: 'A' } },
      PUT: url.includes('round') ? { on: '2026-01-01' } : {},
    };
    const body = method === 'POST' || method === 'PUT' ? bodies[method] : undefined;
    const answer = await api.ask(method, url, { key: recorder, ...(body && { body }) });
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
      expect.objectContaining({ status, detail: expect.any(String), correlationId: expect.any(String) }),
    ]);
    expect(await heads(api)).toEqual(before);
  });
});

describe('header fields that cannot be meant', () => {
  const body = { code: 'HEAD', names: { en: 'x' } };
  test.each<[string, Record<string, string>, number]>([
    ['a tag without quotes', { 'if-match': '42' }, 400],
    ['a tag beyond all positions', { 'if-match': `"${'9'.repeat(400)}x"` }, 400],
    ['a tag that is not ASCII', { 'if-match': '"é"' }, 400],
    ['many tags of which one is none', { 'if-match': `${'"1", '.repeat(1000)}"x"` }, 400],
    ['a key that is not ASCII', { authorization: 'Bearer pacta_é' }, 401],
    ['a key without end', { authorization: `Bearer pacta_${'a'.repeat(8000)}` }, 401],
    ['another way of saying who one is', { authorization: 'Basic cGFjdGE6cGFjdGE=' }, 401],
  ])('%s', async (_what, headers, status) => {
    const before = await heads(api);
    const answer = await api.ask('POST', `${d}/focus-areas`, { key: recorder, body, headers });
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await heads(api)).toEqual(before);
  });

  test.each(['42', '"é"', '"'.repeat(999), 'W/"', ',,,', '\u00ff'])(
    'a tag that matches nothing is no reason to refuse a reader: %s',
    async (tag) => {
      const answer = await api.ask('GET', `${d}/status`, { headers: { 'if-none-match': tag } });
      expect(answer.status).toBe(200);
    },
  );

  test('what is no request at all is answered by a problem document, and the connection ends', async () => {
    await api.app.listen(0, '127.0.0.1');
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let heard = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
        socket.on('close', () => resolve(heard)).on('error', reject);
      });
    const tooLong = await say(`GET /v1/status HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(tooLong).toMatch(/^HTTP\/1\.1 431 [^]*urn:pacta:problem:headers-too-large/);
    expect(await say('NO HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*urn:pacta:problem:malformed/);
    expect(await say('GET /v1/status HTTP/1.1\r\nHost: x\r\nBad\0: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const both = 'Content-Length: 2\r\nTransfer-Encoding: chunked';
    expect(await say(`POST /v1/dialogues HTTP/1.1\r\nHost: x\r\n${both}\r\n\r\n{}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });
});

describe('titles in the languages of the parties', () => {
  const titles = {
    ja: 'サプライチェーンの強靱化',
    hi: 'आपूर्ति शृंखला का लचीलापन',
    ne: 'क्\u200dष',
    fa: 'می\u200cخواهم',
  };
  test.each(['LANG-1', undefined])('are read back as they were recorded (id %s)', async (id) => {
    const made = await api.ask('POST', `${d}/commitments`, {
      key: recorder,
      body: { ...promise, id, titles },
    });
    expect(made.status).toBe(201);
    const { body } = await api.ask('GET', String(made.headers.location));
    expect(body.titles).toEqual(titles);
    const { commitments } = (await api.ask('GET', `${d}/commitments`)).body as {
      commitments: { id: string }[];
    };
    expect(commitments.find((each) => each.id === made.body.id)).toMatchObject({ titles });
  });

  test.each([['ja'], ['hi'], ['fa']] as const)(
    'stand on the page of their commitment (%s)',
    async (language) => {
      const body = { ...promise, id: `PAGE-${language}`, titles: { [language]: titles[language] } };
      expect((await api.ask('POST', `${d}/commitments`, { key: recorder, body })).status).toBe(201);
      const page = await api.ask('GET', `/dialogues/talks/commitments/PAGE-${language}`);
      expect(page.body.text).toContain(`<h1><span lang="${language}">${titles[language]}</span></h1>`);
    },
  );

  test('are composed, so that equal words are equal', async () => {
    const decomposed = { ja: titles.ja.normalize('NFD'), hi: titles.hi.normalize('NFD') };
    expect(decomposed.ja).not.toBe(titles.ja);
    const body = { ...promise, id: 'LANG-2', titles: decomposed };
    expect((await api.ask('POST', `${d}/commitments`, { key: recorder, body })).status).toBe(201);
    expect((await api.ask('GET', `${d}/commitments/LANG-2`)).body.titles).toEqual({
      ja: titles.ja,
      hi: titles.hi,
    });
  });
});
