import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden } from '../../src/domain/refusal.js';
import { agreed, jointProposal, proposed, says, unilateralProposal } from './commitments.js';
import { given, indianOfficer, japaneseOfficer, recorder } from './scenario.js';

const report = (party: string): CommitmentCommand => ({
  type: 'ReportProgress',
  data: { party, health: 'at-risk', text: { en: 'The rains came early.' } },
});
const reported = (party: string): CommitmentEvent => ({
  type: 'ProgressReported',
  data: { party, health: 'at-risk', text: { en: 'The rains came early.' } },
});

describe('a progress report', () => {
  const start = given(commitment, proposed(jointProposal), agreed);

  test('is a responsible side’s own word on its share, any number of times', () => {
    start.when(report('IN'), says(indianOfficer)).happens(reported('IN'));
    given(commitment, proposed(jointProposal), agreed, reported('IN'))
      .when(report('IN'), says(indianOfficer))
      .happens(reported('IN'));
  });

  test.each<[string, Actor]>([
    ['the other side', japaneseOfficer],
    ['a recorder', recorder],
  ])('is never made for a party by %s', (_who, actor) => {
    start.when(report('IN'), says(actor)).isRefused('not-your-party', { as: Forbidden });
  });

  test('is not made by a party that has undertaken nothing', () => {
    given(commitment, proposed(unilateralProposal), agreed)
      .when(report('IN'), says(indianOfficer))
      .isRefused('not-responsible', { at: '/party' });
  });

  test('begins the work', () => {
    const { state } = given(commitment, proposed(jointProposal), agreed, reported('IN'));
    expect(state?.status).toBe('in-progress');
  });

  test('is too early while the text is only proposed', () => {
    given(commitment, proposed(jointProposal))
      .when(report('IN'), says(indianOfficer))
      .isRefused('commitment-proposed');
  });
});
