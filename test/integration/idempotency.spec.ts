import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { d, openTalks, promise as aPromise, source, type Talks } from '../support/talks.js';

let api: Talks;
let recorder: string;
let desk: string;

const report = { party: 'JP', health: 'on-track', text: { en: 'On our way.' } };
const promise = (more: object = {}) => ({ ...aPromise, ...more });

beforeAll(async () => {
  api = await openTalks();
  ({ recorder, desk } = api);
});
afterAll(() => api.ending.now());

/** A commitment that is agreed, made without any key of repetition. */
async function agreed(): Promise<string> {
  const made = await api.ask('POST', `${d}/commitments`, { key: recorder, body: promise() });
  const url = String(made.headers.location);
  const body = { sources: [{ document: 'minutes' }] };
  expect((await api.ask('PUT', `${url}/agreement`, { key: recorder, body })).status).toBe(200);
  return url;
}

function ask(
  once: string,
  method: 'POST' | 'PUT',
  url: string,
  body: unknown,
  key = recorder,
  headers: Record<string, string> = {},
) {
  return api.ask(method, url, { key, body, headers: { 'idempotency-key': once, ...headers } });
}

/** All that an answer says, but for when it was given. */
const said = ({ status, body, headers }: Awaited<ReturnType<typeof ask>>) => ({
  status,
  body,
  etag: headers.etag,
  location: headers.location,
});

async function position(log = 'talks'): Promise<number> {
  const head = await api.db
    .selectFrom('log_head')
    .select('position')
    .where('log_id', '=', log)
    .executeTakeFirst();
  return head?.position ?? 0;
}

/** The state in which a process leaves things that dies after the append and before it has answered. */
async function loseAnswers(): Promise<void> {
  await sql`update repeatable_change set status = null, version = null, position = null`.execute(api.db);
}

describe('a change that is asked for again under the same key', () => {
  test('is answered as before, and nothing is done again', async () => {
    const once = randomUUID();
    const first = await ask(once, 'POST', `${d}/commitments`, promise());
    const before = await position();
    expect([first.status, first.headers.location]).toEqual([
      201,
      `${d}/commitments/${String(first.body.id)}`,
    ]);
    const again = await ask(once, 'POST', `${d}/commitments`, promise());
    expect(said(again)).toEqual(said(first));
    expect(await position()).toBe(before);
  });

  test('is the same change in whatever order its members are written, and with whatever blanks', async () => {
    const once = randomUUID();
    const url = await agreed();
    const first = await ask(once, 'POST', `${url}/progress-reports`, report, desk);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(report).reverse()), null, 2);
    expect(said(await ask(once, 'POST', `${url}/progress-reports`, turned, desk))).toEqual(said(first));
  });

  test('is answered as before although others went on, even as of a state that is no more', async () => {
    const once = randomUUID();
    const url = await agreed();
    const { etag } = await api.ask('GET', url);
    const asked = () => ask(once, 'POST', `${url}/progress-reports`, report, desk, { 'if-match': etag });
    const first = await asked();
    expect(first.status).toBe(200);
    const other = { ...report, health: 'at-risk' };
    expect((await api.ask('POST', `${url}/progress-reports`, { key: desk, body: other })).status).toBe(200);
    expect(said(await asked())).toEqual(said(first));
    await loseAnswers();
    expect(said(await asked())).toEqual(said(first));
    expect((await api.ask('GET', url)).body).toMatchObject({ health: { is: 'at-risk' } });
  });

  test('is answered 202 again when it was first, and not 200', async () => {
    const once = randomUUID();
    const url = await agreed();
    const asked = (headers: Record<string, string>) =>
      ask(once, 'POST', `${url}/progress-reports`, report, desk, headers);
    const first = await asked({ prefer: 'respond-async' });
    expect(first.status).toBe(202);
    expect(said(await asked({}))).toEqual(said(first));
  });

  test('at once is answered alike, also where one would wait for the views and the other would not', async () => {
    const url = await agreed();
    const asked = (once: string, headers: Record<string, string>) =>
      ask(once, 'POST', `${url}/progress-reports`, report, desk, headers);
    for (let time = 0; time < 5; time++) {
      const once = randomUUID();
      const both = [asked(once, { prefer: 'respond-async' }), asked(once, {})];
      const [one, other] = await Promise.all(both);
      expect(said(one!)).toEqual(said(other!));
    }
  });

  test('twenty times at once is done once, and all twenty are answered alike', async () => {
    const once = randomUUID();
    const before = await position();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(once, 'POST', `${d}/commitments`, promise())),
    );
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(answers.map(said)).toEqual(Array(20).fill(said(answers[0]!)));
    expect(await position()).toBe(before + 1);
  });

  test('twenty times at once is one report, though each report alone would be welcome', async () => {
    const once = randomUUID();
    const url = await agreed();
    const before = await position();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(once, 'POST', `${url}/progress-reports`, report, desk)),
    );
    expect(answers.map(said)).toEqual(Array(20).fill({ ...said(answers[0]!), status: 200 }));
    expect(await position()).toBe(before + 1);
  });
});

describe('when a process dies between the append and the answer', () => {
  test.each([
    ['an id that was chosen for the caller', undefined],
    ['an id of the caller’s own', 'LOST-1'],
  ])('what was made with %s is found in the log', async (_what, id) => {
    const once = randomUUID();
    const first = await ask(once, 'POST', `${d}/commitments`, promise({ id }));
    expect(first.status).toBe(201);
    const before = await position();
    await loseAnswers();
    expect(said(await ask(once, 'POST', `${d}/commitments`, promise({ id })))).toEqual(said(first));
    expect(await position()).toBe(before);
  });

  test('what the domain would refuse by now is found all the same', async () => {
    const once = randomUUID();
    const url = await agreed();
    const asked = () => ask(once, 'POST', `${url}/progress-reports`, report, desk);
    const first = await asked();
    for (const party of ['IN', 'JP']) {
      const key = await api.key({ role: 'secretariat', party });
      const body = { party, reason: 'Overtaken' };
      expect((await api.ask('PUT', `${url}/withdrawal`, { key, body })).status).toBe(200);
    }
    await loseAnswers();
    expect(said(await asked())).toEqual(said(first));
  });

  test('what would not even reach the domain by now is found all the same', async () => {
    const once = randomUUID();
    const url = await agreed();
    const body = { ...report, occurredOn: '2026-06-01' };
    const first = await ask(once, 'POST', `${url}/progress-reports`, body, desk);
    expect(first.status).toBe(200);
    await loseAnswers();
    const clock = jest.spyOn(api.clock, 'now').mockReturnValue('2026-05-31T00:00:00.000Z');
    const fresh = await ask(randomUUID(), 'POST', `${url}/progress-reports`, body, desk);
    const again = await ask(once, 'POST', `${url}/progress-reports`, body, desk);
    clock.mockRestore();
    expect([fresh.status, said(again)]).toEqual([409, said(first)]);
  });

  test('is found also after more has happened than is remembered of a stream', async () => {
    const once = randomUUID();
    const url = await agreed();
    const asked = () => ask(once, 'POST', `${url}/progress-reports`, report, desk);
    const first = await asked();
    await loseAnswers();
    for (let count = 0; count < 220; count++) {
      const later = await api.ask('POST', `${url}/progress-reports`, { key: desk, body: report });
      expect(later.status).toBe(200);
    }
    const before = await position();
    expect(said(await asked())).toEqual(said(first));
    expect(await position()).toBe(before);
  });

  test('what had not come into the log is done now', async () => {
    const once = randomUUID();
    const body = { code: 'LATE', names: { en: 'Late' } };
    const refused = { ...body, sources: [{ document: 'to-come' }] };
    expect((await ask(once, 'POST', `${d}/focus-areas`, refused)).status).toBe(404);
    const toCome = { ...source, id: 'to-come', standing: 'agreed-minutes' };
    expect((await api.ask('POST', `${d}/sources`, { key: recorder, body: toCome })).status).toBe(201);
    expect((await ask(once, 'POST', `${d}/focus-areas`, refused)).status).toBe(201);
  });
});

describe('a key of repetition', () => {
  test.each<[string, (url: string) => [string, unknown]]>([
    ['for another body', (url) => [`${url}/progress-reports`, { ...report, health: 'at-risk' }]],
    ['at another address', () => [`${d}/commitments/none/progress-reports`, report]],
    ['for another change', (url) => [`${url}/delivery-claims`, { party: 'JP', evidence: [] }]],
  ])('is not good %s', async (_what, other) => {
    const once = randomUUID();
    const url = await agreed();
    expect((await ask(once, 'POST', `${url}/progress-reports`, report, desk)).status).toBe(200);
    const before = await position();
    const [address, body] = other(url);
    const answer = await ask(once, 'POST', address, body, desk);
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:pacta:problem:idempotency-key-reused']);
    expect(await position()).toBe(before);
  });

  test('is the caller’s own: another who takes the same asks for something of their own', async () => {
    const once = randomUUID();
    const url = await agreed();
    const mine = await ask(once, 'POST', `${url}/progress-reports`, report, desk);
    const colleague = await api.key({ role: 'desk-officer', party: 'JP' });
    const theirs = await ask(once, 'POST', `${url}/progress-reports`, report, colleague);
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.body.version).toBe((mine.body.version as number) + 1);
    const other = await api.key({ role: 'desk-officer', party: 'JP' });
    const body = { ...report, health: 'at-risk' };
    expect((await ask(once, 'POST', `${url}/progress-reports`, body, other)).status).toBe(200);
  });

  test('opens nothing: who may not ask is refused before it is looked at', async () => {
    const once = randomUUID();
    const body = { code: 'KEY', names: { en: 'Key' } };
    expect((await ask(once, 'POST', `${d}/focus-areas`, body)).status).toBe(201);
    expect((await ask(once, 'POST', `${d}/focus-areas`, body, desk)).status).toBe(403);
  });

  test.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a tab', 'a\tb'],
    ['with a letter beyond ASCII', 'clé'],
  ])('is refused when it is %s', async (_what, once) => {
    const before = await position();
    const answer = await ask(once, 'POST', `${d}/focus-areas`, { code: 'MAL', names: { en: 'x' } });
    expect([answer.status, answer.body.type]).toEqual([400, 'urn:pacta:problem:idempotency-key-malformed']);
    expect(await position()).toBe(before);
  });

  test('of 255 characters is good, and so is one in quotes, as the draft of the standard has it', async () => {
    const body = (code: string) => ({ code, names: { en: code } });
    expect((await ask('~'.repeat(255), 'POST', `${d}/focus-areas`, body('LONG'))).status).toBe(201);
    expect((await ask('"8e03978e"', 'POST', `${d}/focus-areas`, body('QUOTED'))).status).toBe(201);
  });

  test('is not used up by a body that is not as it must be', async () => {
    const once = randomUUID();
    expect((await ask(once, 'POST', `${d}/focus-areas`, { code: 'FIX' })).status).toBe(400);
    const body = { code: 'FIX', names: { en: 'Fixed' } };
    expect((await ask(once, 'POST', `${d}/focus-areas`, body)).status).toBe(201);
  });

  test('is forgotten a week after it was last used, and then good for something else', async () => {
    const once = randomUUID();
    const body = (code: string) => ({ code, names: { en: code } });
    expect((await ask(once, 'POST', `${d}/focus-areas`, body('WEEK-1'))).status).toBe(201);
    const age = (days: number) =>
      sql`update repeatable_change set asked_at = now() - make_interval(days => ${days})`.execute(api.db);
    await age(6);
    expect((await ask(once, 'POST', `${d}/focus-areas`, body('WEEK-2'))).status).toBe(422);
    await age(8);
    expect((await ask(once, 'POST', `${d}/focus-areas`, body('WEEK-2'))).status).toBe(201);
    const { rows } = await sql<{ kept: number }>`select count(*) as kept from repeatable_change`.execute(
      api.db,
    );
    expect(rows[0]?.kept).toBe(1);
  });

  test('and the body it came with are kept as digests only', async () => {
    await ask('anna@jp.example', 'POST', `${d}/focus-areas`, { code: 'DIG', names: { en: 'Unheard-of' } });
    const { rows } = await sql`select * from repeatable_change`.execute(api.db);
    const text = rows
      .map((row) =>
        Object.values(row as object)
          .map(String)
          .join(),
      )
      .join();
    expect(rows.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/anna|Unheard-of|key-/);
  });
});

test('of fifty who make the same thing at once one does, and the others are told that it is there', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_each, index) =>
      api.ask('POST', `${d}/commitments`, {
        key: recorder,
        body: promise({ id: 'FIFTY', titles: { en: `Map ${index}` } }),
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
    201,
    ...Array<number>(49).fill(409),
  ]);
});
