import type { CommitmentCircumstances, OtherCommitment } from '../../src/domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden, Malformed } from '../../src/domain/refusal.js';
import { agreed, jointProposal, open, played, proposed, says } from './commitments.js';
import { given, indianSecretariat, japaneseSecretariat, recorder } from './scenario.js';

const others = (entries: Record<string, OtherCommitment>): Partial<CommitmentCircumstances> => ({
  jointSource: true,
  others: new Map(Object.entries(entries)),
});
const alive: OtherCommitment = { status: 'agreed', successors: [] };
const joint = says(recorder, others({ B: alive, C: alive }));
const split: CommitmentCommand = { type: 'SplitCommitment', data: { into: ['B', 'C'] } };
const merge: CommitmentCommand = { type: 'MergeCommitment', data: { into: 'B' } };
const supersede = (...by: string[]): CommitmentCommand => ({ type: 'SupersedeCommitment', data: { by } });
const superseded = (...by: string[]): CommitmentEvent => ({ type: 'CommitmentSuperseded', data: { by } });
const dispute: CommitmentEvent = {
  type: 'DisputeRaised',
  data: { party: 'IN', id: 'D1', about: 'status', text: { en: 'No.' } },
};

test('a commitment moves to other focus areas, and to those it is in already without a trace', () => {
  const move = (...focusAreas: string[]): CommitmentCommand => ({
    type: 'MoveCommitmentToFocusArea',
    data: { focusAreas },
  });
  const moved: CommitmentEvent = {
    type: 'CommitmentMovedToFocusArea',
    data: { from: ['soil'], to: ['water', 'soil'] },
  };
  open(jointProposal).when(move('water', 'soil'), says(recorder)).happens(moved);
  open(jointProposal, moved).when(move('soil', 'water'), says(recorder)).nothingHappens();
  expect(open(jointProposal, moved).state?.statement.focusAreas).toEqual(['water', 'soil']);
});

describe('a commitment ends in favour of others', () => {
  test('by a split, a merger or as superseded, and says by which', () => {
    open(jointProposal)
      .when(split, joint)
      .happens({ type: 'CommitmentSplit', data: { into: ['B', 'C'] } }, superseded('B', 'C'));
    open(jointProposal)
      .when(merge, joint)
      .happens({ type: 'CommitmentMerged', data: { into: 'B' } }, superseded('B'));
    open(jointProposal).when(supersede('B'), joint).happens(superseded('B'));
    expect(open(jointProposal, superseded('B')).state).toMatchObject({
      status: 'superseded',
      successors: ['B'],
    });
  });

  test('a split into at least two', () => {
    open(jointProposal)
      .when({ type: 'SplitCommitment', data: { into: ['B'] } }, joint)
      .isRefused('too-few-parts', { as: Malformed, at: '/into' });
  });

  test.each<[string, OtherCommitment | undefined, string]>([
    ['itself', undefined, 'supersession-cycle'],
    ['one that leads back to it', { status: 'agreed', successors: ['X', 'ENV-3'] }, 'supersession-cycle'],
    ['one that is only proposed', { status: 'proposed', successors: [] }, 'successor-not-agreed'],
    ['one that was never proposed', undefined, 'successor-not-agreed'],
    ['one that is withdrawn', { status: 'withdrawn', successors: [] }, 'successor-ended'],
    ['one that lapsed', { status: 'lapsed', successors: [] }, 'successor-ended'],
    ['one that is superseded', { status: 'superseded', successors: ['X'] }, 'successor-ended'],
  ])('never of %s', (what, other, code) => {
    const id = what === 'itself' ? 'ENV-3' : 'Z';
    const around = says(recorder, others({ B: alive, ...(other && { Z: other }) }));
    open(jointProposal).when(supersede('B', id), around).isRefused(code, { at: '/by/1' });
    open(jointProposal)
      .when({ type: 'MergeCommitment', data: { into: id } }, around)
      .isRefused(code, { at: '/into' });
    open(jointProposal)
      .when({ type: 'SplitCommitment', data: { into: ['B', id] } }, around)
      .isRefused(code, { at: '/into/1' });
  });

  test('only once what is disputed is settled', () => {
    const settled: CommitmentEvent = { type: 'DisputeSettled', data: { id: 'D1', how: 'reverted' } };
    for (const command of [split, merge, supersede('B')]) {
      open(jointProposal, dispute).when(command, joint).isRefused('dispute-open');
      open(jointProposal, dispute, settled)
        .when(command, joint)
        .happens(...commitment.decide(open(jointProposal).state, command, joint));
    }
  });

  test('by the word of every side, and can be proposed again after a reopening', () => {
    const named = { ...others({ B: alive, C: alive }), jointSource: false };
    const start = [proposed(jointProposal), agreed];
    const half = played([[split, says(japaneseSecretariat, named)]], start);
    expect(given(commitment, ...half).state?.status).toBe('agreed');
    open(jointProposal).when(split, says(recorder, named)).isRefused('takes-every-side', { as: Forbidden });
    const both = played([[split, says(indianSecretariat, named)]], half);
    expect(given(commitment, ...both).state?.status).toBe('superseded');
    const reopened: CommitmentEvent = { type: 'CommitmentReopened', data: { due: { precision: 'none' } } };
    expect(played([[split, says(japaneseSecretariat, named)]], [...both, reopened]).at(-1)?.type).toBe(
      'JointDecisionProposed',
    );
  });

  test('a half-spoken decision is over once it ended otherwise and was reopened', () => {
    const named = { ...others({ B: alive }), jointSource: false };
    const half = played(
      [[supersede('B'), says(japaneseSecretariat, named)]],
      [proposed(jointProposal), agreed],
    );
    const lapsed: CommitmentEvent = { type: 'CommitmentLapsed', data: { round: 1 } };
    const reopened: CommitmentEvent = { type: 'CommitmentReopened', data: { due: { precision: 'none' } } };
    given(commitment, ...half, lapsed, reopened)
      .when(supersede('B'), says(indianSecretariat, named))
      .happens(expect.objectContaining({ type: 'JointDecisionProposed' }));
  });
});
