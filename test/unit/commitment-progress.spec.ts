import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden, NotFound } from '../../src/domain/refusal.js';
import { agreed, jointProposal, proposed, quoted, says, unilateralProposal } from './commitments.js';
import { given, indianOfficer, indianSecretariat, japaneseOfficer, recorder } from './scenario.js';

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

describe('a commitment that was never proposed', () => {
  const digest = 'any';
  const changes: readonly CommitmentCommand[] = [
    { type: 'ConfirmCommitmentText', data: { party: 'IN', textDigest: digest } },
    { type: 'AgreeCommitment', data: {} },
    report('IN'),
    {
      type: 'SubmitEvidence',
      data: { party: 'IN', evidence: { id: 'E1', titles: { en: 'Report' }, digest } },
    },
    { type: 'ClaimDelivery', data: { party: 'IN', evidence: ['E1'] } },
    { type: 'AttestDelivery', data: { party: 'IN', claimDigest: digest } },
    { type: 'WithdrawCommitment', data: { party: 'IN' } },
  ];

  test.each(changes.map((change) => [change.type, change] as const))(
    'cannot be changed (%s)',
    (_type, change) => {
      given(commitment)
        .when(change, says(indianSecretariat, { sources: quoted, reason: 'No longer needed.' }))
        .isRefused('no-such-commitment', { as: NotFound });
    },
  );

  test.each(['verified', 'withdrawn'] as const)('nor can one that is %s, by anything', (status) => {
    const end: CommitmentEvent =
      status === 'verified'
        ? { type: 'CommitmentVerified', data: { claimDigest: digest } }
        : { type: 'CommitmentWithdrawn', data: { by: ['IN', 'JP'] } };
    const ended = given(commitment, proposed(jointProposal), agreed, end);
    for (const change of changes) {
      ended
        .when(change, says(indianSecretariat, { jointSource: true, reason: 'No longer needed.' }))
        .isRefused(`commitment-${status}`);
    }
  });
});
