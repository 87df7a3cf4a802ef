import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { dueFrom } from '../../src/domain/due.js';
import { Forbidden, Malformed } from '../../src/domain/refusal.js';
import { agreed, jointProposal, open, played, proposed, quoted, says } from './commitments.js';
import { given, indianSecretariat, japaneseSecretariat, recorder } from './scenario.js';

const lapse: CommitmentCommand = { type: 'LapseCommitment', data: { round: 2 } };
const lapsed: CommitmentEvent = { type: 'CommitmentLapsed', data: { round: 2 } };
const carry: CommitmentCommand = { type: 'CarryOverCommitment', data: { round: 2 } };
const carried: CommitmentEvent = { type: 'CommitmentCarriedOver', data: { round: 2 } };
const closed = (carryOver: string[], lapses: string[]) =>
  says({ id: 'rounds', role: 'system' }, { close: { carryOver, lapsed: lapses } });

describe('the close of a round', () => {
  test('lets lapse what it decided so, and nothing else; the clock never does', () => {
    open(jointProposal)
      .when(lapse, closed([], ['ENV-3']))
      .happens(lapsed);
    open(jointProposal)
      .when(lapse, closed(['ENV-3'], ['ENV-4']))
      .isRefused('not-decided-at-close');
    open(jointProposal)
      .when(lapse, says(recorder, { now: '2099-01-01T00:00:00Z' }))
      .isRefused('not-decided-at-close');
  });

  test('carries over what it decided so, once, and the commitment stays what it is', () => {
    open(jointProposal)
      .when(carry, closed(['ENV-3'], []))
      .happens(carried);
    open(jointProposal)
      .when(carry, closed([], ['ENV-3']))
      .isRefused('not-decided-at-close');
    open(jointProposal).when(carry, says(recorder)).isRefused('not-decided-at-close');
    open(jointProposal, carried)
      .when(carry, closed(['ENV-3'], []))
      .nothingHappens();
    const [before, after] = [open(jointProposal).state!, open(jointProposal, carried).state!];
    expect(after).toEqual({ ...before, carriedOver: [2] });
  });
});

test('a commitment is reaffirmed by a joint document, as often as one says so', () => {
  const reaffirm: CommitmentCommand = { type: 'ReaffirmCommitment', data: { round: 2 } };
  const joint = says(recorder, { jointSource: true });
  open(jointProposal)
    .when(reaffirm, joint)
    .happens({ type: 'CommitmentReaffirmed', data: { round: 2 } });
  open(jointProposal)
    .when({ ...reaffirm, data: {} }, joint)
    .happens({ type: 'CommitmentReaffirmed', data: {} });
  open(jointProposal)
    .when(reaffirm, says(recorder, { sources: quoted }))
    .isRefused('joint-document-missing', { as: Malformed, at: '/sources' });
});

describe('a commitment is reopened', () => {
  const reopen: CommitmentCommand = { type: 'ReopenCommitment', data: { due: { precision: 'none' } } };
  const reopened: CommitmentEvent = { type: 'CommitmentReopened', data: { due: { precision: 'none' } } };
  const why = { reason: 'It broke.', sources: quoted };
  const verified: CommitmentEvent = { type: 'CommitmentVerified', data: { claimDigest: 'a' } };

  test('with a reason and a source, by a joint document or the word of every side', () => {
    const ended = open(jointProposal, verified);
    ended.when(reopen, says(recorder, { ...why, jointSource: true })).happens(reopened);
    ended
      .when(reopen, says(recorder, { sources: quoted, jointSource: true }))
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    ended
      .when(reopen, says(recorder, { reason: 'It broke.' }))
      .isRefused('source-missing', { as: Malformed, at: '/sources' });
    ended.when(reopen, says(recorder, why)).isRefused('takes-every-side', { as: Forbidden });
  });

  test('by one side’s word it stays ended', () => {
    const start = [proposed(jointProposal), agreed, verified];
    const half = played([[reopen, says(indianSecretariat, why)]], start);
    expect(given(commitment, ...half).state?.status).toBe('verified');
    expect(given(commitment, ...played([[reopen, says(japaneseSecretariat, why)]], half)).state?.status).toBe(
      'in-progress',
    );
  });

  test('only if it was agreed once', () => {
    given(commitment, proposed(jointProposal), { type: 'CommitmentWithdrawn', data: { by: ['IN', 'JP'] } })
      .when(reopen, says(recorder, { ...why, jointSource: true }))
      .isRefused('never-agreed');
  });

  test('and keeps its baseline; the withdrawal is asked for anew, its successors are its own again', () => {
    const due = dueFrom({ precision: 'day', day: '2027-01-31' });
    const asked: CommitmentEvent = { type: 'WithdrawalProposed', data: { party: 'IN' } };
    const { state } = open(
      jointProposal,
      asked,
      { type: 'CommitmentSuperseded', data: { by: ['B'] } },
      { type: 'CommitmentReopened', data: { due } },
    );
    expect(state).toMatchObject({
      status: 'in-progress',
      successors: [],
      withdrawalProposedBy: [],
      due: { current: due, baseline: { window: { end: '2026-03-31' } } },
    });
    expect(state?.due.changes.map(({ how }) => how)).toEqual(['agreed', 'reopened']);
  });
});
