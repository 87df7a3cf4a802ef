import { render } from 'preact-render-to-string';
import type { RoundDocument } from '../../src/read-models/documents/round-document.js';
import { LastRound, NextRound } from '../../src/web/rounds-shown.js';

const planned: RoundDocument = {
  number: 2,
  plannedFor: '2026-03',
  zone: 'Asia/Tokyo',
  place: { en: 'Tokyo' },
  status: 'scheduled',
  moves: [],
  coChairs: [],
  outcomeDocuments: [],
};
const held: RoundDocument = { ...planned, number: 1, status: 'held', held: { on: '2025-02-03' } };
const move = { from: '2026-01', on: '2025-12-01', reason: 'Elections' };

/** Text as a reader sees it. */
const seen = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const last = (...among: RoundDocument[]) => seen(render(<LastRound among={among} />));
const next = (...among: RoundDocument[]) => seen(render(<NextRound among={among} />));

describe('the last round', () => {
  test('is the one with the highest number of those held, also after its close', () => {
    const closed = { on: '2026-03-04', lapsed: ['A'], carryOver: ['B', 'C'], asOf: 9 };
    const second: RoundDocument = { ...planned, status: 'closed', held: { on: '2026-03-02' }, closed };
    expect(last(second, held)).toBe(
      'Round 2, Tokyo , 2 March 2026 Closed 4 March 2026 : 2 commitments carried over, 1 lapsed',
    );
    expect(last(held, planned)).toBe('Round 1, Tokyo , 3 February 2025');
    expect(last(planned)).toBe('None held yet');
  });

  test('says how many outcome documents it adopted', () => {
    expect(last({ ...held, outcomeDocuments: ['minutes'] })).toContain('1 outcome document adopted');
  });
});

describe('the next round', () => {
  test('is the first that is planned, with the first plan and the last reason once it was moved', () => {
    expect(next(held, { ...planned, number: 3 }, planned)).toBe('Round 2, Tokyo , March 2026');
    const again = { from: '2026-02', to: '2026-03', on: '2026-01-20', reason: 'No hall' };
    expect(next({ ...planned, moves: [{ ...move, to: '2026-02' }, again] })).toBe(
      'Round 2, Tokyo , March 2026 First planned for January 2026 . Reason given: No hall',
    );
  });

  test('shows no date for one that is postponed', () => {
    expect(next({ ...planned, plannedFor: '2026-01', status: 'postponed', moves: [move] })).toBe(
      'Round 2, Tokyo , postponed, without a new date First planned for January 2026 . Reason given: Elections',
    );
  });

  test('is none when it was cancelled, and the reason is said', () => {
    const cancelled = { on: '2026-01', reason: 'No agenda' };
    expect(next(held, { ...planned, status: 'cancelled', cancelled })).toBe(
      'None scheduled on record Round 2 was cancelled: No agenda',
    );
    expect(next(held)).toBe('None scheduled on record');
  });
});
