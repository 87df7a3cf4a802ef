import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { claimDigestOf, keysTurned } from '../../src/domain/commitment/delivery.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import { attested, claimed, jointProposal, open, says, shown, submitted } from './commitments.js';
import {
  indianOfficer,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  recorder,
} from './scenario.js';

const reason = 'Found wanting.';
const bothShown = shown([indianOfficer, 'E1'], [japaneseOfficer, 'E2']);
/** Both shares are claimed, and Japan's key is turned. */
const halfAttested = [
  submitted('IN', 'E1'),
  submitted('JP', 'E2'),
  submitted('JP', 'E3'),
  claimed(indianOfficer, 'E1', 'a', false),
  claimed(japaneseOfficer, 'E2', 'b', true),
  attested(japaneseSecretariat, 'b'),
];
const after = (...events: CommitmentEvent[]) => open(jointProposal, ...halfAttested, ...events);
const attest = (party: string, claimDigest: string): CommitmentCommand => ({
  type: 'AttestDelivery',
  data: { party, claimDigest },
});
const decline = (claimDigest: string): CommitmentCommand => ({
  type: 'DeclineAttestation',
  data: { party: 'IN', claimDigest },
});
const withdrawEvidence = (party: string, evidence: string): CommitmentCommand => ({
  type: 'WithdrawEvidence',
  data: { party, evidence },
});
const retract = (party: string): CommitmentCommand => ({ type: 'RetractDeliveryClaim', data: { party } });

describe('a key to a delivery goes stale', () => {
  test.each<[string, CommitmentEvent]>([
    ['new evidence', submitted('IN', 'E9')],
    ['evidence taken back', { type: 'EvidenceWithdrawn', data: { party: 'JP', evidence: 'E3' } }],
    ['a claim taken back', { type: 'DeliveryClaimRetracted', data: { party: 'IN' } }],
  ])('by %s, and is kept', (_what, change) => {
    const { state } = after(change);
    expect(keysTurned(after().state!)).toEqual(['JP']);
    expect(keysTurned(state!)).toEqual([]);
    expect(state?.delivery.keys).toHaveLength(1);
  });

  test('so that one more key does not verify, and the stale one is turned anew', () => {
    const changed = after(submitted('IN', 'E9'));
    const digest = claimDigestOf(changed.state!, JSON.stringify)!;
    changed
      .when(attest('IN', digest), says(indianSecretariat))
      .happens({ type: 'DeliveryAttested', data: { party: 'IN', claimDigest: digest } });
    changed
      .when(attest('JP', digest), says(japaneseSecretariat))
      .happens({ type: 'DeliveryAttested', data: { party: 'JP', claimDigest: digest } });
    changed
      .when(attest('IN', bothShown), says(indianSecretariat))
      .isRefused('claim-changed', { at: '/claimDigest' });
  });

  test('even when the same evidence is claimed again', () => {
    const again = after(
      { type: 'DeliveryClaimRetracted', data: { party: 'IN' } },
      claimed(indianOfficer, 'E1', 'c', true),
    );
    expect([again.state?.status, keysTurned(again.state!)]).toEqual(['delivery-claimed', []]);
  });

  test('and a claim on other evidence is another claim, by its digest too', () => {
    const rests = (id: string) =>
      claimDigestOf(
        open(
          jointProposal,
          submitted('JP', 'E2'),
          submitted('JP', 'E3'),
          claimed(japaneseOfficer, id, 'a', false),
        ).state!,
        JSON.stringify,
      );
    expect(rests('E2')).not.toBe(rests('E3'));
  });

  test('at the end of its commitment: reopened, it has neither claim nor key', () => {
    const reopened: CommitmentEvent = { type: 'CommitmentReopened', data: { due: { precision: 'none' } } };
    const { state } = after(
      attested(indianSecretariat, 'b'),
      { type: 'CommitmentVerified', data: { claimDigest: 'b' } },
      reopened,
    );
    expect([state?.status, state?.delivery.claims, keysTurned(state!), state?.delivery.keys.length]).toEqual([
      'in-progress',
      [],
      [],
      2,
    ]);
  });
});

describe('an attestation is declined', () => {
  test('with a reason, by a party that holds a key and did not claim; then all is claimed anew', () => {
    const digest = claimDigestOf(after().state!, JSON.stringify)!;
    const declined: CommitmentEvent = {
      type: 'AttestationDeclined',
      data: { party: 'IN', claimDigest: digest },
    };
    after().when(decline(digest), says(indianSecretariat, { reason })).happens(declined);
    after()
      .when(decline(digest), says(indianSecretariat))
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    after()
      .when(decline('other'), says(indianSecretariat, { reason }))
      .isRefused('claim-changed', { at: '/claimDigest' });
    after().when(decline(digest), says(indianOfficer, { reason })).isRefused('own-claim', { as: Forbidden });
    after().when(decline(digest), says(recorder, { reason })).isRefused('not-your-party', { as: Forbidden });
    const { state } = after(declined);
    expect([state?.status, state?.delivery.claims]).toEqual(['in-progress', []]);
  });
});

describe('a claim is retracted', () => {
  test('by its own party, with a reason, where there is one', () => {
    after()
      .when(retract('JP'), says(japaneseOfficer, { reason }))
      .happens({ type: 'DeliveryClaimRetracted', data: { party: 'JP' } });
    after()
      .when(retract('JP'), says(japaneseOfficer))
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    after()
      .when(retract('JP'), says(indianOfficer, { reason }))
      .isRefused('not-your-party', { as: Forbidden });
    open(jointProposal)
      .when(retract('JP'), says(japaneseOfficer, { reason }))
      .isRefused('nothing-claimed', { at: '/party' });
    expect(after({ type: 'DeliveryClaimRetracted', data: { party: 'JP' } }).state?.status).toBe(
      'in-progress',
    );
  });
});

describe('evidence is taken back', () => {
  test('by the party that submitted it, with a reason', () => {
    after()
      .when(withdrawEvidence('JP', 'E3'), says(japaneseOfficer, { reason }))
      .happens({ type: 'EvidenceWithdrawn', data: { party: 'JP', evidence: 'E3' } });
    after()
      .when(withdrawEvidence('JP', 'E3'), says(japaneseOfficer))
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    after()
      .when(withdrawEvidence('JP', 'E1'), says(japaneseOfficer, { reason }))
      .isRefused('no-such-evidence', { as: NotFound, at: '/evidence' });
    after()
      .when(withdrawEvidence('JP', 'E3'), says(indianOfficer, { reason }))
      .isRefused('not-your-party', { as: Forbidden });
  });

  test('in confidence where it was submitted so: no key goes stale, and nobody else is told that it was there', () => {
    const confidentiality = { level: 'own-side', party: 'JP' } as const;
    const kept = after({ ...submitted('JP', 'E9'), confidentiality });
    const gone = {
      type: 'EvidenceWithdrawn',
      data: { party: 'JP', evidence: 'E9' },
      confidentiality,
    } as const;
    kept.when(withdrawEvidence('JP', 'E9'), says(japaneseOfficer, { reason })).happens(gone);
    const { state } = after({ ...submitted('JP', 'E9'), confidentiality }, gone);
    expect(keysTurned(state!)).toEqual(['JP']);
    expect(state?.delivery).toEqual(after().state?.delivery);
  });

  test('but not from under a claim that rests on it alone', () => {
    after()
      .when(withdrawEvidence('JP', 'E2'), says(japaneseOfficer, { reason }))
      .isRefused('claim-rests-on-it', { at: '/evidence' });
  });
});
