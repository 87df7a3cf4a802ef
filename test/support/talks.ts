import { openTestApi, type TestApi } from './http.js';

/** Address of the dialogue. */
export const d = '/v1/dialogues/talks';

export const source = { titles: { en: 'Paper' }, date: '2026-01', languages: ['en'] };

/** A body for ProposeCommitment. */
export const promise = {
  titles: { en: 'Map of suppliers' },
  text: { en: 'Both sides will draw a map of suppliers.' },
  nature: 'joint',
  type: 'output',
  strength: 'political',
  focusAreas: ['SC'],
  undertakings: [{ party: 'IN' }, { party: 'JP' }],
  sources: [{ document: 'minutes', quotation: { text: 'we will', language: 'en', verbatim: true } }],
};

export interface Talks extends TestApi {
  readonly recorder: string;
  readonly secretariat: Readonly<Record<'IN' | 'JP', string>>;
  /** A desk officer of Japan. */
  readonly desk: string;
}

/** The API with a dialogue of India and Japan that has one focus area, SC, and one document, minutes. */
export async function openTalks(): Promise<Talks> {
  const api = await openTestApi();
  const recorder = await api.key({ role: 'recorder' });
  const parties = [
    { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
    { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
  ];
  const made: [string, object][] = [
    ['/v1/dialogues', { slug: 'talks', titles: { en: 'Talks' }, level: 'directors', parties }],
    [`${d}/focus-areas`, { code: 'SC', names: { en: 'Supply chains', ja: 'サプライチェーン' } }],
    [`${d}/sources`, { ...source, id: 'minutes', standing: 'agreed-minutes' }],
  ];
  for (const [url, body] of made) {
    const answer = await api.ask('POST', url, { key: recorder, body });
    if (answer.status !== 201) throw new Error(`${url}: ${JSON.stringify(answer.body)}`);
  }
  return {
    ...api,
    recorder,
    secretariat: {
      IN: await api.key({ role: 'secretariat', party: 'IN' }),
      JP: await api.key({ role: 'secretariat', party: 'JP' }),
    },
    desk: await api.key({ role: 'desk-officer', party: 'JP' }),
  };
}

/** How far each log has got; equal when nothing was written in between. */
export function heads({ db }: TestApi): Promise<unknown[]> {
  return db.selectFrom('log_head').selectAll().orderBy('log_id').execute();
}
