import { randomUUID } from 'node:crypto';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Circumstance, Entry } from '../../src/domain/event.js';

/** Log that all of it is said in. */
export const LOG = 'bench';

/** A commitment as long as those of the example record: some 950 bytes as an event. */
export function proposal(id: string): CommitmentEvent {
  return {
    type: 'CommitmentProposed',
    data: {
      id,
      titles: { en: 'Fish passes at both weirs' },
      text: { en: 'Aldovia will build a fish pass at each of its two weirs.' },
      nature: 'unilateral',
      type: 'action',
      strength: 'political',
      focusAreas: ['NAV'],
      undertakings: [{ party: 'ALD', lead: 'example-ald-water' }],
      towards: 'MER',
      round: 1,
      due: { precision: 'day', day: '2027-01-15', window: { start: '2027-01-15', end: '2027-01-15' } },
    },
  };
}

/** A report as most events are: some 500 bytes. */
export function report(): CommitmentEvent {
  return {
    type: 'ProgressReported',
    data: { party: 'ALD', health: 'on-track', text: { en: 'The upper pass is being dug.' } },
  };
}

/** Where the words of a proposal stand. */
const sources: Circumstance['sources'] = [
  {
    document: 'minutes-round-1',
    quotation: {
      text: 'Aldovia will build a fish pass at each of its two weirs.',
      language: 'en',
      verbatim: true,
    },
  },
];

/** What a command says around its events. */
export function circumstance(quoting: boolean): Circumstance {
  return {
    actor: { id: 'key-5e1f0c9a7b', role: 'desk-officer', party: 'ALD' },
    occurredOn: '2026-01-30',
    causationId: randomUUID(),
    correlationId: 'req-1f3d',
    ...(quoting && { sources }),
  };
}

let made = 0;

/** An id that nothing had before in this run. */
export function newId(): string {
  return `NAV-${(++made).toString(36)}`;
}

/** Facts of one command as the next entries of a stream. */
export function entriesOf(
  stream: string,
  after: number,
  facts: readonly CommitmentEvent[],
  around: Circumstance,
): Entry[] {
  return facts.map(({ type, data }, index) => ({
    ...around,
    id: randomUUID(),
    log: LOG,
    stream,
    version: after + 1 + index,
    type,
    schemaVersion: 1,
    data,
    confidentiality: 'public',
    vocabularyVersion: 1,
  }));
}
