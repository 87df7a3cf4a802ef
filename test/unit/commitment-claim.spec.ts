import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden, NotFound } from '../../src/domain/refusal.js';
import {
  claimed,
  evidence,
  jointProposal,
  open,
  proposed,
  says,
  shown,
  submitted,
  unilateralProposal,
} from './commitments.js';
import { given, indianOfficer, japaneseOfficer, recorder } from './scenario.js';

const submit = (party: string, id: string): CommitmentCommand => ({
  type: 'SubmitEvidence',
  data: { party, evidence: evidence(id) },
});
const claim = (party: string, ...ids: string[]): CommitmentCommand => ({
  type: 'ClaimDelivery',
  data: { party, evidence: ids },
});

const notYours: readonly [string, Actor][] = [
  ['the other side', japaneseOfficer],
  ['a recorder', recorder],
];

describe('evidence', () => {
  test('is put on record by a responsible party before it claims upon it', () => {
    open(jointProposal).when(submit('IN', 'E1'), says(indianOfficer)).happens(submitted('IN', 'E1'));
  });

  test('keeps its reference: the bytes behind it never change', () => {
    open(jointProposal, submitted('IN', 'E1'))
      .when(
        { type: 'SubmitEvidence', data: { party: 'IN', evidence: evidence('E1', 'other bytes') } },
        says(indianOfficer),
      )
      .isRefused('evidence-already-submitted', { at: '/evidence/id' });
  });

  test.each(notYours)('is never submitted for a party by %s', (_who, actor) => {
    open(jointProposal).when(submit('IN', 'E1'), says(actor)).isRefused('not-your-party', { as: Forbidden });
  });

  test('is not submitted by a party that has undertaken nothing', () => {
    open(unilateralProposal)
      .when(submit('IN', 'E1'), says(indianOfficer))
      .isRefused('not-responsible', { at: '/party' });
  });

  test('is not taken before the text is agreed, nor after the end', () => {
    given(commitment, proposed(unilateralProposal))
      .when(submit('JP', 'E1'), says(japaneseOfficer))
      .isRefused('commitment-proposed');
    open(unilateralProposal, { type: 'CommitmentLapsed', data: { round: 2 } })
      .when(submit('JP', 'E2'), says(japaneseOfficer))
      .isRefused('commitment-lapsed');
  });
});

describe('a claim of delivery', () => {
  const withEvidence = (...more: CommitmentEvent[]) =>
    open(jointProposal, submitted('IN', 'E1'), submitted('JP', 'E2'), ...more);

  test('names the evidence and fixes what a key will refer to: who claims what by which bytes', () => {
    withEvidence()
      .when(claim('IN', 'E1'), says(indianOfficer))
      .happens({
        type: 'DeliveryClaimed',
        data: {
          party: 'IN',
          evidence: ['E1'],
          claimDigest: shown([indianOfficer, 'E1']),
          complete: false,
        },
      });
  });

  test('of a joint commitment is complete when every party has claimed its share', () => {
    const first = claimed(indianOfficer, 'E1', 'digest', false);
    withEvidence(first)
      .when(claim('JP', 'E2'), says(japaneseOfficer))
      .happens({
        type: 'DeliveryClaimed',
        data: {
          party: 'JP',
          evidence: ['E2'],
          claimDigest: shown([indianOfficer, 'E1'], [japaneseOfficer, 'E2']),
          complete: true,
        },
      });
    expect(withEvidence(first).state?.status).toBe('agreed');
  });

  test('of a unilateral commitment is complete at once', () => {
    open(unilateralProposal, submitted('JP', 'E1'))
      .when(claim('JP', 'E1'), says(japaneseOfficer))
      .happens({
        type: 'DeliveryClaimed',
        data: {
          party: 'JP',
          evidence: ['E1'],
          claimDigest: shown([japaneseOfficer, 'E1']),
          complete: true,
        },
      });
  });

  test('needs evidence', () => {
    withEvidence().when(claim('IN'), says(indianOfficer)).isRefused('evidence-missing', { at: '/evidence' });
  });

  test('rests on evidence that the claiming party itself has submitted', () => {
    withEvidence()
      .when(claim('IN', 'E1', 'E9'), says(indianOfficer))
      .isRefused('no-such-evidence', { as: NotFound, at: '/evidence/1' });
    withEvidence()
      .when(claim('IN', 'E2'), says(indianOfficer))
      .isRefused('no-such-evidence', { as: NotFound, at: '/evidence/0' });
  });

  test('is made once for each share', () => {
    withEvidence(claimed(indianOfficer, 'E1', 'digest', false))
      .when(claim('IN', 'E1'), says(indianOfficer))
      .isRefused('delivery-already-claimed', { at: '/party' });
  });

  test.each(notYours)('is never made for a party by %s', (_who, actor) => {
    withEvidence().when(claim('IN', 'E1'), says(actor)).isRefused('not-your-party', { as: Forbidden });
  });

  test('is not made by a party that has undertaken nothing', () => {
    open(unilateralProposal)
      .when(claim('IN', 'E1'), says(indianOfficer))
      .isRefused('not-responsible', { at: '/party' });
  });

  test('is too early while the text is only proposed', () => {
    given(commitment, proposed(jointProposal))
      .when(claim('IN', 'E1'), says(indianOfficer))
      .isRefused('commitment-proposed');
  });
});
