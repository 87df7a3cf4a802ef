import type { Restriction } from '../confidentiality.js';
import type { Due, DueTerms } from '../due.js';
import type { Fact, LanguageMap } from '../event.js';

export const natures = ['joint', 'unilateral'] as const;
export const commitmentTypes = [
  'action',
  'output',
  'outcome-target',
  'process',
  'information-exchange',
  'legal-step',
  'funding',
] as const;
export const strengths = ['binding', 'political', 'exploratory', 'aspirational'] as const;
export const reportableHealths = ['on-track', 'at-risk', 'off-track'] as const;

/** A side's own judgement of how it goes; silence is not a judgement, so "not reported" is not one of them. */
export type Health = (typeof reportableHealths)[number];

/** One party's share, with the organisation that leads it where the party has named one. */
export interface Undertaking {
  readonly party: string;
  /** Code of a registered organisation. */
  readonly lead?: string | undefined;
  readonly supporting?: readonly string[] | undefined;
}

interface Statement {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly text: LanguageMap;
  /** Operative verb as in the source, for example "explore". */
  readonly verb?: string | undefined;
  readonly nature: (typeof natures)[number];
  readonly type: (typeof commitmentTypes)[number];
  readonly strength: (typeof strengths)[number];
  /** Codes of the focus areas it is grouped under; a cross-cutting one names all of them. */
  readonly focusAreas: readonly string[];
  readonly undertakings: readonly Undertaking[];
  /** For a unilateral commitment: the party it is made to, which holds the key. */
  readonly towards?: string | undefined;
  /** Number of the round it comes from. */
  readonly round?: number | undefined;
  /** Who may read it from the beginning; everyone when absent. */
  readonly classification?: Classification | undefined;
}

/** Who may read a commitment, and why others may not. */
export interface Classification {
  readonly confidentiality: Restriction;
  /** Shown in place of what is withheld to those who may know that it exists (domain.md 6.7). */
  readonly ground: string;
}

/** When an embargo ends: an instant (ISO 8601), or the first moment of a day in a zone. */
export type EmbargoEnd = string | { readonly day: string; readonly zone: string };

export type Proposal = Statement & { readonly due: DueTerms };

export interface Evidence {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly address?: string | undefined;
  /** SHA-256 of the evidence's bytes, lower-case hex. */
  readonly digest: string;
}

export interface ProgressReport {
  readonly party: string;
  readonly health: Health;
  readonly text?: LanguageMap | undefined;
}

/** Something that one party states about a commitment as a whole. */
export interface PartyStatement {
  readonly party: string;
}

export type CommitmentEvent =
  | Fact<'CommitmentProposed', Statement & { readonly due: Due }>
  | Fact<'CommitmentTextConfirmed', PartyStatement>
  | Fact<'CommitmentAgreed', { readonly basis: 'joint-document' | 'confirmed-by-every-party' }>
  | Fact<'ProgressReported', ProgressReport>
  | Fact<'EvidenceSubmitted', PartyStatement & { readonly evidence: Evidence }>
  | Fact<
      'DeliveryClaimed',
      PartyStatement & {
        readonly evidence: readonly string[];
        readonly claimDigest: string;
        /** True when with this claim every undertaking is claimed. */
        readonly complete: boolean;
      }
    >
  | Fact<'DeliveryAttested', PartyStatement & { readonly claimDigest: string }>
  | Fact<'CommitmentVerified', { readonly claimDigest: string }>
  | Fact<'WithdrawalProposed', PartyStatement>
  | Fact<'CommitmentWithdrawn', { readonly by: readonly string[] }>
  | Fact<'ConfidentialityChanged', PartyStatement & Classification>
  /** One party would have it public, at once or from an instant on; the others have not said so yet. */
  | Fact<'PublicationProposed', PartyStatement & { readonly from?: string | undefined }>
  /** Withheld from the public until an instant, and public from then on by itself. */
  | Fact<'EmbargoSet', { readonly until: string; readonly by: readonly string[] }>
  | Fact<'ReleasedToPublic', { readonly by: readonly string[] }>;

export type CommitmentCommand =
  | { readonly type: 'ProposeCommitment'; readonly data: Proposal }
  | { readonly type: 'ConfirmCommitmentText'; readonly data: PartyStatement }
  | { readonly type: 'AgreeCommitment'; readonly data: Record<string, never> }
  | { readonly type: 'ReportProgress'; readonly data: ProgressReport }
  | { readonly type: 'SubmitEvidence'; readonly data: PartyStatement & { readonly evidence: Evidence } }
  | {
      readonly type: 'ClaimDelivery';
      readonly data: PartyStatement & { readonly evidence: readonly string[] };
    }
  | { readonly type: 'AttestDelivery'; readonly data: PartyStatement & { readonly claimDigest: string } }
  | { readonly type: 'WithdrawCommitment'; readonly data: PartyStatement }
  | {
      readonly type: 'ClassifyCommitment';
      readonly data: PartyStatement & { readonly classification: Classification };
    }
  | { readonly type: 'SetEmbargo'; readonly data: PartyStatement & { readonly until: EmbargoEnd } }
  | { readonly type: 'ReleaseCommitment'; readonly data: PartyStatement };

/** The payload of the command or event with this type. */
export type DataOf<Message extends { type: string; data: unknown }, Type extends Message['type']> = Extract<
  Message,
  { type: Type }
>['data'];
