import type { CommitmentCircumstances, OtherCommitment } from '../../src/domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { claimDigestOf } from '../../src/domain/commitment/delivery.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import type { Commitment } from '../../src/domain/commitment/state.js';
import { textDigestOf } from '../../src/domain/commitment/text.js';
import { fold } from '../../src/domain/decider.js';
import type { DueTerms } from '../../src/domain/due.js';
import { evidence, jointProposal, played, quoted, says, type Turn } from './commitments.js';
import { indianOfficer, indianSecretariat, japaneseOfficer, japaneseSecretariat } from './scenario.js';

/** The states of domain.md 6.4, written down anew. */
export const states = [
  'proposed',
  'agreed',
  'in-progress',
  'paused',
  'delivery-claimed',
  'verified',
  'withdrawn',
  'superseded',
  'lapsed',
] as const;
export type State = (typeof states)[number];
export type Later = Exclude<CommitmentCommand['type'], 'ProposeCommitment'>;

const other: OtherCommitment = { status: 'agreed', successors: [] };
const allIsWell: Partial<CommitmentCircumstances> = {
  jointSource: true,
  sources: quoted,
  reason: 'As the minutes say.',
  others: new Map([
    ['B', other],
    ['C', other],
  ]),
  nextRound: { number: 2, startsOn: '2026-06-01' },
  close: { carryOver: ['ENV-3'], lapsed: ['ENV-3'] },
};
const india = says(indianSecretariat, allIsWell);
const japan = says(japaneseSecretariat, allIsWell);
const indianDesk = says(indianOfficer, allIsWell);
const japaneseDesk = says(japaneseOfficer, allIsWell);

const later: DueTerms = { precision: 'day', day: '2026-09-30' };
const earlier: DueTerms = { precision: 'day', day: '2026-02-28' };
const claim = (party: string, id: string) =>
  ({ type: 'ClaimDelivery', data: { party, evidence: [id] } }) as const;
const submit = (party: string, id: string) =>
  ({ type: 'SubmitEvidence', data: { party, evidence: evidence(id) } }) as const;
const ask: CommitmentCommand = {
  type: 'RequestExtension',
  data: { party: 'JP', due: later, reasonCode: 'other' },
};
const dispute: CommitmentCommand = {
  type: 'RaiseDispute',
  data: { party: 'IN', id: 'D1', about: 'status', text: { en: 'No.' } },
};
const withdraw = (party: string): CommitmentCommand => ({ type: 'WithdrawCommitment', data: { party } });
const score: Extract<CommitmentCommand, { type: 'RecordAssessment' }>['data'] = {
  id: 'A1',
  assessor: 'oslo',
  manual: '1',
  stage: 'final',
  scores: { JP: 0 },
};

export const proposing = (due: DueTerms): Turn => [
  {
    type: 'ProposeCommitment',
    data: { ...jointProposal, due, undertakings: [{ party: 'IN' }, { party: 'JP', lead: 'jp-lead' }] },
  },
  says({ id: 'key-recorder', role: 'recorder' }, allIsWell),
];
/** Japan has claimed its share, India has evidence at hand: no other rule is then in the way of anything. */
const begun: readonly Turn[] = [
  [{ type: 'AgreeCommitment', data: {} }, india],
  [submit('JP', 'E1'), japaneseDesk],
  [submit('JP', 'spare'), japaneseDesk],
  [submit('IN', 'E2'), indianDesk],
  [claim('JP', 'E1'), japaneseDesk],
];
const attest = (party: string, state: Commitment | undefined): CommitmentCommand => ({
  type: 'AttestDelivery',
  data: { party, claimDigest: claimDigestOf(state!, JSON.stringify)! },
});

/** A history of real decisions that ends in each state; `early` happens while the commitment is open, if at all. */
export function historyTo(state: State, due: DueTerms, early: readonly Turn[] = []): StatedEvent[] {
  const start = played([proposing(due)]);
  if (state === 'proposed') return start;
  const agreed = played([...begun, ...(state === 'superseded' ? [] : early)], start);
  const then = (...turns: Turn[]) => played(turns, agreed);
  const claimed = () => then([claim('IN', 'E2'), indianDesk]);
  switch (state) {
    case 'agreed':
      return agreed;
    case 'in-progress':
      return then([{ type: 'StartWork', data: { party: 'JP' } }, japaneseDesk]);
    case 'paused':
      return then([{ type: 'PauseCommitment', data: { party: 'JP', reasonCode: 'other' } }, japaneseDesk]);
    case 'delivery-claimed':
      return claimed();
    case 'verified': {
      const shown = fold(commitment, claimed());
      return played(
        [
          [attest('JP', shown), japan],
          [attest('IN', shown), india],
        ],
        claimed(),
      );
    }
    case 'withdrawn':
      return then([withdraw('IN'), india], [withdraw('JP'), japan]);
    case 'superseded':
      return then([{ type: 'SupersedeCommitment', data: { by: ['B'] } }, india]);
    case 'lapsed':
      return then([{ type: 'LapseCommitment', data: { round: 1 } }, india]);
  }
}

export interface Trial {
  readonly asks: Turn | ((state: Commitment) => Turn);
  /** What it waits for, as far as the state allows that. */
  readonly after?: Turn | ((state: Commitment) => Turn);
  readonly early?: readonly Turn[];
  readonly due?: DueTerms;
}

/** Each command in circumstances in which nothing but the state can forbid it. */
export const trials: Readonly<Record<Later, Trial>> = {
  AgreeCommitment: { asks: [{ type: 'AgreeCommitment', data: {} }, india] },
  ConfirmCommitmentText: {
    asks: (state) => [
      {
        type: 'ConfirmCommitmentText',
        data: { party: 'IN', textDigest: textDigestOf(state, JSON.stringify) },
      },
      india,
    ],
  },
  ObjectToCommitmentText: {
    asks: [{ type: 'ObjectToCommitmentText', data: { party: 'IN', objection: { en: 'No.' } } }, india],
  },
  AmendCommitment: {
    asks: [
      { type: 'AmendCommitment', data: { from: '2026-02-01', changes: { text: { en: 'Five.' } } } },
      india,
    ],
  },
  CorrectCommitment: {
    asks: [{ type: 'CorrectCommitment', data: { changes: { text: { en: 'Four.' } } } }, india],
  },
  ReclassifyCommitment: { asks: [{ type: 'ReclassifyCommitment', data: { type: 'process' } }, india] },
  TranslateCommitment: {
    asks: [
      { type: 'TranslateCommitment', data: { language: 'ja', text: '調査する。', standing: 'unofficial' } },
      india,
    ],
  },
  MoveCommitmentToFocusArea: {
    asks: [{ type: 'MoveCommitmentToFocusArea', data: { focusAreas: ['water'] } }, india],
  },
  SplitCommitment: { asks: [{ type: 'SplitCommitment', data: { into: ['B', 'C'] } }, india] },
  MergeCommitment: { asks: [{ type: 'MergeCommitment', data: { into: 'B' } }, india] },
  SupersedeCommitment: { asks: [{ type: 'SupersedeCommitment', data: { by: ['B'] } }, india] },
  AssignUndertaking: {
    asks: [{ type: 'AssignUndertaking', data: { party: 'IN', lead: 'in-lead' } }, india],
  },
  TransferUndertaking: {
    asks: [{ type: 'TransferUndertaking', data: { party: 'JP', to: 'jp-other' } }, japan],
  },
  NameFocalPoint: { asks: [{ type: 'NameFocalPoint', data: { party: 'IN', focalPoint: 'post-7' } }, india] },
  SetDueDate: { asks: [{ type: 'SetDueDate', data: { due: later } }, india], due: { precision: 'none' } },
  ResolveDueDate: {
    asks: [{ type: 'ResolveDueDate', data: {} }, india],
    due: { precision: 'next-round' },
  },
  RequestExtension: { asks: [ask, japaneseDesk] },
  GrantExtension: {
    after: [ask, japaneseDesk],
    asks: [{ type: 'GrantExtension', data: { party: 'IN' } }, india],
  },
  RefuseExtension: {
    after: [ask, japaneseDesk],
    asks: [{ type: 'RefuseExtension', data: { party: 'IN' } }, india],
  },
  BringDueDateForward: { asks: [{ type: 'BringDueDateForward', data: { due: earlier } }, india] },
  StartWork: { asks: [{ type: 'StartWork', data: { party: 'IN' } }, indianDesk] },
  ReportProgress: {
    asks: [{ type: 'ReportProgress', data: { party: 'IN', health: 'on-track' } }, indianDesk],
  },
  ReportNoProgress: { asks: [{ type: 'ReportNoProgress', data: { party: 'IN' } }, indianDesk] },
  PauseCommitment: {
    asks: [{ type: 'PauseCommitment', data: { party: 'IN', reasonCode: 'other' } }, indianDesk],
  },
  ResumeCommitment: { asks: [{ type: 'ResumeCommitment', data: { party: 'IN' } }, indianDesk] },
  SubmitEvidence: { asks: [submit('IN', 'E7'), indianDesk] },
  WithdrawEvidence: {
    asks: [{ type: 'WithdrawEvidence', data: { party: 'JP', evidence: 'spare' } }, japaneseDesk],
  },
  ClaimDelivery: { asks: [claim('IN', 'E2'), indianDesk] },
  RetractDeliveryClaim: { asks: [{ type: 'RetractDeliveryClaim', data: { party: 'JP' } }, japaneseDesk] },
  AttestDelivery: {
    after: (state) => [attest('JP', state), japan],
    asks: (state) => [attest('IN', state), india],
  },
  DeclineAttestation: {
    asks: (state) => [
      {
        type: 'DeclineAttestation',
        data: { party: 'IN', claimDigest: claimDigestOf(state, JSON.stringify)! },
      },
      india,
    ],
  },
  RaiseDispute: { asks: [dispute, india] },
  SettleDispute: {
    early: [[dispute, india]],
    asks: [{ type: 'SettleDispute', data: { id: 'D1', how: 'reverted' } }, india],
  },
  WithdrawCommitment: { after: [withdraw('JP'), japan], asks: [withdraw('IN'), india] },
  LapseCommitment: { asks: [{ type: 'LapseCommitment', data: { round: 1 } }, india] },
  CarryOverCommitment: { asks: [{ type: 'CarryOverCommitment', data: { round: 1 } }, india] },
  ReaffirmCommitment: { asks: [{ type: 'ReaffirmCommitment', data: {} }, india] },
  ReopenCommitment: { asks: [{ type: 'ReopenCommitment', data: { due: later } }, india] },
  ClassifyCommitment: {
    asks: [
      {
        type: 'ClassifyCommitment',
        data: { party: 'IN', classification: { confidentiality: { level: 'parties' }, ground: 'Talks.' } },
      },
      india,
    ],
  },
  SetEmbargo: { asks: [{ type: 'SetEmbargo', data: { party: 'IN', until: '2027-01-01T00:00:00Z' } }, india] },
  ReleaseCommitment: {
    after: [
      {
        type: 'ClassifyCommitment',
        data: { party: 'IN', classification: { confidentiality: { level: 'parties' }, ground: 'Talks.' } },
      },
      india,
    ],
    asks: [{ type: 'ReleaseCommitment', data: { party: 'IN' } }, india],
  },
  RecordAssessment: { asks: [{ type: 'RecordAssessment', data: score }, india] },
  ReviseAssessment: {
    after: [{ type: 'RecordAssessment', data: score }, india],
    asks: [{ type: 'ReviseAssessment', data: { ...score, scores: { JP: 1 } } }, india],
  },
};
