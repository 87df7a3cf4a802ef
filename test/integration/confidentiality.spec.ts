import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod, type Type } from '@nestjs/common';
import { sql } from 'kysely';
import type { Role } from '../../src/domain/actor.js';
import { maySee, type Reader, type Restriction } from '../../src/domain/confidentiality.js';
import { commitmentDetails } from '../../src/read-models/commitment-details.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { isSeenBy } from '../../src/read-models/seen-by.js';
import { controllers } from '../architecture/routes.js';
import { type Answer, openTestApi, type TestApi } from '../support/http.js';

/** Milliseconds by which the clock of the service is ahead. */
let ahead = 0;
let api: TestApi;
const keys: Record<string, string | undefined> = { nobody: undefined };

/** Who reads; each with what they are in the dialogues below. */
const readers: Readonly<Record<string, Reader>> = {
  nobody: undefined,
  'desk officer of IN': { role: 'desk-officer', party: 'IN' },
  'secretariat of IN': { role: 'secretariat', party: 'IN' },
  'secretariat of JP': { role: 'secretariat', party: 'JP' },
  'secretariat of another government': undefined,
  recorder: { role: 'recorder' },
  auditor: { role: 'auditor' },
};

/** What is withheld, and words that stand nowhere else than in it. */
const secrets: Readonly<Record<string, Restriction>> = {
  parties: { level: 'parties' },
  'own-side': { level: 'own-side', party: 'IN' },
  restricted: { level: 'restricted', party: 'IN', roles: ['secretariat'] },
};
const ids: Record<string, string> = {};
const word = (level: string, what: string) => `secret${level.replace('-', '')}${what}`;

const parties = [
  { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
];
const digest = 'a'.repeat(64);

const promise = (words: string, by = ['IN', 'JP']) => ({
  titles: { en: `${words}title` },
  text: { en: `${words}text` },
  nature: by.length > 1 ? 'joint' : 'unilateral',
  ...(by.length === 1 && { towards: 'JP' }),
  type: 'output',
  strength: 'political',
  focusAreas: ['SC'],
  undertakings: by.map((party) => ({ party })),
  due: { precision: 'day', day: '2099-01-31' },
  sources: [
    { document: 'minutes', quotation: { text: `${words}quotation`, language: 'en', verbatim: true } },
  ],
});

async function done(method: 'POST' | 'PUT', url: string, body: unknown, who = 'recorder'): Promise<Answer> {
  const answer = await api.ask(method, url, { key: keys[who]!, body });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer;
}

const get = (url: string, who = 'nobody', headers: Record<string, string> = {}) =>
  api.ask('GET', url, { ...(keys[who] && { key: keys[who] }), headers });

async function announce(slug: string): Promise<void> {
  const at = `/v1/dialogues/${slug}`;
  await done('POST', '/v1/dialogues', { slug, titles: { en: 'Talks' }, level: 'directors', parties });
  for (const code of ['SC', 'QT']) await done('POST', `${at}/focus-areas`, { code, names: { en: code } });
  const source = { titles: { en: 'Paper' }, date: '2026-01', languages: ['en'] };
  await done('POST', `${at}/sources`, { ...source, id: 'minutes', standing: 'agreed-minutes' });
  await done('POST', `${at}/commitments`, { ...promise('open'), id: 'OPEN-1' });
  await done('PUT', `${at}/commitments/OPEN-1/agreement`, { sources: [{ document: 'minutes' }] });
}

const withhold = (slug: string, level: string, who: string, words = word(level, '')) =>
  done(
    'POST',
    `/v1/dialogues/${slug}/commitments`,
    {
      ...promise(words, level === 'parties' ? ['IN', 'JP'] : ['IN']),
      classification: { confidentiality: secrets[level], ground: `${words}ground` },
    },
    who,
  );

beforeAll(async () => {
  api = await openTestApi();
  api.clock.now = () => new Date(Date.now() + ahead).toISOString();
  keys['recorder'] = await api.key({ role: 'recorder' });
  keys['auditor'] = await api.key({ role: 'auditor' });
  keys['secretariat of another government'] = await api.key({ role: 'secretariat', party: 'US' });
  for (const [name, reader] of Object.entries(readers)) {
    if (!reader?.party) continue;
    keys[name] = await api.key({ role: reader.role as Exclude<Role, 'system'>, party: reader.party });
  }
  await announce('talks');
  await announce('twin');
  for (const level of Object.keys(secrets)) {
    const { body } = await withhold('talks', level, level === 'parties' ? 'recorder' : 'secretariat of IN');
    ids[level] = String(body.id);
  }
  const at = '/v1/dialogues/talks';
  // What happens to a withheld commitment, and what names it elsewhere.
  const shared = `${at}/commitments/${ids['parties']}`;
  await done('PUT', `${shared}/agreement`, { sources: [{ document: 'minutes' }] });
  const said = { party: 'IN', health: 'at-risk', text: { en: word('parties', 'report') } };
  await done('POST', `${shared}/progress-reports`, said, 'desk officer of IN');
  const evidence = { id: word('parties', 'proof'), titles: { en: word('parties', 'evidence') }, digest };
  await done('POST', `${shared}/evidence`, { party: 'IN', evidence }, 'desk officer of IN');
  await done(
    'POST',
    `${shared}/delivery-claims`,
    { party: 'IN', evidence: [evidence.id] },
    'desk officer of IN',
  );
  await done('POST', `${at}/follow-ups`, {
    id: 'about-both',
    kind: 'review',
    titles: { en: 'Both' },
    commitments: ['OPEN-1', ids['parties']],
  });
  for (const level of Object.keys(secrets)) {
    await done(
      'POST',
      `${at}/follow-ups`,
      {
        id: word(level, 'meeting'),
        kind: 'review',
        titles: { en: word(level, 'agenda') },
        commitments: [ids[level]],
      },
      'secretariat of IN',
    );
  }
  // What is told in confidence about a public one.
  for (const [level, confidentiality] of Object.entries(secrets)) {
    const note = { party: 'IN', health: 'off-track', text: { en: word(level, 'note') }, confidentiality };
    await done('POST', `${at}/commitments/OPEN-1/progress-reports`, note, 'secretariat of IN');
    const proof = {
      id: word(level, 'paper'),
      titles: { en: word(level, 'papertitle') },
      digest: (level + digest).replace(/[^a-f]/g, '0').slice(0, 64),
    };
    const submitted = { party: 'IN', evidence: proof, confidentiality };
    await done('POST', `${at}/commitments/OPEN-1/evidence`, submitted, 'secretariat of IN');
  }
  await done(
    'POST',
    `${at}/commitments/OPEN-1/delivery-claims`,
    { party: 'IN', evidence: [word('parties', 'paper')] },
    'secretariat of IN',
  );
});
afterAll(() => api.ending.now());

/** Every address that can be read, of the API and of the pages, as its controllers have it. */
async function readable(commitment: string, followUp = 'about-both'): Promise<string[]> {
  const routes = (await controllers()).flatMap((controller: Type) => {
    const base = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function') return [];
      if (Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.GET) return [];
      const path = String(Reflect.getMetadata(PATH_METADATA, handler));
      return [`/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')];
    });
  });
  const values: Record<string, string> = { dialogue: 'talks', code: 'SC', number: '1', id: commitment };
  const addresses = routes.map((route) =>
    route
      .replace('/follow-ups/:id', `/follow-ups/${followUp}`)
      .replace('/sources/:id', '/sources/minutes')
      .replace(/:(\w+)/g, (_all, name: string) => values[name] ?? 'x'),
  );
  const filters = ['counted=open', 'counted=atRisk', 'focusArea=SC', 'counted=claimed', 'limit=1'];
  const lists = addresses.filter((each) => each.endsWith('/talks/commitments'));
  return [...addresses, ...lists.flatMap((list) => filters.map((filter) => `${list}?${filter}`))];
}

describe.each(Object.keys(readers))('read by: %s', (who) => {
  test.each(Object.keys(secrets))(
    'what is withheld as %s appears nowhere, or to those who may see it',
    async (level) => {
      const may = maySee(readers[who], secrets[level]!);
      const addresses = await readable(ids[level]!, word(level, 'meeting'));
      expect(addresses.length).toBeGreaterThan(15);
      const leaks: string[] = [];
      const shown = new Set<string>();
      for (const address of [...addresses, ...(await readable('OPEN-1'))]) {
        const { body, headers, status } = await get(address, who);
        expect([address, status]).toEqual([address, expect.any(Number)]);
        // What does not exist is called by the name that was asked for.
        const own = status === 404 ? /There is no [a-z ]+ \S+ (in|on record|of your party)/g : /$^/g;
        const text = JSON.stringify([body, headers]).replaceAll(own, '');
        for (const found of text.match(new RegExp(`${word(level, '')}\\w*|${ids[level]}`, 'g')) ?? []) {
          shown.add(found);
          leaks.push(`${address}: ${found}`);
        }
      }
      if (!may) expect(leaks).toEqual([]);
      else {
        const words = [
          'title',
          'text',
          'quotation',
          'ground',
          'note',
          'paper',
          'papertitle',
          'agenda',
          'meeting',
        ];
        const more = level === 'parties' ? ['report', 'proof', 'evidence'] : [];
        expect([...shown]).toEqual(
          expect.arrayContaining([ids[level], ...[...words, ...more].map((what) => word(level, what))]),
        );
      }
    },
  );

  test.each(Object.keys(secrets))(
    'what is withheld as %s is answered byte by byte as what does not exist, or is shown',
    async (level) => {
      const may = maySee(readers[who], secrets[level]!);
      const never = 'zzzzzzzz';
      const plain = ({ status, headers, body }: Answer) => {
        const { correlationId: _own, ...rest } = body;
        const { date: _date, 'content-length': _length, ...others } = headers;
        return JSON.stringify([status, others, rest]).replaceAll(ids[level]!, never);
      };
      const any = { 'if-none-match': '*' };
      for (const url of [
        '/v1/dialogues/talks/commitments/ID',
        '/v1/dialogues/talks/commitments/ID/history',
        '/dialogues/talks/commitments/ID',
      ]) {
        for (const headers of [{}, any]) {
          const hidden = await get(url.replace('ID', ids[level]!), who, headers);
          const missing = await get(url.replace('ID', never), who, headers);
          expect(missing.status).toBe(404);
          if (may) expect([url, hidden.status]).toEqual([url, 'if-none-match' in headers ? 304 : 200]);
          else expect(plain(hidden)).toBe(plain(missing));
        }
      }
      const changes: [string, string, object][] = [
        ['POST', 'progress-reports', { party: 'JP', health: 'on-track' }],
        ['POST', 'text-confirmations', { party: 'JP', textDigest: 'a'.repeat(64) }],
        ['PUT', 'publication', { party: 'JP' }],
        ['PUT', 'withdrawal', { party: 'JP', reason: 'x', sources: [{ document: 'none' }] }],
        ['POST', 'evidence', { party: 'JP', evidence: { id: 'E', titles: { en: 'E' }, digest } }],
      ];
      if (may || !keys[who]) return;
      for (const [method, path, body] of changes) {
        for (const headers of [{}, { 'if-match': '"1"' }] as Record<string, string>[]) {
          const asked = (id: string) =>
            api.ask(method as 'POST', `/v1/dialogues/talks/commitments/${id}/${path}`, {
              key: keys[who]!,
              body,
              headers,
            });
          expect(plain(await asked(ids[level]!))).toBe(plain(await asked(never)));
        }
      }
      const naming = (id: string) =>
        api.ask('POST', '/v1/dialogues/talks/follow-ups', {
          key: keys[who]!,
          body: { kind: 'review', titles: { en: 'x' }, commitments: ['OPEN-1', id] },
        });
      expect(plain(await naming(ids[level]!))).toBe(plain(await naming(never)));
      const hold = (id: string) =>
        api.ask('PUT', `/v1/dialogues/talks/follow-ups/${id}/holding`, {
          key: keys[who]!,
          body: { on: '2026-01-01', with: [{ organisation: 'none' }] },
        });
      expect(plain(await hold(word(level, 'meeting')))).toBe(plain(await hold(never)));
    },
  );

  test('the condition in SQL is the rule of the domain', async () => {
    const reader = readers[who];
    const now = api.clock.now();
    const { rows } = await sql<{ commitment: string }>`
      select commitment from commitment_standing s
       where log_id = 'talks' and ${isSeenBy({ reader, now })}`.execute(api.db);
    const expected = Object.keys(secrets).filter((level) => maySee(reader, secrets[level]!));
    expect(rows.map(({ commitment }) => commitment).toSorted()).toEqual(
      ['OPEN-1', ...expected.map((level) => ids[level]!)].toSorted(),
    );
  });
});

type Status = { totals: Record<string, number>; withheld?: number; focusAreas: { counts: object }[] };
const statusOf = async (slug: string, who = 'nobody') =>
  (await get(`/v1/dialogues/${slug}/status`, who)).body as unknown as Status;

describe('counts', () => {
  /** Everything of a status but what names the dialogue and its place in the log. */
  const counts = ({ totals, focusAreas, withheld }: Status) => ({ totals, focusAreas, withheld });

  test.each(['nobody', 'auditor', 'secretariat of another government'])(
    'differ for %s in nothing from those of a twin without what is withheld',
    async (who) => {
      expect(counts(await statusOf('talks', who))).toEqual(counts(await statusOf('twin', who)));
      const listed = async (slug: string) =>
        ((await get(`/v1/dialogues/${slug}/commitments`, who)).body.commitments as { id: string }[]).map(
          ({ id }) => id,
        );
      expect(await listed('talks')).toEqual(await listed('twin'));
    },
  );

  test('count for those who may see', async () => {
    expect((await statusOf('talks', 'recorder')).totals).toMatchObject({ open: 2, proposed: 0, atRisk: 1 });
    expect((await statusOf('talks', 'desk officer of IN')).totals).toMatchObject({ open: 2, proposed: 1 });
    expect((await statusOf('talks', 'secretariat of IN')).totals).toMatchObject({ open: 2, proposed: 2 });
    expect((await statusOf('talks', 'secretariat of JP')).totals).toMatchObject({ open: 2, proposed: 0 });
  });

  test('say how many are withheld for the dialogue, never per focus area, and nothing of fewer than three', async () => {
    await announce('many');
    for (const expected of [undefined, undefined, 3, 4]) {
      await withhold('many', 'parties', 'recorder');
      await withhold('many', 'own-side', 'secretariat of IN');
      const status = await statusOf('many');
      expect(status.withheld).toBe(expected);
      expect(status.totals).toEqual((await statusOf('twin')).totals);
      expect(JSON.stringify(status.focusAreas)).not.toContain('withheld');
    }
    // What one side keeps to itself is not counted for the other.
    expect((await statusOf('many', 'secretariat of JP')).withheld).toBeUndefined();
    expect((await get('/')).body.text).toContain('4 commitments are shared by the parties and not public');
  });
});

describe('what is told in confidence of a public commitment', () => {
  test('shows in no number of it that others can see', async () => {
    const one = async (who: string) => (await get('/v1/dialogues/talks/commitments/OPEN-1', who)).body;
    expect(await one('nobody')).toMatchObject({
      version: 3,
      status: 'agreed',
      health: { is: 'not-reported', reports: [] },
      delivery: { evidence: [], claims: [{ party: 'IN', evidence: [] }] },
    });
    expect(await one('secretariat of IN')).toMatchObject({
      version: 9,
      status: 'agreed',
      health: { is: 'not-reported', reports: [] },
      delivery: { claims: [{ party: 'IN', evidence: [word('parties', 'paper')] }] },
    });
    const { events } = (await get('/v1/dialogues/talks/commitments/OPEN-1/history', 'secretariat of JP'))
      .body as {
      events: { stream: string; version: number }[];
    };
    const versions = events
      .filter(({ stream }) => stream === 'commitment-OPEN-1')
      .map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5]);
  });

  test('does not come between the other side and a change that rests on what it saw', async () => {
    const at = '/v1/dialogues/twin/commitments/OPEN-1';
    const { etag, body } = await get(at, 'secretariat of JP');
    const confidentiality = { level: 'own-side', party: 'IN' };
    const note = { party: 'IN', health: 'off-track', text: { en: 'Between us.' }, confidentiality };
    await done('POST', `${at}/progress-reports`, note, 'secretariat of IN');
    const after = await get(at, 'secretariat of JP');
    expect([after.etag, after.body]).toEqual([etag, body]);
    const report = (key: string, tag = etag) =>
      api.ask('POST', `${at}/progress-reports`, {
        key: keys[key]!,
        body: { party: key.slice(-2), health: 'on-track' },
        headers: { 'if-match': tag },
      });
    expect((await report('secretariat of IN')).status).toBe(412);
    const made = await report('secretariat of JP');
    expect([made.status, made.body.version]).toEqual([200, 3]);
    expect((await report('secretariat of JP')).body).toMatchObject({ current: { version: 3 } });
  });

  test('can be said only by those whose side it is kept to, and only of what can be told so', async () => {
    const at = '/v1/dialogues/twin/commitments/OPEN-1';
    const confidentiality = { level: 'own-side', party: 'IN' };
    const foreign = await api.ask('POST', `${at}/progress-reports`, {
      key: keys['secretariat of JP']!,
      body: { party: 'JP', health: 'on-track', confidentiality },
    });
    expect([foreign.status, foreign.body.errors?.[0]?.pointer]).toEqual([403, '/confidentiality/party']);
    const other = await api.ask('POST', `${at}/text-confirmations`, {
      key: keys['secretariat of IN']!,
      body: { party: 'IN', textDigest: 'a'.repeat(64), confidentiality },
    });
    expect([other.status, other.body.errors?.[0]?.pointer]).toEqual([400, '/confidentiality']);
  });
});

test('the reference of what is withheld from the beginning is chosen here: one that was guessed would tell', async () => {
  const answer = await api.ask('POST', '/v1/dialogues/twin/commitments', {
    key: keys['recorder']!,
    body: {
      ...promise('x'),
      id: 'SC-9',
      classification: { confidentiality: secrets['parties'], ground: 'x' },
    },
  });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, '/id']);
});

test('an entity tag of one reader is worth nothing to another', async () => {
  for (const url of ['/v1/status', '/v1/dialogues/talks/status', '/v1/dialogues/talks/follow-ups']) {
    const { etag } = await get(url);
    expect((await get(url, 'nobody', { 'if-none-match': etag })).status).toBe(304);
    const other = await get(url, 'secretariat of IN', { 'if-none-match': etag });
    expect([other.status, other.headers['cache-control'], other.headers.vary]).toEqual([
      200,
      'private, no-cache',
      'Authorization',
    ]);
  }
});

describe('an embargo', () => {
  test('ends by the clock: until then the parties see it, then everyone, and pollers are told', async () => {
    await announce('embargoed');
    const at = '/v1/dialogues/embargoed';
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await done('PUT', `${at}/commitments/OPEN-1/embargo`, { party: 'JP', until }, 'secretariat of JP');
    const seen = async (who = 'nobody') => (await get(`${at}/commitments/OPEN-1`, who)).status;
    const tags = async () =>
      Promise.all(
        [`${at}/status`, `${at}/commitments`, '/v1/status'].map(async (url) => (await get(url)).etag),
      );
    expect([await seen(), await seen('secretariat of IN')]).toEqual([404, 200]);
    expect((await get(`${at}/commitments/OPEN-1`, 'secretariat of IN')).body).toMatchObject({
      confidentiality: { level: 'parties' },
      embargoUntil: until,
    });
    const before = await tags();
    expect((await statusOf('embargoed')).totals['open']).toBe(0);
    ahead = 3_600_001;
    try {
      expect([await seen(), await seen('secretariat of IN')]).toEqual([200, 200]);
      expect((await statusOf('embargoed')).totals['open']).toBe(1);
      expect((await get(`${at}/commitments/OPEN-1`)).body['confidentiality']).toEqual({ level: 'public' });
      (await tags()).forEach((tag, index) => expect(tag).not.toBe(before[index]));
    } finally {
      ahead = 0;
    }
  });

  test('is lifted early when every party has said so, and withheld items are published in the same way', async () => {
    const at = `/v1/dialogues/embargoed/commitments`;
    const publish = (id: string, party: 'IN' | 'JP') =>
      done('PUT', `${at}/${id}/publication`, { party }, `secretariat of ${party}`);
    const { body } = await withhold('embargoed', 'parties', 'recorder');
    for (const id of ['OPEN-1', String(body.id)]) {
      expect((await get(`${at}/${id}`)).status).toBe(404);
      await publish(id, 'IN');
      expect((await get(`${at}/${id}`)).status).toBe(404);
      expect((await get(`${at}/${id}`, 'secretariat of JP')).body['publicationAskedBy']).toEqual([
        { party: 'IN' },
      ]);
      await publish(id, 'JP');
      expect((await get(`${at}/${id}`)).body['confidentiality']).toEqual({ level: 'public' });
      const { events } = (await get(`${at}/${id}/history`)).body as { events: { type: string }[] };
      expect(events.map(({ type }) => type).slice(-3)).toEqual([
        'PublicationProposed',
        'PublicationProposed',
        'ReleasedToPublic',
      ]);
    }
  });

  test('that is no instant and no day is refused with the field', async () => {
    for (const until of ['tomorrow', { day: '2099-01-01' }, '2099-01-01']) {
      const { status, body } = await api.ask('PUT', '/v1/dialogues/twin/commitments/OPEN-1/embargo', {
        key: keys['secretariat of IN']!,
        body: { party: 'IN', until },
      });
      expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/until']);
    }
  });
});

test('a page says to those who may read it who else may, and why others may not', async () => {
  const page = async (level: string, who: string) =>
    String((await get(`/dialogues/talks/commitments/${ids[level]}`, who)).body.text).replace(/<[^>]+>/g, '');
  expect(await page('parties', 'recorder')).toContain(
    `Officials of all parties. Withheld from others: ${word('parties', 'ground')}`,
  );
  expect(await page('own-side', 'desk officer of IN')).toContain('Officials of India.');
  expect(await page('restricted', 'secretariat of IN')).toContain('Only the secretariat of India.');
});

test('views of what is withheld are folded anew from the log, byte for byte', async () => {
  const rows = async () => {
    const { rows: found } = await sql<{ row: string }>`
      select s::text as row from commitment_standing s
       union all select d::text from commitment_details d order by row`.execute(api.db);
    return found.map(({ row }) => row);
  };
  const live = await rows();
  expect(live.filter((row) => row.includes('restricted')).length).toBeGreaterThan(0);
  await rebuild({ ownerUrl: api.ownerUrl, models: [focusAreaStatus, commitmentDetails] });
  expect(await rows()).toEqual(live);
});
