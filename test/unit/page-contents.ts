import type { Announcement } from '../../src/domain/dialogue.js';
import type { PactaEvent } from '../../src/domain/vocabulary.js';
import type { CommitmentAnswer } from '../../src/read-models/commitment-answer.js';
import { countNames, type Counts } from '../../src/read-models/standing-today.js';
import type { CommitmentShown } from '../../src/web/page-contents.js';

export const announcement: Announcement = {
  slug: 'river-and-soil',
  titles: { ja: '河川と土壌の対話', hi: 'नदी और मिट्टी संवाद' },
  parties: [
    { code: 'IN', names: { en: 'India', hi: 'भारत' }, zone: 'Asia/Kolkata' },
    { code: 'JP', names: { en: 'Japan', ja: '日本' }, zone: 'Asia/Tokyo' },
  ],
  level: 'Directors',
  invented: false,
};
export const todays = [
  { party: 'IN', today: '2026-03-30' },
  { party: 'JP', today: '2026-03-31' },
];
const none = Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;
export const status = {
  dialogue: announcement.slug,
  titles: announcement.titles,
  invented: false,
  position: 9,
  todays,
  totals: { ...none, overdue: 2 },
  focusAreas: [{ code: 'ENV', names: { en: 'Environment' }, counts: { ...none, overdue: 2 } }],
};
export const commitment: CommitmentAnswer = {
  dialogue: announcement.slug,
  id: 'ENV-3',
  titles: { en: 'Joint soil survey' },
  nature: 'joint',
  type: 'action',
  strength: 'political',
  focusAreas: ['ENV'],
  undertakings: [{ party: 'IN', lead: 'in-survey' }, { party: 'JP' }],
  status: 'in-progress',
  reached: { agreed: '2025-03', 'in-progress': '2026-01-05' },
  text: {
    words: { ja: '土壌を調査する。', en: 'Survey the soil.' },
    agreedBy: 'joint-document',
    confirmedBy: [],
    confirmedBefore: [],
    objectedToBy: [],
    translations: [],
    digest: 'a'.repeat(64),
  },
  due: { precision: 'month', month: '2026-02', window: { start: '2026-02-01', end: '2026-02-28' } },
  timeliness: {
    is: 'overdue',
    countedTo: '2026-02-28',
    daysLeft: -30,
    zones: ['Asia/Kolkata', 'Asia/Tokyo'],
  },
  health: { is: 'at-risk', reports: [{ party: 'IN', health: 'at-risk', on: '2026-01-05' }] },
  delivery: {
    evidence: [],
    claims: [],
    keysNeeded: ['IN', 'JP'],
    keysTurned: [],
    keysStale: [],
    criteria: [],
    partly: false,
  },
  dueHistory: { changes: [], extensions: 0, daysOverdue: 30 },
  disputes: [],
  amendments: [],
  proposed: [],
  withdrawalAskedBy: [],
  successors: [],
  carriedOver: [],
  assessments: [],
  confidentiality: { level: 'public' },
  sources: [{ document: 'mea', quotation: { text: 'in other words', language: 'en', verbatim: false } }],
  textDiverges: false,
  version: 3,
  position: 9,
};
export const event: PactaEvent = {
  id: '01',
  log: announcement.slug,
  stream: 'commitment-ENV-3',
  version: 3,
  schemaVersion: 1,
  vocabularyVersion: 1,
  confidentiality: 'public',
  causationId: 'a',
  correlationId: 'b',
  type: 'ProgressReported',
  data: { party: 'IN', health: 'at-risk', text: { hi: 'देरी' } },
  actor: { id: 'desk', role: 'desk-officer', party: 'IN' },
  occurredOn: '2026-01-05',
  recordedAt: '2026-01-06T04:05:06.123456Z',
  position: 9,
};
export const shown: CommitmentShown = {
  announcement,
  todays,
  focusAreas: status.focusAreas,
  commitment,
  successors: [],
  predecessors: [],
  events: [event],
  sources: [
    {
      id: 'mea',
      titles: { en: 'Readout' },
      standing: 'readout',
      issuer: 'IN',
      date: '2025-03',
      languages: [],
      copies: [],
      translations: [],
      unreachable: [],
    },
  ],
  organisations: [
    {
      code: 'in-survey',
      names: { en: 'Survey Department' },
      kind: 'agency',
      party: 'IN',
      status: 'active',
      nameHistory: [],
    },
  ],
};

/** Text as a reader sees it. */
export const seenIn = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
