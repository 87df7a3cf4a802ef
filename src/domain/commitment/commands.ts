import type { Day } from '../calendar.js';
import type { DueTerms } from '../due.js';
import type { LanguageMap } from '../event.js';
import type {
  Assessment,
  Dispute,
  Evidence,
  PartyStatement,
  ProgressReport,
  Rewording,
  Settlement,
} from './events.js';
import type { ReasonCode } from './reasons.js';
import type { Classification, EmbargoEnd, Proposal, Translation, Undertaking, Wording } from './statement.js';

/** Everything that can be asked of a commitment, with what each command says. */
export type CommitmentCommand =
  | { readonly type: 'ProposeCommitment'; readonly data: Proposal }
  | {
      readonly type: 'ConfirmCommitmentText';
      readonly data: PartyStatement & {
        /** SHA-256 of the text as it was shown; a key refers to it. */
        readonly textDigest: string;
      };
    }
  | {
      readonly type: 'ObjectToCommitmentText';
      readonly data: PartyStatement & { readonly objection: LanguageMap };
    }
  | { readonly type: 'AgreeCommitment'; readonly data: Nothing }
  | {
      readonly type: 'AmendCommitment';
      readonly data: {
        /** First day on which the new words hold. */
        readonly from: Day;
        readonly changes: Rewording;
      };
    }
  | {
      readonly type: 'CorrectCommitment';
      readonly data: { readonly changes: Rewording & { readonly round?: number | undefined } };
    }
  | { readonly type: 'ReclassifyCommitment'; readonly data: Partial<Pick<Wording, 'type' | 'strength'>> }
  | { readonly type: 'TranslateCommitment'; readonly data: Translation }
  | { readonly type: 'MoveCommitmentToFocusArea'; readonly data: { readonly focusAreas: readonly string[] } }
  | { readonly type: 'SplitCommitment'; readonly data: { readonly into: readonly string[] } }
  | { readonly type: 'MergeCommitment'; readonly data: { readonly into: string } }
  | { readonly type: 'AssignUndertaking'; readonly data: Undertaking & { readonly lead: string } }
  | { readonly type: 'TransferUndertaking'; readonly data: PartyStatement & { readonly to: string } }
  | { readonly type: 'NameFocalPoint'; readonly data: PartyStatement & { readonly focalPoint: string } }
  | { readonly type: 'SetDueDate'; readonly data: { readonly due: DueTerms } }
  | {
      readonly type: 'ResolveDueDate';
      readonly data: {
        /** Day of the event that an event-bound date waits for; the next round is looked up. */
        readonly happenedOn?: Day | undefined;
      };
    }
  | {
      readonly type: 'RequestExtension';
      readonly data: PartyStatement & { readonly due: DueTerms; readonly reasonCode: ReasonCode };
    }
  | { readonly type: 'GrantExtension'; readonly data: PartyStatement }
  | { readonly type: 'RefuseExtension'; readonly data: PartyStatement }
  | { readonly type: 'BringDueDateForward'; readonly data: { readonly due: DueTerms } }
  | { readonly type: 'StartWork'; readonly data: PartyStatement }
  | { readonly type: 'ReportProgress'; readonly data: ProgressReport }
  | {
      readonly type: 'ReportNoProgress';
      readonly data: PartyStatement & { readonly text?: LanguageMap | undefined };
    }
  | { readonly type: 'PauseCommitment'; readonly data: PartyStatement & { readonly reasonCode: ReasonCode } }
  | { readonly type: 'ResumeCommitment'; readonly data: PartyStatement }
  | { readonly type: 'SubmitEvidence'; readonly data: PartyStatement & { readonly evidence: Evidence } }
  | { readonly type: 'WithdrawEvidence'; readonly data: PartyStatement & { readonly evidence: string } }
  | {
      readonly type: 'ClaimDelivery';
      readonly data: PartyStatement & { readonly evidence: readonly string[] };
    }
  | { readonly type: 'RetractDeliveryClaim'; readonly data: PartyStatement }
  | { readonly type: 'AttestDelivery'; readonly data: PartyStatement & { readonly claimDigest: string } }
  | { readonly type: 'DeclineAttestation'; readonly data: PartyStatement & { readonly claimDigest: string } }
  | { readonly type: 'RaiseDispute'; readonly data: Dispute }
  | { readonly type: 'SettleDispute'; readonly data: Settlement }
  | { readonly type: 'WithdrawCommitment'; readonly data: PartyStatement }
  | { readonly type: 'SupersedeCommitment'; readonly data: { readonly by: readonly string[] } }
  | { readonly type: 'LapseCommitment'; readonly data: { readonly round: number } }
  | { readonly type: 'CarryOverCommitment'; readonly data: { readonly round: number } }
  | { readonly type: 'ReaffirmCommitment'; readonly data: { readonly round?: number | undefined } }
  | { readonly type: 'ReopenCommitment'; readonly data: { readonly due: DueTerms } }
  | {
      readonly type: 'ClassifyCommitment';
      readonly data: PartyStatement & { readonly classification: Classification };
    }
  | { readonly type: 'SetEmbargo'; readonly data: PartyStatement & { readonly until: EmbargoEnd } }
  | { readonly type: 'ReleaseCommitment'; readonly data: PartyStatement }
  | { readonly type: 'RecordAssessment'; readonly data: Assessment }
  | { readonly type: 'ReviseAssessment'; readonly data: Assessment };

type Nothing = Record<string, never>;
