import { sql } from 'kysely';
import { NotFound } from '../../src/domain/refusal.js';
import { ApiKeys } from '../../src/identity/api-keys.js';
import { Grants } from '../../src/identity/grants.js';
import { openTestApi, type TestApi } from '../support/http.js';

let api: TestApi;
let keys: ApiKeys;
let grants: Grants;

beforeAll(async () => {
  api = await openTestApi();
  keys = api.app.get(ApiKeys);
  grants = api.app.get(Grants);
  const key = await api.key({ role: 'recorder' });
  const parties = ['IN', 'JP'].map((code) => ({ code, names: { en: code }, zone: 'UTC' }));
  const body = { slug: 'talks', titles: { en: 'Talks' }, level: 'directors', parties };
  await api.ask('POST', '/v1/dialogues', { key, body });
  const survey = { code: 'survey', names: { en: 'Survey' }, kind: 'agency', party: 'IN' };
  await api.ask('POST', '/v1/organisations', { key, body: survey });
});
afterAll(() => api.ending.now());

const idOf = (key: string) => key.split('_')[1]!;
const shown = async (key: string) => (await keys.list()).find(({ id }) => id === idOf(key));

/** 400 for whoever is let in: the body is none. */
const tries = async (key: string, at: TestApi = api) =>
  (await at.ask('POST', '/v1/dialogues/talks/sources', { key, body: {} })).status;

describe('an API key', () => {
  test('is shown once and kept as a digest only: neither table nor log nor list holds its secret', async () => {
    const key = await keys.create({ role: 'recorder', note: 'for the import' });
    const secret = key.slice('pacta_0123456789_'.length);
    const { rows } = await sql<{ all: string }>`
      select (select json_agg(k)::text from api_key k) || (select json_agg(e)::text from event e)
             || (select json_agg(g)::text from access_grant g) as all`.execute(api.db);
    expect(rows[0]!.all).toContain(idOf(key));
    expect(rows[0]!.all).not.toContain(secret);
    expect(JSON.stringify(await keys.list())).not.toContain(secret);
  });

  test('is listed with what it is good for', async () => {
    const terms = { role: 'desk-officer', party: 'IN', dialogue: 'talks', organisation: 'survey' } as const;
    const key = await keys.create({ ...terms, expiresAt: '2100-01-01T00:00:00.000Z', note: 'desk' });
    expect(await shown(key)).toEqual({
      id: idOf(key),
      note: 'desk',
      createdAt: expect.stringMatching(/^\d{4}-/),
      lastUsedAt: undefined,
      grants: [
        {
          ...terms,
          subject: `key-${idOf(key)}`,
          grant: expect.any(String),
          grantedAt: expect.stringMatching(/^\d{4}-/),
          expiresAt: '2100-01-01T00:00:00.000000Z',
          revokedAt: undefined,
        },
      ],
    });
  });

  test('stops by itself when it expires, by the clock of the database', async () => {
    const key = await keys.create({ role: 'recorder', expiresAt: '2100-01-01T00:00:00Z' });
    const endsIn = (time: string) =>
      sql`update access_grant set expires_at = now() + ${time}::interval
           where subject = ${`key-${idOf(key)}`}`.execute(api.db);
    await endsIn('1 minute');
    expect(await tries(key)).toBe(400);
    await endsIn('0 seconds');
    expect(await tries(key)).toBe(401);
  });

  test('is good for nothing as soon as it is revoked, in every process', async () => {
    const second = await openTestApi({ on: api });
    try {
      const key = await keys.create({ role: 'recorder' });
      expect([await tries(key), await tries(key, second)]).toEqual([400, 400]);
      await grants.takeBack(`key-${idOf(key)}`, undefined, 'Lost on a train');
      expect([await tries(key, second), await tries(key)]).toEqual([401, 401]);
      expect((await shown(key))?.grants).toMatchObject([{ revokedAt: expect.any(String) }]);
      expect((await second.ask('GET', '/v1/organisations', { key })).status).toBe(401);
      const { entry } = await api.db
        .selectFrom('event')
        .select('entry')
        .where('stream_id', '=', `access-key-${idOf(key)}`)
        .where('version', '=', 2)
        .executeTakeFirstOrThrow();
      expect(JSON.parse(entry)).toMatchObject({
        log: 'registry',
        type: 'AccessRevoked',
        actor: { id: 'operator', role: 'system' },
        reason: 'Lost on a train',
      });

      const other = await second.key({ role: 'recorder' });
      expect(await tries(other)).toBe(400);
      await second.app.get(Grants).takeBack(`key-${idOf(other)}`, undefined, undefined);
      expect(await tries(other)).toBe(401);
    } finally {
      await second.ending.now();
    }
  });

  test('keeps what it was granted besides when one grant is revoked', async () => {
    const key = await keys.create({ role: 'desk-officer', party: 'IN' });
    const grant = await grants.give(`key-${idOf(key)}`, { role: 'recorder' });
    expect(await tries(key)).toBe(400);
    await grants.takeBack(`key-${idOf(key)}`, grant, undefined);
    expect(await tries(key)).toBe(403);
  });

  test('with another’s secret, or none, is no key', async () => {
    const [one, other] = [await keys.create({ role: 'recorder' }), await keys.create({ role: 'recorder' })];
    const mixed = `pacta_${idOf(one)}_${other.slice('pacta_0123456789_'.length)}`;
    expect(await tries(mixed)).toBe(401);
    expect(await tries(`pacta_${idOf(one)}_`)).toBe(401);
    expect(await tries(`pacta_${idOf(one)}`)).toBe(401);
  });
});

describe('the last use of a key', () => {
  const usedBefore = (key: string, time: string) =>
    sql`update api_key set last_used_at = now() - ${time}::interval where id = ${idOf(key)}`.execute(api.db);

  test('is remembered', async () => {
    const key = await keys.create({ role: 'recorder' });
    await tries(key);
    expect(Date.now() - Date.parse((await shown(key))!.lastUsedAt!)).toBeLessThan(60_000);
  });

  test('is written about once a minute, not at each request', async () => {
    const key = await keys.create({ role: 'recorder' });
    await usedBefore(key, '50 seconds');
    const before = (await shown(key))!.lastUsedAt;
    await tries(key);
    expect((await shown(key))!.lastUsedAt).toBe(before);
    await usedBefore(key, '70 seconds');
    await tries(key);
    expect(Date.now() - Date.parse((await shown(key))!.lastUsedAt!)).toBeLessThan(10_000);
  });

  test('is not that of somebody who tries it after it was revoked', async () => {
    const key = await keys.create({ role: 'recorder' });
    await grants.takeBack(`key-${idOf(key)}`, undefined, undefined);
    await tries(key);
    expect((await shown(key))!.lastUsedAt).toBeUndefined();
  });
});

describe('what is not on record cannot be granted on, and no key is made', () => {
  test.each([
    ['a dialogue', { role: 'recorder', dialogue: 'nowhere' }, 'no-such-dialogue', '/dialogue'],
    [
      'a party of the dialogue',
      { role: 'secretariat', party: 'FR', dialogue: 'talks' },
      'unknown-party',
      '/party',
    ],
    [
      'an organisation',
      { role: 'focal-point', party: 'IN', organisation: 'nobody' },
      'no-such-organisation',
      '/organisation',
    ],
  ] as const)('%s', async (_what, terms, code, field) => {
    const before = (await keys.list()).length;
    const refusal = await keys.create(terms).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotFound);
    expect(refusal).toMatchObject({ code, field });
    expect(await keys.list()).toHaveLength(before);
  });
});
