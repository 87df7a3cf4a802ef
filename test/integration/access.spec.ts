import { Controller, Get, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { grantedRoles } from '../../src/domain/access.js';
import { Grants } from '../../src/identity/grants.js';
import { controllers, type Route, routesOf } from '../architecture/routes.js';
import { openTestApi, type TestApi } from '../support/http.js';

/**
 * Who may ask for what: the columns of domain.md 6.9 and the roles with a "yes" in them, and what stands beside
 * that table. It is written down here a second time, from the rules and not from the code.
 */
const columns = {
  // Facts that sources state and dialogues share are written down by the neutral recorder or a secretariat.
  record: ['recorder', 'secretariat'],
  propose: ['recorder', 'desk-officer', 'secretariat'],
  'confirm text': ['secretariat', 'co-chair'],
  'report progress': ['desk-officer', 'focal-point', 'secretariat'],
  claim: ['desk-officer', 'focal-point', 'secretariat'],
  attest: ['secretariat', 'co-chair'],
  'extend/withdraw, decide': ['secretariat', 'co-chair'],
  'ask for an extension': ['desk-officer', 'focal-point', 'secretariat'],
  // What both sides decide, by a joint document that anyone neutral may write down, or by each side's word.
  'settle together': ['recorder', 'secretariat', 'co-chair'],
  // Whoever transcribes a source repairs the transcript.
  correct: ['recorder', 'secretariat'],
  classify: ['secretariat'],
  'outside assessment': ['auditor'],
  meet: ['recorder', 'desk-officer', 'focal-point', 'secretariat'],
  // Personal data: of one's own party only.
  contacts: ['secretariat'],
} as const;

const everyone = 'everyone';
const d = '/v1/dialogues/:dialogue';

/** The column that each route belongs to; a route without a line here fails. */
const rules: Readonly<Record<string, keyof typeof columns | typeof everyone>> = {
  'POST /v1/dialogues': 'record',
  [`POST ${d}/parties`]: 'record',
  [`POST ${d}/departures`]: 'record',
  [`PUT ${d}/cadence`]: 'record',
  [`POST ${d}/verification-rules`]: 'record',
  [`PUT ${d}/reminder-policy`]: 'record',
  [`PUT ${d}/conclusion`]: 'record',
  'POST /v1/organisations': 'record',
  'POST /v1/organisations/:code/names': 'record',
  'PUT /v1/organisations/:code/merger': 'record',
  'PUT /v1/organisations/:code/split': 'record',
  'PUT /v1/organisations/:code/dissolution': 'record',
  'POST /v1/offices': 'record',
  'POST /v1/offices/:code/names': 'record',
  'PUT /v1/offices/:code/abolition': 'record',
  [`POST ${d}/focus-areas`]: 'record',
  [`POST ${d}/focus-areas/:code/names`]: 'record',
  [`PUT ${d}/focus-areas/:code/merger`]: 'record',
  [`PUT ${d}/focus-areas/:code/split`]: 'record',
  [`PUT ${d}/focus-areas/:code/retirement`]: 'record',
  [`POST ${d}/sources`]: 'record',
  [`POST ${d}/sources/:id/copies`]: 'record',
  [`POST ${d}/sources/:id/translations`]: 'record',
  [`POST ${d}/sources/:id/unreachable-notes`]: 'record',
  [`PUT ${d}/sources/:id/replacement`]: 'record',
  [`POST ${d}/rounds`]: 'record',
  [`POST ${d}/rounds/:number/reschedulings`]: 'record',
  [`POST ${d}/rounds/:number/postponements`]: 'record',
  [`PUT ${d}/rounds/:number/holding`]: 'record',
  [`POST ${d}/rounds/:number/co-chairs`]: 'record',
  [`POST ${d}/rounds/:number/outcome-documents`]: 'record',
  [`PUT ${d}/rounds/:number/close`]: 'record',
  [`PUT ${d}/rounds/:number/cancellation`]: 'record',

  [`POST ${d}/follow-ups`]: 'meet',
  [`POST ${d}/follow-ups/:id/reschedulings`]: 'meet',
  [`PUT ${d}/follow-ups/:id/holding`]: 'meet',
  [`POST ${d}/follow-ups/:id/outcomes`]: 'meet',
  [`POST ${d}/follow-ups/:id/misses`]: 'meet',
  [`PUT ${d}/follow-ups/:id/cancellation`]: 'meet',

  [`POST ${d}/commitments`]: 'propose',
  [`POST ${d}/commitments/:id/text-confirmations`]: 'confirm text',
  [`POST ${d}/commitments/:id/text-objections`]: 'confirm text',
  [`PUT ${d}/commitments/:id/agreement`]: 'record',
  [`POST ${d}/commitments/:id/amendments`]: 'settle together',
  [`POST ${d}/commitments/:id/corrections`]: 'correct',
  [`PUT ${d}/commitments/:id/kind`]: 'correct',
  [`POST ${d}/commitments/:id/translations`]: 'record',
  [`PUT ${d}/commitments/:id/focus-areas`]: 'record',
  [`PUT ${d}/commitments/:id/split`]: 'settle together',
  [`PUT ${d}/commitments/:id/merger`]: 'settle together',
  [`PUT ${d}/commitments/:id/supersession`]: 'settle together',
  [`POST ${d}/commitments/:id/reaffirmations`]: 'settle together',
  [`POST ${d}/commitments/:id/reopenings`]: 'settle together',
  [`PUT ${d}/commitments/:id/assignment`]: 'extend/withdraw, decide',
  [`POST ${d}/commitments/:id/transfers`]: 'extend/withdraw, decide',
  [`PUT ${d}/commitments/:id/focal-point`]: 'extend/withdraw, decide',
  [`PUT ${d}/commitments/:id/due-date`]: 'settle together',
  [`POST ${d}/commitments/:id/earlier-due-dates`]: 'settle together',
  [`POST ${d}/commitments/:id/due-date-resolutions`]: 'record',
  [`POST ${d}/commitments/:id/extension-requests`]: 'ask for an extension',
  [`POST ${d}/commitments/:id/extension-grants`]: 'extend/withdraw, decide',
  [`POST ${d}/commitments/:id/extension-refusals`]: 'extend/withdraw, decide',
  [`PUT ${d}/commitments/:id/start`]: 'report progress',
  [`POST ${d}/commitments/:id/progress-reports`]: 'report progress',
  [`POST ${d}/commitments/:id/no-progress-reports`]: 'report progress',
  [`POST ${d}/commitments/:id/pauses`]: 'report progress',
  [`POST ${d}/commitments/:id/resumptions`]: 'report progress',
  [`POST ${d}/commitments/:id/evidence`]: 'claim',
  [`POST ${d}/commitments/:id/evidence-withdrawals`]: 'claim',
  [`POST ${d}/commitments/:id/delivery-claims`]: 'claim',
  [`POST ${d}/commitments/:id/claim-retractions`]: 'claim',
  [`POST ${d}/commitments/:id/attestations`]: 'attest',
  [`POST ${d}/commitments/:id/attestation-refusals`]: 'attest',
  [`POST ${d}/commitments/:id/disputes`]: 'extend/withdraw, decide',
  [`POST ${d}/commitments/:id/settlements`]: 'settle together',
  [`PUT ${d}/commitments/:id/withdrawal`]: 'extend/withdraw, decide',
  [`PUT ${d}/commitments/:id/classification`]: 'classify',
  [`PUT ${d}/commitments/:id/embargo`]: 'classify',
  [`PUT ${d}/commitments/:id/publication`]: 'classify',
  [`POST ${d}/commitments/:id/assessments`]: 'outside assessment',
  [`POST ${d}/commitments/:id/assessment-revisions`]: 'outside assessment',

  [`GET ${d}/contacts`]: 'contacts',
  [`PUT ${d}/contacts/:id`]: 'contacts',
  [`DELETE ${d}/contacts/:id`]: 'contacts',

  'GET /v1/dialogues': everyone,
  [`GET ${d}`]: everyone,
  'GET /v1/status': everyone,
  [`GET ${d}/status`]: everyone,
  [`GET ${d}/focus-areas/:code/status`]: everyone,
  [`GET ${d}/commitments`]: everyone,
  [`GET ${d}/commitments/:id`]: everyone,
  [`GET ${d}/commitments/:id/history`]: everyone,
  // What each of them is shown differs: see reminder-answers.spec.
  [`GET ${d}/commitments/:id/reminders`]: everyone,
  [`GET ${d}/contacts/:id/reminders`]: everyone,
  'GET /v1/organisations': everyone,
  'GET /v1/organisations/:code': everyone,
  'GET /v1/offices': everyone,
  'GET /v1/offices/:code': everyone,
  [`GET ${d}/focus-areas`]: everyone,
  [`GET ${d}/focus-areas/:code`]: everyone,
  [`GET ${d}/rounds`]: everyone,
  [`GET ${d}/rounds/:number`]: everyone,
  [`GET ${d}/rounds/:number/stock-take`]: everyone,
  [`GET ${d}/sources`]: everyone,
  [`GET ${d}/sources/:id`]: everyone,
  [`GET ${d}/follow-ups`]: everyone,
  [`GET ${d}/follow-ups/:id`]: everyone,
  'GET /': everyone,
  'GET /dialogues/:dialogue/commitments': everyone,
  'GET /dialogues/:dialogue/commitments/:id': everyone,
  'GET /style.css': everyone,
  // A secret address is what permits it; whoever made one up finds nothing there.
  'GET /reminders/:token': everyone,
  'POST /reminders/:token': everyone,
  'GET /health/live': everyone,
  'GET /health/ready': everyone,
  'GET /metrics': everyone,
};

/** Says as whom it was asked, and holds routes whose maker forgot to say what they need. */
@Controller()
class Probe {
  @Get(['v1/dialogues/:dialogue/me', 'v1/me'])
  me(@Req() request: FastifyRequest) {
    return { me: request.actor ?? 'anyone' };
  }

  @Post('v1/dialogues/:dialogue/forgotten')
  forgottenThere() {
    return { done: true };
  }

  @Patch('v1/forgotten')
  forgotten() {
    return { done: true };
  }
}

let api: TestApi;
/** Keys by what they are: a role everywhere, a role in the dialogue, a role in another dialogue; and bad ones. */
const keys = new Map<string, string | undefined>();

const parties = [
  { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
];
const dialogue = (slug: string) => ({ slug, titles: { en: slug }, level: 'directors', parties });
const speaksForNobody = ['recorder', 'auditor'];
const partyOf = (role: string) => (speaksForNobody.includes(role) ? {} : { party: 'IN' });

beforeAll(async () => {
  api = await openTestApi({ controllers: [Probe] });
  const key = await api.key({ role: 'recorder' });
  for (const slug of ['talks', 'other'])
    await api.ask('POST', '/v1/dialogues', { key, body: dialogue(slug) });
  const made = grantedRoles.flatMap((role) =>
    Object.entries({ '': undefined, ' there': 'talks', ' elsewhere': 'other' }).map(async ([where, slug]) =>
      keys.set(`${role}${where}`, await api.key({ role, ...partyOf(role), dialogue: slug })),
    ),
  );
  await Promise.all(made);
  keys.set('nobody', undefined);
  keys.set('a key that never was', `pacta_${'0'.repeat(10)}_${'x'.repeat(32)}`);
  const revoked = await api.key({ role: 'secretariat', party: 'IN' });
  await api.app.get(Grants).takeBack(`key-${revoked.split('_')[1]}`, undefined, undefined);
  keys.set('a key that was revoked', revoked);
});
afterAll(() => api.ending.now());

/** What a body can never be: whoever is let in is told so, and nothing is changed. */
const body = { unheardOf: true };

async function asks(who: string, method: Route['method'], path: string): Promise<string> {
  const url = path.replace(':dialogue', 'talks').replace(':number', '1').replace(/:\w+/g, 'X-1');
  const key = keys.get(who);
  const { status } = await api.ask(method as 'GET', url, {
    ...(key && { key }),
    ...(method !== 'GET' && method !== 'DELETE' && { body }),
  });
  expect(status).toBeLessThan(500);
  return status === 401 || status === 403 ? String(status) : 'let in';
}

/** What the rules say about everyone who asks at a route. */
function ruled(path: string, rule: (typeof rules)[string]): Record<string, string> {
  const isThere = path.includes(':dialogue');
  const answers = [...keys.keys()].map((who): [string, string] => {
    if (who.startsWith('a key that')) return [who, '401'];
    if (rule === everyone) return [who, 'let in'];
    if (who === 'nobody') return [who, '401'];
    const [role, where] = who.split(' ');
    const permitted = (columns[rule] as readonly string[]).includes(role!);
    const isGood = where === undefined || (where === 'there' && isThere);
    return [who, permitted && isGood ? 'let in' : '403'];
  });
  return Object.fromEntries(answers);
}

describe('who may ask', () => {
  let routes: Route[];
  beforeAll(async () => {
    routes = (await controllers()).flatMap(routesOf);
  });

  test('is ruled for every route that there is, and for no other', () => {
    expect(Object.keys(rules).toSorted()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });

  test.each(Object.entries(rules))('%s: %s', async (route, rule) => {
    const [method, path] = route.split(' ') as [string, string];
    const answers: Record<string, string> = {};
    for (const who of keys.keys()) answers[who] = await asks(who, method, path);
    expect(answers).toEqual(ruled(path, rule));
  });

  test.each([
    ['POST', '/v1/dialogues/:dialogue/forgotten'],
    ['PATCH', '/v1/forgotten'],
  ])('is denied to everyone where a change does not say what it needs: %s %s', async (method, path) => {
    for (const who of keys.keys()) {
      expect([who, await asks(who, method, path)]).toEqual([
        who,
        who === 'nobody' || who.startsWith('a key that') ? '401' : '403',
      ]);
    }
  });
});

describe('whoever reads', () => {
  const me = async (who: string, path = '/v1/dialogues/talks/me') => {
    const key = keys.get(who);
    const { status, body } = await api.ask('GET', path, key ? { key } : {});
    return status === 200 ? body['me'] : status;
  };
  const id = (who: string) => `key-${keys.get(who)!.split('_')[1]}`;

  test('is known where something is granted to them', async () => {
    const secretariat = { role: 'secretariat', party: 'IN' };
    expect(await me('secretariat')).toEqual({ id: id('secretariat'), ...secretariat });
    expect(await me('secretariat there')).toEqual({ id: id('secretariat there'), ...secretariat });
    expect(await me('auditor there')).toEqual({ id: id('auditor there'), role: 'auditor' });
  });

  test('is anyone in a dialogue that they were not let into, and across all of them', async () => {
    expect(await me('secretariat elsewhere')).toBe('anyone');
    expect(await me('secretariat there', '/v1/me')).toBe('anyone');
    expect(await me('secretariat', '/v1/me')).toMatchObject({ role: 'secretariat' });
    expect(await me('nobody')).toBe('anyone');
  });

  test('with a key that is not good is told so, and not taken for anyone', async () => {
    expect(await me('a key that never was')).toBe(401);
    expect(await me('a key that was revoked')).toBe(401);
  });

  test('without the word Bearer before their key is told how to send it', async () => {
    const headers = { authorization: keys.get('secretariat')! };
    expect((await api.ask('GET', '/v1/dialogues/talks/me', { headers })).status).toBe(401);
  });
});

describe('someone with several grants', () => {
  let key: string;
  let subject: string;
  beforeAll(async () => {
    key = await api.key({ role: 'desk-officer', party: 'IN', dialogue: 'talks' });
    subject = `key-${key.split('_')[1]}`;
    const grants = api.app.get(Grants);
    await grants.give(subject, { role: 'co-chair', party: 'IN', dialogue: 'talks' });
    await grants.give(subject, { role: 'recorder', dialogue: 'other' });
  });

  const status = async (path: string) => (await api.ask('POST', path, { key, body })).status;

  test('acts under the one that is good for the dialogue and permits what is asked', async () => {
    expect(await status('/v1/dialogues/talks/commitments/X-1/progress-reports')).toBe(400);
    expect(await status('/v1/dialogues/talks/commitments/X-1/attestations')).toBe(400);
    expect(await status('/v1/dialogues/other/sources')).toBe(400);
  });

  test('never takes what is granted in one dialogue into another', async () => {
    expect(await status('/v1/dialogues/talks/sources')).toBe(403);
    expect(await status('/v1/dialogues/other/commitments/X-1/attestations')).toBe(403);
    expect(await status('/v1/organisations')).toBe(403);
  });

  test('is one person, whichever it is', async () => {
    const source = {
      id: 'minutes',
      titles: { en: 'Paper' },
      standing: 'agreed-minutes',
      date: '2026-01',
      languages: ['en'],
    };
    expect((await api.ask('POST', '/v1/dialogues/other/sources', { key, body: source })).status).toBe(201);
    const { rows } = await api.db
      .selectFrom('event')
      .select('entry')
      .where('type', '=', 'SourceDocumentRegistered')
      .execute()
      .then((found) => ({ rows: found.map(({ entry }) => JSON.parse(entry) as object) }));
    expect(rows).toMatchObject([{ actor: { id: subject, role: 'recorder' } }]);
    const { body: read } = await api.ask('GET', '/v1/dialogues/talks/me', { key });
    expect(read['me']).toEqual({ id: subject, role: 'co-chair', party: 'IN' });
  });
});
