import type { CommitmentStatus } from '../../src/domain/commitment/life-cycle.js';
import { NotFound, Refusal } from '../../src/domain/refusal.js';
import { closeList, type CommitmentReviewed } from '../../src/domain/round-close.js';

const one = (id: string, status: CommitmentStatus, round?: number): CommitmentReviewed => ({
  id,
  status,
  round,
});

/** The close of round 2 over these commitments. */
const closing = (commitments: readonly CommitmentReviewed[], lapsed: readonly string[] = []) => {
  try {
    return closeList(2, lapsed, { asOf: 9, commitments });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('the list that a close fixes', () => {
  test('has every open commitment of this round, of earlier ones and of none', () => {
    const commitments = [
      one('C', 'delivery-claimed', 2),
      one('B', 'in-progress', 1),
      one('A', 'agreed'),
      one('V', 'verified', 1),
      one('W', 'withdrawn', 2),
    ];
    expect(closing(commitments)).toEqual({ carryOver: ['A', 'B', 'C'], asOf: 9 });
  });

  test('leaves out what lapses here, by decision', () => {
    const commitments = [one('A', 'agreed'), one('B', 'in-progress', 1)];
    expect(closing(commitments, ['A'])).toEqual({ carryOver: ['B'], asOf: 9 });
    expect(closing(commitments, ['A', 'B'])).toEqual({ carryOver: [], asOf: 9 });
  });

  test('leaves to a later round what comes from it', () => {
    expect(closing([one('A', 'agreed', 3), one('P', 'proposed', 3)])).toEqual({ carryOver: [], asOf: 9 });
  });
});

describe('a close is refused', () => {
  test('while proposals of this round, of an earlier one or of none are undecided, and names them', () => {
    const refusal = closing([
      one('C', 'proposed', 2),
      one('B', 'proposed', 1),
      one('A', 'proposed'),
      one('D', 'agreed'),
    ]);
    expect(refusal).toMatchObject({
      code: 'proposals-undecided',
      message: expect.stringContaining(': A, B, C.'),
    });
  });

  test('with as many names as will be read', () => {
    const many = Array.from({ length: 23 }, (_, index) => one(`P${index + 10}`, 'proposed'));
    expect(closing(many)).toMatchObject({ message: expect.stringMatching(/P10, .*, P29 and 3 more\.$/) });
  });

  test.each<[string, CommitmentReviewed[], string]>([
    ['is not on record', [], 'no-such-commitment'],
    ['was verified', [one('A', 'verified')], 'commitment-verified'],
    ['was withdrawn', [one('A', 'withdrawn')], 'commitment-withdrawn'],
    ['comes from a later round', [one('A', 'agreed', 3)], 'commitment-of-later-round'],
  ])('when it lets lapse what %s', (_what, commitments, code) => {
    expect(closing([...commitments, one('B', 'agreed')], ['B', 'A'])).toMatchObject({
      code,
      field: '/lapsed/1',
    });
  });

  test('with 404 for an id that is not on record', () => {
    expect(closing([], ['A'])).toBeInstanceOf(NotFound);
  });
});
