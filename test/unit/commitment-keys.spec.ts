import fc from 'fast-check';
import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { claimDigestOf } from '../../src/domain/commitment/delivery.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { fold } from '../../src/domain/decider.js';
import { Forbidden, NotFound, Refusal } from '../../src/domain/refusal.js';
import {
  agreed,
  attested,
  claimed,
  evidence,
  jointProposal,
  proposed,
  says,
  shown,
  submitted,
  unilateralProposal,
} from './commitments.js';
import {
  given,
  indianOfficer,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  recorder,
} from './scenario.js';

const indiaShown = shown([indianOfficer, 'E1']);
const bothShown = shown([indianOfficer, 'E1'], [japaneseOfficer, 'E2']);
const japanShown = shown([japaneseOfficer, 'E1']);

const attest = (party: string, claimDigest = bothShown): CommitmentCommand => ({
  type: 'AttestDelivery',
  data: { party, claimDigest },
});
const turned = (party: string, claimDigest = bothShown): CommitmentEvent => ({
  type: 'DeliveryAttested',
  data: { party, claimDigest },
});
const verified = (claimDigest = bothShown): CommitmentEvent => ({
  type: 'CommitmentVerified',
  data: { claimDigest },
});

const jointlyClaimed = [
  proposed(jointProposal),
  agreed,
  submitted('IN', 'E1'),
  submitted('JP', 'E2'),
  claimed(indianOfficer, 'E1', indiaShown, false),
  claimed(japaneseOfficer, 'E2', bothShown, true),
];
const unilaterallyClaimed = [
  proposed(unilateralProposal),
  agreed,
  submitted('JP', 'E1'),
  claimed(japaneseOfficer, 'E1', japanShown, true),
];

describe('a joint commitment is verified only when', () => {
  test('every responsible party has turned its key; the last key verifies it', () => {
    given(commitment, ...jointlyClaimed)
      .when(attest('IN'), says(indianSecretariat))
      .happens(turned('IN'));
    given(commitment, ...jointlyClaimed, attested(indianSecretariat, bothShown))
      .when(attest('JP'), says(japaneseSecretariat))
      .happens(turned('JP'), verified());
  });

  test('one party has not turned its key twice', () => {
    given(commitment, ...jointlyClaimed, attested(indianSecretariat, bothShown))
      .when(attest('IN'), says({ ...indianSecretariat, id: 'key-in-third' }))
      .isRefused('already-attested', { at: '/party' });
  });

  test('every share is claimed', () => {
    given(commitment, ...jointlyClaimed.slice(0, -1))
      .when(attest('IN', indiaShown), says(indianSecretariat))
      .isRefused('commitment-agreed');
  });
});

describe('a unilateral commitment is verified only', () => {
  test('by the party that it was made to', () => {
    given(commitment, ...unilaterallyClaimed)
      .when(attest('IN', japanShown), says(indianSecretariat))
      .happens(turned('IN', japanShown), verified(japanShown));
  });

  test('and never by the side that claimed, whoever of it asks', () => {
    given(commitment, ...unilaterallyClaimed)
      .when(attest('JP'), says(japaneseSecretariat))
      .isRefused('no-key', { as: Forbidden });
  });
});

describe('a key', () => {
  test('is never turned by a person who claimed, on either side', () => {
    const start = given(commitment, ...jointlyClaimed);
    start.when(attest('JP'), says(japaneseOfficer)).isRefused('own-claim', { as: Forbidden });
    start.when(attest('IN'), says(indianOfficer)).isRefused('own-claim', { as: Forbidden });
    given(commitment, ...unilaterallyClaimed)
      .when(attest('IN'), says({ ...japaneseOfficer, party: 'IN' }))
      .isRefused('own-claim', { as: Forbidden });
  });

  test('refers to the claim as it was shown; it does not fit another one', () => {
    given(commitment, ...jointlyClaimed)
      .when(attest('IN', indiaShown), says(indianSecretariat))
      .isRefused('claim-changed', { at: '/claimDigest' });
  });

  test.each<[string, Actor]>([
    ['the other side', japaneseSecretariat],
    ['a recorder', recorder],
  ])('is never turned for a party by %s', (_who, actor) => {
    given(commitment, ...jointlyClaimed)
      .when(attest('IN'), says(actor))
      .isRefused('not-your-party', { as: Forbidden });
  });

  test('is never turned for two parties by one person, whatever they were when they turned the first', () => {
    const moved = { ...indianSecretariat, party: 'JP' };
    given(commitment, ...jointlyClaimed, attested(indianSecretariat, bothShown))
      .when(attest('JP'), says(moved))
      .isRefused('two-keys-in-one-hand', { as: Forbidden });
  });

  test('belongs to a party of the dialogue', () => {
    given(commitment, ...jointlyClaimed)
      .when(attest('FR'), says({ id: 'key-fr', role: 'secretariat', party: 'FR' }))
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
  });

  test('is needed only once delivery is claimed', () => {
    given(commitment, proposed(jointProposal), agreed)
      .when(attest('IN'), says(indianSecretariat))
      .isRefused('commitment-agreed');
  });
});

describe('whatever is asked, by whomever, in whatever order', () => {
  type StatedEvent = CommitmentEvent & { readonly actor: Actor };
  type Turn = { readonly type: CommitmentCommand['type']; readonly party: string; readonly actor: Actor };

  const actors = [indianOfficer, indianSecretariat, japaneseOfficer, japaneseSecretariat, recorder];
  const turns = (...types: CommitmentCommand['type'][]) =>
    fc.array(
      fc.record<Turn>({
        type: fc.constantFrom(...types),
        party: fc.constantFrom('IN', 'JP'),
        actor: fc.constantFrom(...actors),
      }),
      { minLength: 40, maxLength: 120, size: 'max' },
    );
  const delivering = ['ReportProgress', 'SubmitEvidence', 'ClaimDelivery', 'AttestDelivery'] as const;

  /** A history that begins with an agreed commitment and has only turns that the rules permit. */
  function play(proposal: Proposal, taken: readonly Turn[]): StatedEvent[] {
    const start = [proposed(proposal), agreed].map((event) => ({ ...event, actor: recorder }));
    return taken.reduce<StatedEvent[]>((history, { type, party, actor }) => {
      const state = fold(commitment, history);
      const data = {
        party,
        health: 'on-track',
        evidence: type === 'SubmitEvidence' ? evidence(`E-${party}`) : [`E-${party}`],
        claimDigest: state && claimDigestOf(state, JSON.stringify),
      };
      try {
        const command = { type, data } as unknown as CommitmentCommand;
        const facts = commitment.decide(state, command, says(actor, { reason: 'Overtaken.' }));
        return [...history, ...facts.map((fact) => ({ ...fact, actor }))];
      } catch (error) {
        if (error instanceof Refusal) return history;
        throw error;
      }
    }, start);
  }

  const of = <Type extends CommitmentEvent['type']>(history: readonly StatedEvent[], type: Type) =>
    history.filter((event): event is StatedEvent & { type: Type } => event.type === type);

  test.each([
    ['joint', jointProposal, ['IN', 'JP']],
    ['unilateral', unilateralProposal, ['IN']],
  ] as const)(
    'a verified %s commitment has every key, none of a person who claimed',
    (_n, proposal, needed) => {
      let reached = 0;
      fc.assert(
        fc.property(turns(...delivering), (taken) => {
          const history = play(proposal, taken);
          if (!history.some(({ type }) => type === 'CommitmentVerified')) return;
          reached++;
          const claimants = new Set(of(history, 'DeliveryClaimed').map(({ actor }) => actor.id));
          const keys = of(history, 'DeliveryAttested');
          expect(keys.map(({ data }) => data.party).toSorted()).toEqual(needed);
          expect(keys.every(({ actor, data }) => actor.party === data.party)).toBe(true);
          expect(keys.filter(({ actor }) => claimants.has(actor.id))).toEqual([]);
        }),
      );
      expect(reached).toBeGreaterThan(0);
    },
  );

  test('nothing happens to a commitment after it has ended', () => {
    fc.assert(
      fc.property(turns(...delivering, 'WithdrawCommitment', 'AgreeCommitment'), (taken) => {
        const types = play(unilateralProposal, taken).map(({ type }) => type);
        const end = types.findIndex(
          (type) => type === 'CommitmentVerified' || type === 'CommitmentWithdrawn',
        );
        if (end >= 0) expect(types.slice(end + 1)).toEqual([]);
      }),
    );
  });
});
