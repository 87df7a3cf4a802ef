import type { TestApi } from '../http.js';
import { none } from './due-dates.js';
import { any, type Model, open, type Status, unclaimed } from './model.js';
import { type Keys, maySee, people } from './people.js';
import { proposalOf, proposed, shapes } from './proposal.js';
import { healthOf, timelinessOf } from './shown.js';

/** A dialogue of three parties, and all that the model has of its commitments. */
export interface World {
  readonly api: TestApi;
  readonly keys: Keys;
  /** Address of the dialogue. */
  readonly at: string;
  readonly slug: string;
  readonly models: Model[];
}

const recorder = people[0]!;

const parties = [
  { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
  { code: 'AU', names: { en: 'Australia' }, zone: 'Australia/Sydney' },
];
const paper = { titles: { en: 'Paper' }, date: '2026-01', languages: ['en'] };

/** Opens a dialogue with two commitments that can succeed others, and one that is not agreed. */
export async function openWorld(api: TestApi, keys: Keys, slug: string): Promise<World> {
  const at = `/v1/dialogues/${slug}`;
  await made(api, keys, '/v1/dialogues', { slug, titles: { en: 'Talks' }, level: 'directors', parties });
  for (const code of ['SC', 'ENV']) await made(api, keys, `${at}/focus-areas`, { code, names: { en: code } });
  await made(api, keys, `${at}/sources`, { ...paper, id: 'minutes', standing: 'agreed-minutes' });
  await made(api, keys, `${at}/sources`, { ...paper, id: 'readout', standing: 'readout', issuer: 'IN' });
  const models = [];
  for (const id of ['AGREED-1', 'AGREED-2', 'UNDECIDED']) {
    const model = proposed(id, shapes[0]!, none, { level: 'public' }, recorder);
    await made(api, keys, `${at}/commitments`, proposalOf(model));
    if (id !== 'UNDECIDED') {
      const body = { sources: [{ document: 'minutes' }] };
      await made(api, keys, `${at}/commitments/${id}/agreement`, body, 'PUT');
      model.status = 'agreed';
    }
    models.push(model);
  }
  return { api, keys, at, slug, models };
}

async function made(
  api: TestApi,
  keys: Keys,
  url: string,
  body: object,
  method: 'POST' | 'PUT' = 'POST',
): Promise<void> {
  const asking = { key: keys[recorder.name]!, body, headers: { prefer: 'respond-async' } };
  const answer = await api.ask(method, url, asking);
  if (answer.status !== 202) throw new Error(`${url}: ${JSON.stringify(answer.body)}`);
}

/** What the status page should count for the recorder (domain.md 8). */
export function countsOf({ models }: World) {
  const seen = models.filter(({ level }) => maySee(recorder, level));
  const count = (of: (model: Model) => boolean) => seen.filter(of).length;
  const among = (group: readonly Status[]) => (model: Model) => group.includes(model.status);
  const is = Object.fromEntries(any.map((status) => [status, count(among([status]))]));
  const health = (wanted: string) => count((model) => among(open)(model) && healthOf(model) === wanted);
  const time = (wanted: string) =>
    count((model) => among(unclaimed)(model) && timelinessOf(model) === wanted);
  const ended: readonly Status[] = ['withdrawn', 'superseded', 'lapsed'];
  return {
    proposed: is['proposed'],
    open: count(among(open)),
    onTrack: health('on-track'),
    atRisk: health('at-risk'),
    offTrack: health('off-track'),
    notReported: health('not-reported'),
    overdue: time('overdue'),
    noDate: time('no-calendar-date'),
    claimed: is['delivery-claimed'],
    verified: is['verified'],
    disputed: count((model) => !among(ended)(model) && model.disputes.some(({ settled }) => !settled)),
    paused: is['paused'],
    withdrawn: is['withdrawn'],
    superseded: is['superseded'],
    ended: count(among(ended)),
  };
}

/** What it counts. */
export async function countsShown({ api, keys, at }: World) {
  const { status, body } = await api.ask('GET', `${at}/status`, { key: keys[recorder.name]! });
  expect(status).toBe(200);
  return body['totals'];
}
