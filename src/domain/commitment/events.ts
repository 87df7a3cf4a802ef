import type { Window } from '../calendar.js';
import type { Due } from '../due.js';
import type { Fact, LanguageMap } from '../event.js';
import type { ReasonCode } from './reasons.js';
import type { Classification, Proposed, Translation, Undertaking, Wording } from './statement.js';

export const reportableHealths = ['on-track', 'at-risk', 'off-track'] as const;

/** A side's own judgement of how it goes; silence is not a judgement, so "not reported" is not one of them. */
export type Health = (typeof reportableHealths)[number];

export const judgements = ['met', 'not-met', 'not-assessed', 'no-longer-applicable'] as const;

/** How one criterion stands, as a side sees it. */
export interface CriterionJudged {
  readonly criterion: string;
  readonly is: (typeof judgements)[number];
}

export interface Evidence {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly address?: string | undefined;
  /** SHA-256 of the evidence's bytes, lower-case hex. */
  readonly digest: string;
}

/** Something that one party states about a commitment as a whole. */
export interface PartyStatement {
  readonly party: string;
}

export interface ProgressReport extends PartyStatement {
  readonly health: Health;
  readonly text?: LanguageMap | undefined;
  readonly reasonCode?: ReasonCode | undefined;
  readonly criteria?: readonly CriterionJudged[] | undefined;
}

/** What is contested (domain.md 6.6). */
export const disputables = ['text', 'due-date', 'status', 'evidence', 'attribution'] as const;
export const settlements = ['agreed-text', 'reverted', 'referred-to-co-chairs'] as const;

export interface Dispute extends PartyStatement {
  readonly id: string;
  readonly about: (typeof disputables)[number];
  readonly text: LanguageMap;
}

export interface Settlement {
  readonly id: string;
  readonly how: (typeof settlements)[number];
  readonly text?: LanguageMap | undefined;
}

/** Changes to the words, each member in place of the one before. */
export type Rewording = Partial<Wording>;

export interface ExtensionTerms extends PartyStatement {
  readonly due: Due;
  readonly reasonCode: ReasonCode;
}

/** How an outside assessor scores each party for a cycle: -1 none, 0 work in progress, 1 full compliance. */
export interface Assessment {
  readonly id: string;
  /** Code of the assessing organisation. */
  readonly assessor: string;
  /** Version of the manual that the scores follow. */
  readonly manual: string;
  readonly stage: (typeof assessmentStages)[number];
  readonly scores: Readonly<Record<string, -1 | 0 | 1>>;
}
export const assessmentStages = ['interim', 'final'] as const;

/** Decisions that no side takes alone, by the event that they come to. */
export type JointDecision = Extract<
  CommitmentEvent,
  {
    type:
      | 'CommitmentAmended'
      | 'CommitmentSplit'
      | 'CommitmentMerged'
      | 'CommitmentSuperseded'
      | 'CommitmentReopened'
      | 'DueDateSet'
      | 'DueDateBroughtForward';
  }
>;

export type CommitmentEvent =
  | Fact<'CommitmentProposed', Proposed>
  | Fact<'CommitmentTextConfirmed', PartyStatement & { readonly textDigest?: string }>
  | Fact<'CommitmentTextObjected', PartyStatement & { readonly objection: LanguageMap }>
  | Fact<'CommitmentAgreed', { readonly basis: 'joint-document' | 'confirmed-by-every-party' }>
  /** The other party's word on a decision that takes both is still outstanding. */
  | Fact<
      'JointDecisionProposed',
      PartyStatement & { readonly decision: string; readonly terms: unknown; readonly digest: string }
    >
  | Fact<'CommitmentAmended', { readonly from: string; readonly changes: Rewording }>
  | Fact<'CommitmentCorrected', { readonly changes: Rewording & { readonly round?: number } }>
  | Fact<'CommitmentReclassified', Partial<Pick<Wording, 'type' | 'strength'>>>
  | Fact<'CommitmentTranslated', Translation>
  | Fact<'CommitmentMovedToFocusArea', { readonly from: readonly string[]; readonly to: readonly string[] }>
  | Fact<'CommitmentSplit', { readonly into: readonly string[] }>
  | Fact<'CommitmentMerged', { readonly into: string }>
  | Fact<'UndertakingAssigned', Undertaking>
  | Fact<'UndertakingTransferred', PartyStatement & { readonly from: string; readonly to: string }>
  | Fact<'FocalPointNamed', PartyStatement & { readonly focalPoint: string }>
  | Fact<'DueDateSet', { readonly due: Due }>
  | Fact<'DueDateResolved', { readonly window: Window | null; readonly round?: number }>
  | Fact<'ExtensionRequested', ExtensionTerms>
  | Fact<
      'ExtensionGranted',
      ExtensionTerms & {
        readonly grantedBy: string;
        /** True when with this grant every other side has agreed; the date moves then. */
        readonly complete: boolean;
      }
    >
  | Fact<'ExtensionRefused', PartyStatement & { readonly refusedBy: string }>
  | Fact<'DueDateBroughtForward', { readonly due: Due }>
  | Fact<'WorkStarted', PartyStatement>
  | Fact<'ProgressReported', ProgressReport>
  | Fact<'NoProgressReported', PartyStatement & { readonly text?: LanguageMap | undefined }>
  | Fact<'CommitmentPaused', PartyStatement & { readonly reasonCode: ReasonCode }>
  | Fact<'CommitmentResumed', PartyStatement>
  | Fact<'EvidenceSubmitted', PartyStatement & { readonly evidence: Evidence }>
  | Fact<'EvidenceWithdrawn', PartyStatement & { readonly evidence: string }>
  | Fact<
      'DeliveryClaimed',
      PartyStatement & {
        readonly evidence: readonly string[];
        readonly claimDigest: string;
        /** True when with this claim every undertaking is claimed. */
        readonly complete: boolean;
      }
    >
  | Fact<'DeliveryClaimRetracted', PartyStatement>
  | Fact<'DeliveryAttested', PartyStatement & { readonly claimDigest: string }>
  | Fact<'AttestationDeclined', PartyStatement & { readonly claimDigest: string }>
  | Fact<'CommitmentVerified', { readonly claimDigest: string }>
  | Fact<'DisputeRaised', Dispute>
  | Fact<'DisputeSettled', Settlement>
  | Fact<'WithdrawalProposed', PartyStatement>
  | Fact<'CommitmentWithdrawn', { readonly by: readonly string[] }>
  | Fact<'CommitmentSuperseded', { readonly by: readonly string[] }>
  | Fact<'CommitmentLapsed', { readonly round: number }>
  | Fact<'CommitmentCarriedOver', { readonly round: number }>
  | Fact<'CommitmentReaffirmed', { readonly round?: number | undefined }>
  | Fact<'CommitmentReopened', { readonly due: Due }>
  | Fact<'ConfidentialityChanged', PartyStatement & Classification>
  /** One party would have it public, at once or from an instant on; the others have not said so yet. */
  | Fact<'PublicationProposed', PartyStatement & { readonly from?: string | undefined }>
  /** Withheld from the public until an instant, and public from then on by itself. */
  | Fact<'EmbargoSet', { readonly until: string; readonly by: readonly string[] }>
  | Fact<'ReleasedToPublic', { readonly by: readonly string[] }>
  | Fact<'AssessmentRecorded', Assessment>
  | Fact<'AssessmentRevised', Assessment>;

/** The payload of the command or event with this type. */
export type DataOf<Message extends { type: string; data: unknown }, Type extends Message['type']> = Extract<
  Message,
  { type: Type }
>['data'];
