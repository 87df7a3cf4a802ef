import type { PactaEvent } from '../../src/domain/vocabulary.js';
import { d, promise, type Talks } from './talks.js';

/** Where rounds are held. */
export const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };

/** What a spec does over and over in a dialogue of its own, through the API. */
export function acting(api: () => Talks) {
  const ask = (method: 'POST' | 'PUT', path: string, body: object, key = api().recorder) =>
    api().ask(method, `${d}/${path}`, { key, body });

  const done = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked);
    expect([asked[1], answer.status < 300 ? 'done' : answer.body]).toEqual([asked[1], 'done']);
    return answer;
  };

  /** Status, code and pointer of a refusal. */
  const refused = async (...asked: Parameters<typeof ask>) => {
    const { status, body } = await ask(...asked);
    const pointer = body.errors?.[0]?.pointer;
    return [status, String(body.type).replace('urn:pacta:problem:', ''), ...(pointer ? [pointer] : [])];
  };

  const read = async (path: string, key?: string) => {
    const { status, body } = await api().ask('GET', `${d}/${path}`, { ...(key && { key }) });
    expect([path, status]).toEqual([path, 200]);
    return body;
  };

  const history = async (id: string) => {
    const { body } = await api().ask('GET', `${d}/commitments/${id}/history`, { key: api().recorder });
    return body['events'] as PactaEvent[];
  };

  const propose = (id: string, more: object = {}) => done('POST', 'commitments', { ...promise, ...more, id });

  /** Proposed, and agreed by the joint minutes. */
  const agreed = async (id: string, more: object = {}, agreement: object = {}) => {
    await propose(id, more);
    await done('PUT', `commitments/${id}/agreement`, { sources: [{ document: 'minutes' }], ...agreement });
  };

  /** Some of each that can be read: the commitment C, round 1 that is to come, and a visit about C. */
  const someOfEach = async () => {
    await agreed('C');
    await done('POST', 'rounds', { number: 1, plannedFor: '2026-02', ...place });
    await done('POST', 'follow-ups', {
      id: 'visit',
      kind: 'visit',
      titles: { en: 'Visit' },
      plannedFor: '2026-02',
      commitments: ['C'],
    });
  };

  return { ask, done, refused, read, history, propose, agreed, someOfEach };
}
