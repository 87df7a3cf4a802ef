import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { claimDigestOf, isPartlyDelivered, keysTurned } from '../../src/domain/commitment/delivery.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { textConfirmedBy, textDigestOf } from '../../src/domain/commitment/text.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  agreed,
  attested,
  claimed,
  jointProposal,
  open,
  proposed,
  says,
  shown,
  submitted,
  textShown,
} from './commitments.js';
import {
  given,
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

  test('but not from under a claim that rests on it alone', () => {
    after()
      .when(withdrawEvidence('JP', 'E2'), says(japaneseOfficer, { reason }))
      .isRefused('claim-rests-on-it', { at: '/evidence' });
  });
});

describe('a key to the text', () => {
  const key = (party: string): CommitmentEvent => ({ type: 'CommitmentTextConfirmed', data: { party } });
  const confirm = (party: string, textDigest = textShown()): CommitmentCommand => ({
    type: 'ConfirmCommitmentText',
    data: { party, textDigest },
  });
  const object: CommitmentCommand = {
    type: 'ObjectToCommitmentText',
    data: { party: 'IN', objection: { en: 'Two.' } },
  };
  const objected: CommitmentEvent = {
    type: 'CommitmentTextObjected',
    data: { party: 'IN', objection: { en: 'Two.' } },
  };
  const start = { ...proposed(jointProposal), actor: indianOfficer };
  const criteria = { criteria: [{ id: 'map', text: { en: 'A map' } }] };

  test('is never turned by the person who put the words on record', () => {
    given(commitment, start)
      .when(confirm('IN'), says(indianOfficer))
      .isRefused('own-text', { as: Forbidden });
    const corrected = {
      type: 'CommitmentCorrected',
      data: { changes: { text: { en: 'Four.' } } },
      actor: japaneseSecretariat,
    } as const;
    given(commitment, start, corrected)
      .when(confirm('JP', textShown({ en: 'Four.' })), says(japaneseSecretariat))
      .isRefused('own-text', { as: Forbidden });
  });

  test('fits only the words that were shown', () => {
    given(commitment, start)
      .when(confirm('IN', 'other'), says(indianSecretariat))
      .isRefused('text-changed', { at: '/textDigest' });
  });

  test.each<[string, CommitmentEvent, boolean]>([
    [
      'a correction of the words',
      { type: 'CommitmentCorrected', data: { changes: { text: { en: 'Four.' } } } },
      true,
    ],
    [
      'an amendment of the words',
      { type: 'CommitmentAmended', data: { from: '2026-06-01', changes: { text: { en: 'Four.' } } } },
      true,
    ],
    ['other criteria', { type: 'CommitmentCorrected', data: { changes: criteria } }, true],
    ['another date before agreement', { type: 'DueDateSet', data: { due: { precision: 'ongoing' } } }, true],
    ['another title', { type: 'CommitmentCorrected', data: { changes: { titles: { en: 'Soil' } } } }, false],
    [
      'a translation',
      { type: 'CommitmentTranslated', data: { language: 'ja', text: '調査', standing: 'machine' } },
      false,
    ],
  ])('and %s: stale %#', (_what, change, stale) => {
    const before = given(commitment, start, key('IN'), key('JP')).state!;
    const { state } = given(commitment, start, key('IN'), key('JP'), change);
    expect(textConfirmedBy(state!)).toEqual(stale ? [] : ['IN', 'JP']);
    expect(state?.text.keys).toHaveLength(2);
    expect(textDigestOf(state!, JSON.stringify) === textDigestOf(before, JSON.stringify)).toBe(!stale);
  });

  test('is not asked for anew when the date moves by its own rules', () => {
    const extended: CommitmentEvent = {
      type: 'ExtensionGranted',
      data: {
        party: 'JP',
        due: { precision: 'next-round' },
        reasonCode: 'other',
        grantedBy: 'IN',
        complete: true,
      },
    };
    const states = [[], [extended]].map(
      (more) => given(commitment, start, key('IN'), agreed, ...more).state!,
    );
    expect(states.map((state) => [textDigestOf(state, JSON.stringify), textConfirmedBy(state)])).toEqual([
      [textShown(), ['IN']],
      [textShown(), ['IN']],
    ]);
  });

  test('falls with an objection, which stands in the way of agreement until the party confirms', () => {
    given(commitment, start, key('IN'), key('JP')).when(object, says(indianSecretariat)).happens(objected);
    const standing = given(commitment, start, key('IN'), key('JP'), objected);
    expect(textConfirmedBy(standing.state!)).toEqual(['JP']);
    standing
      .when({ type: 'AgreeCommitment', data: {} }, says(recorder, { jointSource: true }))
      .isRefused('text-objected-to');
    standing.when(object, says(indianSecretariat)).isRefused('already-objected', { at: '/party' });
    standing
      .when(confirm('IN'), says(indianSecretariat))
      .happens({ type: 'CommitmentTextConfirmed', data: { party: 'IN', textDigest: textShown() } });
    expect(
      textConfirmedBy(given(commitment, start, key('IN'), key('JP'), objected, key('IN')).state!),
    ).toEqual(['IN', 'JP']);
  });

  test('and an objection are a side’s own word, and nobody else’s', () => {
    given(commitment, start)
      .when(object, says(japaneseSecretariat))
      .isRefused('not-your-party', { as: Forbidden });
    const france = { id: 'key-fr', role: 'secretariat', party: 'FR' } as const;
    const three = { parties: [{ code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' }] };
    given(commitment, start)
      .when(
        { type: 'ObjectToCommitmentText', data: { party: 'FR', objection: { en: 'No.' } } },
        says(france, three),
      )
      .isRefused('not-concerned', { at: '/party' });
    given(commitment, start)
      .when(confirm('FR'), says(france, three))
      .isRefused('not-concerned', { at: '/party' });
    given(commitment, start)
      .when({ type: 'ObjectToCommitmentText', data: { party: 'FR', objection: { en: 'No.' } } }, says(france))
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
  });
});

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
    expect(isPartlyDelivered(after().state!)).toBe(false);
  });
});
