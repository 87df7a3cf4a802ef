import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { Grants } from '../../src/identity/grants.js';
import { IssuerUnavailable, OidcTokens, subjectOfOidc } from '../../src/identity/oidc-tokens.js';
import { type Answer, openTestApi, type TestApi } from '../support/http.js';
import { AUDIENCE, type Issuer, openIssuer } from '../support/issuer.js';

const dialogue = {
  slug: 'talks',
  titles: { en: 'Talks' },
  level: 'directors',
  parties: [
    { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
    { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
  ],
};

const trusting = (issuer: string) => ({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE });

let issuer: Issuer;
let api: TestApi;
let grants: Grants;
let desk: string;

beforeAll(async () => {
  issuer = await openIssuer();
  api = await openTestApi({ settings: trusting(issuer.address) });
  grants = api.app.get(Grants);
  await api.ask('POST', '/v1/dialogues', { key: await api.key({ role: 'recorder' }), body: dialogue });
  desk = subjectOfOidc(issuer.address, 'desk');
  await grants.give(desk, { role: 'recorder', dialogue: 'talks' });
});
afterAll(async () => {
  await issuer.stop();
  await api.ending.now();
});

/** Asks for something that a recorder may do and that changes nothing for others. */
let areas = 0;
function define(token: string): Promise<Answer> {
  const body = { code: `A${++areas}`, names: { en: 'Area' } };
  return api.ask('POST', '/v1/dialogues/talks/focus-areas', { key: token, body });
}

/** A token as the issuer would make it, but for `changes`. */
function forged(changes: JWTPayload = {}, header: { alg?: string; kid?: string } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer.address, aud: AUDIENCE, sub: 'desk', iat: now, exp: now + 600, ...changes };
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: issuer.keyId, ...header });
}
const signed = (changes?: JWTPayload) => forged(changes).sign(issuer.privateKey);
const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

describe('a token of the issuer', () => {
  test('says who is asking; what they may do is granted here', async () => {
    const token = await issuer.tokenOf('desk');
    expect((await define(token)).status).toBe(201);
    const { body } = await api.ask('GET', '/v1/dialogues/talks/status', { key: token });
    expect(body).toMatchObject({ focusAreas: [{ code: `A${areas}` }] });
  });

  test('is put on record as a reference that names nobody', async () => {
    const { rows } = await api.db
      .selectFrom('event')
      .select('entry')
      .where('type', 'in', ['FocusAreaDefined', 'AccessGranted'])
      .execute()
      .then((found) => ({ rows: found.map(({ entry }) => entry).join('\n') }));
    expect(rows).toContain(`"actor":{"id":"${desk}","role":"recorder"}`);
    expect(rows).not.toContain('"desk"');
    expect(rows).not.toContain(issuer.address);
  });

  test('gives no role by what it claims itself', async () => {
    const body = { name: 'Desk', address: 'desk@in.example', zone: 'Asia/Kolkata' };
    const url = '/v1/dialogues/talks/contacts/desk';
    const token = await issuer.tokenOf('desk');
    expect(JSON.parse(atob(token.split('.')[1]!))).toMatchObject({ role: 'secretariat', party: 'IN' });
    expect((await api.ask('PUT', url, { key: token, body })).status).toBe(403);
  });

  test('to whose subject nothing is granted may read what is public, and is told what to ask for', async () => {
    const token = await issuer.tokenOf('guest');
    expect((await api.ask('GET', '/v1/dialogues/talks/status', { key: token })).status).toBe(200);
    const answer = await define(token);
    expect([answer.status, answer.body['type']]).toEqual([403, 'urn:pacta:problem:nothing-granted']);
    expect(answer.body['detail']).toContain(subjectOfOidc(issuer.address, 'guest'));
  });

  test('is good for nothing as soon as its grant is revoked', async () => {
    const token = await issuer.tokenOf('guest');
    const grant = await grants.give(subjectOfOidc(issuer.address, 'guest'), { role: 'recorder' });
    expect((await define(token)).status).toBe(201);
    await grants.takeBack(subjectOfOidc(issuer.address, 'guest'), grant, 'Left the ministry');
    expect((await define(token)).status).toBe(403);
  });

  test('made by hand with its key is good, so that the refusals below are about what they say', async () => {
    expect((await define(await signed())).status).toBe(201);
    expect((await define(await signed({ aud: ['other', AUDIENCE] }))).status).toBe(201);
  });

  test('may be a few seconds off, as clocks are', async () => {
    expect((await define(await signed({ exp: ago(5) }))).status).toBe(201);
    expect((await define(await signed({ nbf: ago(-5) }))).status).toBe(201);
  });
});

describe('a token is refused', () => {
  test.each<[string, () => Promise<string>]>([
    ['that has expired', () => signed({ exp: ago(60) })],
    ['that never expires', () => signed({ exp: undefined })],
    ['that is not good yet', () => signed({ nbf: ago(-120) })],
    ['for another audience', () => signed({ aud: 'other' })],
    ['for no audience', () => signed({ aud: undefined })],
    ['of another issuer', () => signed({ iss: 'https://login.example.org' })],
    ['of nobody', () => signed({ sub: undefined })],
    ['of an empty subject', () => signed({ sub: '' })],
    [
      'without a signature',
      () =>
        Promise.resolve(
          new UnsecuredJWT({ sub: 'desk', aud: AUDIENCE, iss: issuer.address, exp: ago(-600) }).encode(),
        ),
    ],
    [
      'signed as if the public key were a secret that both share',
      async () =>
        forged({}, { alg: 'HS256' }).sign(new TextEncoder().encode(await exportSPKI(issuer.publicKey))),
    ],
    [
      'signed in a way that is not taken',
      async () => forged({}, { alg: 'ES384' }).sign((await generateKeyPair('ES384')).privateKey),
    ],
    ['signed by somebody else', async () => forged().sign((await generateKeyPair('RS256')).privateKey)],
    [
      'signed with a key that the issuer does not publish',
      () => forged({}, { kid: 'x' }).sign(issuer.privateKey),
    ],
    [
      'whose claims were changed after it was signed',
      async () => {
        const [header, , signature] = (await signed()).split('.');
        const [, claims] = (await signed({ sub: 'other' })).split('.');
        return [header, claims, signature].join('.');
      },
    ],
    ['that is no token', () => Promise.resolve('a.b.c')],
    ['that is nothing we know', () => Promise.resolve('hello')],
  ])('%s', async (_what, made) => {
    const answer = await define(await made());
    expect([answer.status, answer.body['type']]).toEqual([401, 'urn:pacta:problem:no-key']);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="pacta", error="invalid_token"');
  });
});

describe('while the issuer is away', () => {
  test('its tokens are answered with 503, since nobody can tell whether they are good; keys go on working', async () => {
    const passing = await openIssuer();
    const other = await openTestApi({ settings: trusting(passing.address) });
    try {
      const token = await passing.tokenOf('desk');
      await passing.stop();
      const away = await other.ask('POST', '/v1/organisations', { key: token, body: {} });
      expect([away.status, away.body['type']]).toEqual([503, 'urn:pacta:problem:issuer-unavailable']);
      expect(away.headers['retry-after']).toBeDefined();
      const key = await other.key({ role: 'recorder' });
      expect((await other.ask('POST', '/v1/organisations', { key, body: {} })).status).toBe(400);
      const back = await openIssuer(Number(new URL(passing.address).port));
      const known = await other.ask('GET', '/v1/organisations', { key: await back.tokenOf('desk') });
      await back.stop();
      expect(known.status).toBe(200);
    } finally {
      await other.ending.now();
    }
  });
});

/** Serves what an issuer says of itself, and its keys, for as long as `act` lasts. */
async function issuing(
  said: (own: string) => object,
  keys: readonly JWK[],
  act: (tokens: OidcTokens, own: string) => Promise<unknown>,
): Promise<void> {
  const server = createServer(({ url }, response) =>
    response.end(JSON.stringify(url === '/jwks' ? { keys } : said(own))),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await act(new OidcTokens({ issuer: own, audience: AUDIENCE }), own);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.each<[string, (own: string) => object]>([
  ['that says to be another', (own) => ({ issuer: 'https://login.example.org', jwks_uri: `${own}/jwks` })],
  [
    'whose keys somebody between could replace',
    (own) => ({ issuer: own, jwks_uri: 'http://login.example.org/jwks' }),
  ],
  ['that names no keys', (own) => ({ issuer: own })],
])('an issuer %s is not trusted with anything', async (_what, said) => {
  await issuing(said, [], async (tokens, own) => {
    const token = await signed({ iss: own });
    await expect(tokens.subjectOf(token)).rejects.toBeInstanceOf(IssuerUnavailable);
  });
});

test.each([
  ['RS256', true],
  ['PS256', true],
  ['ES256', true],
  ['EdDSA', true],
  ['RS384', false],
  ['PS512', false],
  ['ES384', false],
])('a signature of the kind %s is taken, even of a key that the issuer publishes: %s', async (alg, taken) => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k' }];
  const said = (own: string) => ({ issuer: own, jwks_uri: `${own}/jwks` });
  await issuing(said, keys, async (tokens, own) => {
    const token = await forged({ iss: own }, { alg, kid: 'k' }).sign(privateKey);
    expect(await tokens.subjectOf(token)).toBe(taken ? subjectOfOidc(own, 'desk') : undefined);
  });
});

test('without an issuer in the settings no token is good', async () => {
  const other = await openTestApi();
  try {
    const answer = await other.ask('GET', '/v1/organisations', { key: await issuer.tokenOf('desk') });
    expect(answer.status).toBe(401);
  } finally {
    await other.ending.now();
  }
});
