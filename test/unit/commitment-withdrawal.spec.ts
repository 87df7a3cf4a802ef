import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden } from '../../src/domain/refusal.js';
import {
  claimed,
  jointProposal,
  open,
  proposed,
  says,
  submitted,
  unilateralProposal,
} from './commitments.js';
import { given, indianSecretariat, japaneseOfficer, japaneseSecretariat } from './scenario.js';

const withdraw = (party: string): CommitmentCommand => ({ type: 'WithdrawCommitment', data: { party } });
const asksFor = (party: string): CommitmentEvent => ({ type: 'WithdrawalProposed', data: { party } });
const withdrawn = (...by: string[]): CommitmentEvent => ({ type: 'CommitmentWithdrawn', data: { by } });

const reason = 'The districts were surveyed by others.';
const india = says(indianSecretariat, { reason });
const japan = says(japaneseSecretariat, { reason });

describe('a unilateral commitment', () => {
  test('is withdrawn by the word of the party that made it', () => {
    open(unilateralProposal).when(withdraw('JP'), japan).happens(asksFor('JP'), withdrawn('JP'));
  });

  test('is not withdrawn by the party that it is owed to', () => {
    open(unilateralProposal).when(withdraw('IN'), india).isRefused('not-responsible', { at: '/party' });
  });
});

describe('a joint commitment', () => {
  test('goes on when one party asks for its withdrawal', () => {
    open(jointProposal).when(withdraw('IN'), india).happens(asksFor('IN'));
    expect(open(jointProposal, asksFor('IN')).state?.status).toBe('agreed');
  });

  test('is withdrawn when the last responsible party has asked for it', () => {
    open(jointProposal, asksFor('IN'))
      .when(withdraw('JP'), japan)
      .happens(asksFor('JP'), withdrawn('IN', 'JP'));
  });

  test('is asked to be withdrawn once by each party', () => {
    open(jointProposal, asksFor('IN'))
      .when(withdraw('IN'), india)
      .isRefused('withdrawal-already-proposed', { at: '/party' });
  });
});

describe('a withdrawal', () => {
  test('says why', () => {
    open(jointProposal)
      .when(withdraw('IN'), says(indianSecretariat))
      .isRefused('reason-missing', { at: '/reason' });
  });

  test('is asked for by a party’s own people', () => {
    open(jointProposal).when(withdraw('JP'), india).isRefused('not-your-party', { as: Forbidden });
  });

  test('is possible before the text is agreed', () => {
    given(commitment, proposed(jointProposal)).when(withdraw('IN'), india).happens(asksFor('IN'));
  });

  test('is possible while work goes on, and while a claim awaits its keys', () => {
    const working: CommitmentEvent = { type: 'ProgressReported', data: { party: 'JP', health: 'off-track' } };
    open(unilateralProposal, working).when(withdraw('JP'), japan).happens(asksFor('JP'), withdrawn('JP'));
    open(unilateralProposal, submitted('JP', 'E1'), claimed(japaneseOfficer, 'E1', 'digest', true))
      .when(withdraw('JP'), japan)
      .happens(asksFor('JP'), withdrawn('JP'));
  });
});
