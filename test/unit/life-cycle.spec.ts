import { commitment } from '../../src/domain/commitment/commitment.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import { fold } from '../../src/domain/decider.js';
import { NotFound, Refusal } from '../../src/domain/refusal.js';
import { jointProposal, played, type Turn } from './commitments.js';
import {
  historyTo,
  type Later,
  proposing,
  type State,
  states,
  type Trial,
  trials,
} from './life-cycle-trials.js';
import { given } from './scenario.js';

const same = (...in_: State[]): Partial<Record<State, State>> =>
  Object.fromEntries(in_.map((state) => [state, state]));
const to = (state: State, ...from: State[]): Partial<Record<State, State>> =>
  Object.fromEntries(from.map((each) => [each, state]));

const open = ['agreed', 'in-progress', 'paused', 'delivery-claimed'] as const;
const working = ['agreed', 'in-progress', 'paused'] as const;
const ended = ['verified', 'withdrawn', 'superseded', 'lapsed'] as const;

/** From which state each command leads to which; from all others it is refused (domain.md 6.4). */
const table: Readonly<Record<Later, Partial<Record<State, State>>>> = {
  AgreeCommitment: to('agreed', 'proposed'),
  StartWork: to('in-progress', 'agreed'),
  ReportProgress: { ...to('in-progress', 'agreed'), ...same('in-progress', 'paused') },
  ReportNoProgress: same(...working),
  PauseCommitment: to('paused', 'agreed', 'in-progress'),
  ResumeCommitment: to('in-progress', 'paused'),
  ClaimDelivery: to('delivery-claimed', ...working),
  AttestDelivery: to('verified', 'delivery-claimed'),
  DeclineAttestation: to('in-progress', 'delivery-claimed'),
  // Before every share is claimed, one share is taken back without any change of the state.
  RetractDeliveryClaim: { ...to('in-progress', 'delivery-claimed'), ...same(...working) },
  WithdrawCommitment: to('withdrawn', 'proposed', ...open),
  SupersedeCommitment: to('superseded', ...open),
  SplitCommitment: to('superseded', ...open),
  MergeCommitment: to('superseded', ...open),
  LapseCommitment: to('lapsed', ...open),
  ReopenCommitment: to('in-progress', ...ended),
  RequestExtension: same(...open),
  GrantExtension: same(...open),
  RefuseExtension: same(...open),
  AmendCommitment: same(...open),
  CarryOverCommitment: same(...open),
  ReaffirmCommitment: same(...open),
  RaiseDispute: same(...open),
  // What is superseded has no open dispute, so none is left to settle.
  SettleDispute: same(...open, 'verified', 'withdrawn', 'lapsed'),
  ConfirmCommitmentText: same('proposed', ...open),
  ObjectToCommitmentText: same('proposed'),
  CorrectCommitment: same(...states),
  ReclassifyCommitment: same(...states),
  TranslateCommitment: same(...states),
  MoveCommitmentToFocusArea: same(...states),
  AssignUndertaking: same('proposed', ...open),
  TransferUndertaking: same('proposed', ...open),
  NameFocalPoint: same('proposed', ...open),
  SetDueDate: same('proposed', ...open),
  ResolveDueDate: same('proposed', ...open),
  BringDueDateForward: same(...working),
  SubmitEvidence: same(...open),
  WithdrawEvidence: same(...open),
  // Who may read it is a matter of its own, whatever becomes of it (domain.md 6.7).
  ClassifyCommitment: same(...states),
  SetEmbargo: same(...states),
  ReleaseCommitment: same(...states),
  RecordAssessment: same(...open, ...ended),
  ReviseAssessment: same(...open, ...ended),
};

/** The turn as it is taken in this state of things. */
function inState(turn: Trial['asks'], history: readonly StatedEvent[]): Turn {
  return typeof turn === 'function' ? turn(fold(commitment, history)!) : turn;
}

/** The history with the turn, or without it where a rule forbids it. */
function attempted(turn: Trial['after'], history: StatedEvent[]): StatedEvent[] {
  if (!turn) return history;
  try {
    return played([inState(turn, history)], history);
  } catch (error) {
    if (error instanceof Refusal) return history;
    throw error;
  }
}

describe.each(states)('a commitment that is %s', (state) => {
  test('is what its history made it', () => {
    expect(fold(commitment, historyTo(state, jointProposal.due))?.status).toBe(state);
  });

  test.each(Object.entries(trials) as [Later, Trial][])('and %s', (type, { asks, after, early, due }) => {
    const history = attempted(after, historyTo(state, due ?? jointProposal.due, early));
    const [command, around] = inState(asks, history);
    const leadsTo = table[type][state];
    if (leadsTo) {
      const next = played([[command, around]], history);
      expect(next.length).toBeGreaterThan(history.length);
      expect(fold(commitment, next)?.status).toBe(leadsTo);
    } else if (type === 'SettleDispute' && state === 'superseded') {
      expect(() => played([[command, around]], history)).toThrow('There is no dispute D1.');
    } else {
      given(commitment, ...history)
        .when(command, around)
        .isRefused(`commitment-${state}`);
    }
  });

  test('is not proposed again', () => {
    const [command, around] = proposing(jointProposal.due);
    given(commitment, ...historyTo(state, jointProposal.due))
      .when(command, around)
      .isRefused('commitment-already-proposed', { at: '/id' });
  });
});

test.each(Object.entries(trials) as [Later, Trial][])(
  'a commitment that was never proposed cannot be changed (%s)',
  (_type, { asks }) => {
    const state = fold(commitment, historyTo('delivery-claimed', jointProposal.due))!;
    const [command, around] = typeof asks === 'function' ? asks(state) : asks;
    given(commitment).when(command, around).isRefused('no-such-commitment', { as: NotFound });
  },
);
