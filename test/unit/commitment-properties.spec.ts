import fc from 'fast-check';
import type { Actor } from '../../src/domain/actor.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { claimDigestOf, keyHolders, keysTurned } from '../../src/domain/commitment/delivery.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import type { Commitment } from '../../src/domain/commitment/state.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { textDigestOf } from '../../src/domain/commitment/text.js';
import { fold } from '../../src/domain/decider.js';
import type { DueTerms } from '../../src/domain/due.js';
import { Refusal } from '../../src/domain/refusal.js';
import {
  agreed,
  evidence,
  jointProposal,
  played,
  proposed,
  quoted,
  says,
  unilateralProposal,
} from './commitments.js';
import {
  indianOfficer,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  recorder,
} from './scenario.js';

/** What may be asked, given the state that is shown to whoever asks. */
type Asks = (state: Commitment, party: string, day: string) => CommitmentCommand;
const due = (day: string): DueTerms => ({ precision: 'day', day });

const delivering: readonly Asks[] = [
  (_s, party) => ({ type: 'SubmitEvidence', data: { party, evidence: evidence(`E-${party}`) } }),
  (_s, party) => ({ type: 'ClaimDelivery', data: { party, evidence: [`E-${party}`] } }),
  (_s, party) => ({ type: 'ClaimDelivery', data: { party, evidence: [`E-${party}`] } }),
  (s, party) => ({
    type: 'AttestDelivery',
    data: { party, claimDigest: claimDigestOf(s, JSON.stringify) ?? '' },
  }),
  (s, party) => ({
    type: 'AttestDelivery',
    data: { party, claimDigest: claimDigestOf(s, JSON.stringify) ?? '' },
  }),
];
const disturbing: readonly Asks[] = [
  (_s, party, day) => ({ type: 'SubmitEvidence', data: { party, evidence: evidence(`E-${party}-${day}`) } }),
  (_s, party) => ({ type: 'WithdrawEvidence', data: { party, evidence: `E-${party}` } }),
  (_s, party) => ({ type: 'RetractDeliveryClaim', data: { party } }),
  (s, party) => ({
    type: 'DeclineAttestation',
    data: { party, claimDigest: claimDigestOf(s, JSON.stringify) ?? '' },
  }),
  (_s, party, day) => ({ type: 'RequestExtension', data: { party, due: due(day), reasonCode: 'other' } }),
  (_s, party) => ({ type: 'GrantExtension', data: { party } }),
  (_s, _p, day) => ({ type: 'BringDueDateForward', data: { due: due(day) } }),
  (_s, _p, day) => ({ type: 'SetDueDate', data: { due: due(day) } }),
  () => ({ type: 'ResolveDueDate', data: {} }),
  (_s, _p, day) => ({
    type: 'AmendCommitment',
    data: { from: day, changes: { text: { en: `As of ${day}.` } } },
  }),
  (_s, _p, day) => ({ type: 'CorrectCommitment', data: { changes: { text: { en: `Read on ${day}.` } } } }),
  (s, party) => ({
    type: 'ConfirmCommitmentText',
    data: { party, textDigest: textDigestOf(s, JSON.stringify) },
  }),
  (_s, party) => ({ type: 'ReportProgress', data: { party, health: 'on-track' } }),
  (_s, party) => ({ type: 'PauseCommitment', data: { party, reasonCode: 'other' } }),
  (_s, party) => ({ type: 'ResumeCommitment', data: { party } }),
  (_s, party) => ({ type: 'WithdrawCommitment', data: { party } }),
  () => ({ type: 'LapseCommitment', data: { round: 1 } }),
  (_s, _p, day) => ({ type: 'ReopenCommitment', data: { due: due(day) } }),
];

const turn = fc.record({
  asks: fc.constantFrom(...delivering, ...delivering, ...disturbing),
  party: fc.constantFrom('IN', 'JP'),
  actor: fc.constantFrom<Actor[]>(
    indianOfficer,
    indianSecretariat,
    japaneseOfficer,
    japaneseSecretariat,
    recorder,
  ),
  jointSource: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
  day: fc.integer({ min: 1, max: 12 }).map((month) => `2026-${String(month).padStart(2, '0')}-15`),
});
const proposals: readonly Proposal[] = [
  jointProposal,
  unilateralProposal,
  { ...jointProposal, due: { precision: 'next-round' } },
  { ...unilateralProposal, due: { precision: 'none' } },
];
const games = fc.record({
  proposal: fc.constantFrom(...proposals),
  turns: fc.array(turn, { minLength: 30, maxLength: 90, size: 'max' }),
});

/** Every state on the way, with the facts that led to it. */
function statesOf({ proposal, turns }: typeof games extends fc.Arbitrary<infer Game> ? Game : never) {
  let history: StatedEvent[] = [{ ...proposed(proposal), actor: recorder }, agreed];
  const states = [{ state: fold(commitment, history)!, events: history }];
  for (const { asks, party, actor, jointSource, day } of turns) {
    const before = states.at(-1)!.state;
    const around = says(actor, {
      jointSource,
      reason: 'Asked.',
      sources: quoted,
      now: `${day}T12:00:00Z`,
      nextRound: { number: 2, startsOn: day },
      ...(actor === recorder && jointSource && { close: { carryOver: [], lapsed: ['ENV-3'] } }),
    });
    try {
      const next = played([[asks(before, party, day), around]], history);
      states.push({ state: fold(commitment, next)!, events: next.slice(history.length) });
      history = next;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return states;
}

describe('whatever is permitted, in whatever order', () => {
  test('a verified commitment has every key to the claims of now, each by its party and none by a claimant', () => {
    let verified = 0;
    fc.assert(
      fc.property(games, (game) => {
        for (const { state, events } of statesOf(game)) {
          if (!events.some(({ type }) => type === 'CommitmentVerified')) continue;
          verified++;
          const claimants = state.delivery.claims.map(({ by }) => by);
          expect(keysTurned(state).toSorted()).toEqual(keyHolders(state).toSorted());
          const now = state.delivery.keys.filter(({ revision }) => revision === state.delivery.revision);
          expect(now.filter(({ by }) => claimants.includes(by))).toEqual([]);
          expect(now.every(({ by, party }) => by.startsWith(`key-${party.toLowerCase()}-`))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(verified).toBeGreaterThan(10);
  });

  test('the first date that could be counted to stays, and the text and its keys only grow', () => {
    let moved = 0;
    fc.assert(
      fc.property(games, (game) => {
        const states = statesOf(game).map(({ state }) => state);
        states.slice(1).forEach((state, index) => {
          const before = states[index]!;
          if (before.due.baseline?.window) expect(state.due.baseline).toEqual(before.due.baseline);
          if (state.due.current !== before.due.current) moved++;
          expect(state.due.changes.slice(0, before.due.changes.length)).toEqual(before.due.changes);
          expect(state.text.revision).toBeGreaterThanOrEqual(before.text.revision);
          expect(state.text.keys.slice(0, before.text.keys.length)).toEqual(before.text.keys);
          expect(state.delivery.revision).toBeGreaterThanOrEqual(before.delivery.revision);
          expect(state.delivery.keys.slice(0, before.delivery.keys.length)).toEqual(before.delivery.keys);
        });
      }),
      { numRuns: 500 },
    );
    expect(moved).toBeGreaterThan(10);
  });

  test('no side moves a date alone: a joint document is cited, or another side has spoken too', () => {
    fc.assert(
      fc.property(games, (game) => {
        const turns = game.turns.map((each) => ({ ...each, jointSource: false }));
        const states = statesOf({ ...game, turns });
        const spoken = states.flatMap(({ events }) => events);
        for (const event of spoken) {
          if (event.type === 'ExtensionGranted') expect(event.actor?.party).not.toBe(event.data.party);
          if (!['DueDateSet', 'DueDateBroughtForward', 'CommitmentReopened'].includes(event.type)) continue;
          const sides = spoken
            .slice(0, spoken.indexOf(event))
            .filter((each) => each.type === 'JointDecisionProposed' && each.data.decision === event.type)
            .map(({ actor }) => actor?.party);
          expect(new Set(sides)).toEqual(new Set(['IN', 'JP']));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('deciding is pure: asked twice it says the same, and changes neither state nor history', () => {
    fc.assert(
      fc.property(games, (game) => {
        const frozen = fold(commitment, [{ ...proposed(game.proposal), actor: recorder }, agreed])!;
        const before = JSON.stringify(frozen);
        expect(statesOf(game)).toEqual(statesOf(game));
        expect(JSON.stringify(frozen)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });
});
