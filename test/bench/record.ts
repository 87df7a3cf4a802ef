import { randomUUID } from 'node:crypto';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { dueFrom } from '../../src/domain/due.js';
import type { Circumstance, Entry } from '../../src/domain/event.js';
import type { PactaFact } from '../../src/domain/vocabulary.js';

/** The log of what is measured on one log only. */
export const LOG = 'bench';

/** Two parties of the invented example. */
export const parties = [
  { code: 'ALD', names: { en: 'Aldovia' }, zone: 'Europe/Zurich' },
  { code: 'MER', names: { en: 'Merania' }, zone: 'Europe/Vienna' },
] as const;

/** Where the words of a proposal stand. */
export const quoting = {
  sources: [
    {
      document: 'minutes-round-1',
      quotation: {
        text: 'Aldovia will build a fish pass at each of its two weirs.',
        language: 'en',
        verbatim: true,
      },
    },
  ],
} as const;

/** A commitment as long as those of the example record. */
export function proposed(id: string): Proposal {
  return {
    id,
    titles: { en: 'Fish passes at both weirs' },
    text: { en: 'Aldovia will build a fish pass at each of its two weirs.' },
    nature: 'unilateral',
    type: 'action',
    strength: 'political',
    focusAreas: ['NAV'],
    undertakings: [{ party: 'ALD' }],
    towards: 'MER',
    due: { precision: 'day', day: '2027-01-15' },
  };
}

/** The fact that puts it on record: some 900 bytes as an event. */
export function proposal(id: string): CommitmentEvent {
  const data = proposed(id);
  return { type: 'CommitmentProposed', data: { ...data, due: dueFrom(data.due) } };
}

/** A report as most events are: some 500 bytes. */
export function report(): CommitmentEvent {
  return {
    type: 'ProgressReported',
    data: { party: 'ALD', health: 'on-track', text: { en: 'The upper pass is being dug.' } },
  };
}

/** What every dialogue of the benchmark has on record before its commitments, by the stream that it is in. */
export function groundwork(slug: string): readonly (readonly [stream: string, fact: PactaFact])[] {
  return [
    [
      `dialogue-${slug}`,
      {
        type: 'DialogueAnnounced',
        data: {
          slug,
          titles: { en: `Clean rivers, ${slug}` },
          level: 'directors',
          parties,
          invented: true,
        },
      },
    ],
    ['focus-area-NAV', { type: 'FocusAreaDefined', data: { code: 'NAV', names: { en: 'Navigation' } } }],
    ['focus-area-WQ', { type: 'FocusAreaDefined', data: { code: 'WQ', names: { en: 'Water quality' } } }],
    [
      'source-document-minutes-round-1',
      {
        type: 'SourceDocumentRegistered',
        data: {
          id: 'minutes-round-1',
          titles: { en: 'Agreed minutes of the first round' },
          standing: 'agreed-minutes',
          date: '2023-01-09',
          languages: ['en'],
        },
      },
    ],
  ];
}

/** What a command says around its events. */
export function circumstance(besides: Partial<Circumstance> = {}): Circumstance {
  return {
    actor: { id: 'key-5e1f0c9a7b', role: 'desk-officer', party: 'ALD' },
    occurredOn: '2026-01-30',
    causationId: randomUUID(),
    correlationId: 'req-1f3d',
    ...besides,
  };
}

let made = 0;

/** An id that nothing had before in this run. */
export function newId(): string {
  return `NAV-${(++made).toString(36)}`;
}

/** A fact as the next entry of a stream. */
export function entryOf(
  log: string,
  stream: string,
  version: number,
  { type, data }: PactaFact,
  around: Circumstance,
): Entry {
  // Spread first, as many members after it would make an object that V8 keeps as a dictionary: five times as long to make.
  return {
    id: randomUUID(),
    log,
    stream,
    version,
    type,
    schemaVersion: 1,
    data,
    vocabularyVersion: 1,
    ...around,
    confidentiality: 'public',
  };
}
