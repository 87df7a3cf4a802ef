import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { isPartlyDelivered } from '../../src/domain/commitment/delivery.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { agreed, claimed, jointProposal, open, proposed, says, submitted } from './commitments.js';
import { given, japaneseOfficer } from './scenario.js';

describe('what is delivered in part', () => {
  const criteria = [
    { id: 'map', text: { en: 'A map' } },
    { id: 'list', text: { en: 'A list' } },
  ];
  const judged = (is: 'met' | 'not-met'): CommitmentEvent => ({
    type: 'ProgressReported',
    data: {
      party: 'JP',
      health: 'at-risk',
      criteria: [
        { criterion: 'map', is: 'met' },
        { criterion: 'list', is },
      ],
    },
  });
  const claim: CommitmentCommand = { type: 'ClaimDelivery', data: { party: 'JP', evidence: ['E1'] } };
  const start = [proposed({ ...jointProposal, criteria }), agreed, submitted('JP', 'E1'), judged('not-met')];

  test('is said so, and never claimed as a whole', () => {
    expect(isPartlyDelivered(given(commitment, ...start).state!)).toBe(true);
    given(commitment, ...start)
      .when(claim, says(japaneseOfficer))
      .isRefused('criterion-not-met');
  });

  test('is claimed once it is met, or once an amendment has dropped what was not', () => {
    const dropped: CommitmentEvent = {
      type: 'CommitmentAmended',
      data: { from: '2026-06-01', changes: { criteria: criteria.slice(0, 1) } },
    };
    for (const change of [judged('met'), dropped]) {
      const whole = given(commitment, ...start, change);
      expect(isPartlyDelivered(whole.state!)).toBe(false);
      whole.when(claim, says(japaneseOfficer)).happens(expect.objectContaining({ type: 'DeliveryClaimed' }));
    }
  });

  test('is also one share of two', () => {
    expect(
      isPartlyDelivered(
        open(jointProposal, submitted('JP', 'E1'), claimed(japaneseOfficer, 'E1', 'a', false)).state!,
      ),
    ).toBe(true);
  });
});
