import fc from 'fast-check';
import { exportsOf } from '../architecture/routes.js';
import type { Role } from '../../src/domain/actor.js';
import type { ChangeRoute } from '../../src/http/change-route.js';
import { mayDo } from '../../src/identity/permissions.js';
import { bodiesOf, type Known } from '../support/from-schema.js';
import { heads, openTalks, promise, type Talks } from '../support/talks.js';

jest.setTimeout(120_000);

const RUNS = 300;

let api: Talks;
let routes: ChangeRoute[];
let keys: { role: Role; party?: string; key: string }[];

beforeAll(async () => {
  api = await openTalks();
  const exported = [...(await exportsOf('src/http/routes')).values()].flat() as Partial<ChangeRoute>[];
  routes = exported.filter((each): each is ChangeRoute => each.command !== undefined);
  keys = [
    { role: 'recorder', key: api.recorder },
    { role: 'secretariat', party: 'IN', key: api.secretariat.IN },
    { role: 'desk-officer', party: 'JP', key: api.desk },
    { role: 'co-chair', party: 'IN', key: await api.key({ role: 'co-chair', party: 'IN' }) },
    { role: 'auditor', key: await api.key({ role: 'auditor' }) },
  ];
  await api.ask('POST', '/v1/dialogues/talks/commitments', {
    key: api.recorder,
    body: { ...promise, id: 'SC-1' },
  });
});
afterAll(() => api.ending.now());

// prettier-ignore
const values: unknown[] = [
  null, true, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, '', ' ', 'x'.repeat(20_000), '\0', '\ud800', '\u202e',
  '__proto__', 'constructor', '2026-02-30', '0000-00-00', '9999-Q4', 'Asia/Edo', '../..', "'; drop table event; --",
  '%00', '{{7*7}}', '<script>', 'SC', 'IN', [], {}, [[]], [null], { en: null }, { '': '' }, Array(300).fill('SC'),
];
const hostile = fc.oneof(
  fc.constantFrom(...values),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

// prettier-ignore
const scrap = fc.constantFrom(
  '{', '}', '[', ']', ',', ':', '"', '\\', '\\u0000', '\\ud800', '1e400', '9007199254740993', '"__proto__":1,',
  '\ufeff', '\0', 'null', '-', '[['.repeat(600), '\u200b', '\u202e', '😀',
);

/** What is done to a good body. */
const change = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'nothing' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), place: fc.nat(), put: hostile }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), place: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), name: fc.string(), put: hostile }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), place: fc.nat(), put: scrap }) },
);
type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

type Holder = Record<string | number, unknown>;

/** Every place in a value at which something stands: what holds it, and under which name. */
function placesIn(holder: Holder): [Holder, string | number][] {
  return Object.keys(holder).flatMap((name) => {
    const below = holder[name];
    const here: [Holder, string][] = [[holder, name]];
    return below !== null && typeof below === 'object' ? [...here, ...placesIn(below as Holder)] : here;
  });
}

function changed(body: unknown, how: Change): string {
  const whole: Holder = { body: structuredClone(body) };
  const places = placesIn(whole);
  if (how.kind === 'put' || how.kind === 'remove') {
    const [holder, name] = places[how.place % places.length]!;
    if (how.kind === 'put') holder[name] = how.put;
    else delete holder[name];
  }
  if (how.kind === 'add') Object.assign(whole['body'] as object, { [how.name]: how.put });
  const text = JSON.stringify(whole['body']) ?? '';
  if (how.kind !== 'write') return text;
  const at = how.place % (text.length + 1);
  return text.slice(0, at) + how.put + text.slice(at);
}

const known: Known = {
  id: ['SC-1', 'SC-2', 'n-1'],
  focusAreas: [['SC']],
  undertakings: [promise.undertakings],
  sources: [promise.sources],
  document: ['minutes'],
  party: ['IN', 'JP'],
  issuer: ['IN', 'JP'],
  towards: ['JP'],
  zone: ['Asia/Tokyo'],
  commitments: [['SC-1']],
  number: [1, 2],
  round: [1],
  onBehalfOf: ['IN', 'JP'],
  due: [{ precision: 'none' }, { precision: 'day', day: '2027-01-31' }],
  plannedFor: ['2026-10', '2027'],
  date: ['2026-01'],
  on: ['2026-01-15'],
  occurredOn: ['2026-02'],
};

const parameter = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('%00', '%zz', '%ed%a0%80', '__proto__', 'x'.repeat(300), 'other', "'", '..'),
  },
);

const headers = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '"999999"', '*', 'x', '""', 'W/"1"', '"é"', '"1", "x"'),
    'idempotency-key': fc.oneof(fc.constantFrom('', 'a', 'é', 'k'.repeat(300)), fc.uuid()),
    prefer: fc.constantFrom('respond-async', 'é', ''),
  },
  { requiredKeys: [], noNullPrototype: true },
);

test('whatever is sent to whatever address, no answer is a failure of ours, and what is refused writes nothing', async () => {
  const met = new Set<number>();
  const asking = fc.nat().chain((number) => {
    const route = routes[number % routes.length]!;
    const good = bodiesOf(route.body, known);
    return fc.tuple(fc.constant(route), good, change, parameter, fc.nat(), headers);
  });
  await fc.assert(
    fc.asyncProperty(asking, async ([route, good, how, instead, who, more]) => {
      const id = { dialogue: 'talks', number: '1' };
      const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
      const strange = parameters[who % Math.max(1, parameters.length)];
      const path = route.path.replace(/:(\w+)/g, (_all, name: string) =>
        name === strange && instead !== undefined ? instead : (id[name as keyof typeof id] ?? 'SC-1'),
      );
      const allowed = keys.filter(({ role, party }) =>
        mayDo({ id: 'x', role, ...(party && { party }) }, route.command),
      );
      const key = allowed[who % Math.max(1, allowed.length)]?.key ?? api.recorder;
      const before = await heads(api);
      const answer = await api.ask(route.method, `/v1/${path}`, {
        key,
        body: changed(good, how),
        headers: more,
      });
      met.add(answer.status);
      expect(answer.status).toBeLessThan(500);
      if (answer.status < 400) return;
      expect(await heads(api)).toEqual(before);
      expect(answer.body).toMatchObject({
        type: expect.stringMatching(/^urn:pacta:problem:[a-z-]+$/),
        status: answer.status,
        title: expect.any(String),
        detail: expect.stringMatching(/\.$/),
        correlationId: expect.any(String),
      });
      if (answer.body.type === 'urn:pacta:problem:invalid') {
        expect(answer.body.errors).toContainEqual({
          pointer: expect.any(String),
          detail: expect.any(String),
        });
      }
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  );
  // It gets beyond the gate: some requests are decided by the rules of the domain.
  expect([...met].some((status) => status < 300 || status === 409)).toBe(true);
  expect([...met]).toEqual(expect.arrayContaining([400, 404]));
  expect((await api.ask('GET', '/health/ready')).body).toMatchObject({ status: 'ok', parked: [] });
});
