import { z } from 'zod';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import {
  assessmentStages,
  type DataOf,
  disputables,
  judgements,
  reportableHealths,
  settlements,
} from '../domain/commitment/events.js';
import { reasonCodes } from '../domain/commitment/reasons.js';
import { dueTerms } from './due-terms.js';
import {
  address,
  change,
  day,
  digest,
  id,
  ids,
  inConfidence,
  partyCode,
  roundNumber,
  title,
  words,
  line,
} from './fields.js';

/** Bodies of what is asked of a commitment's dates, progress, delivery and end. */

type Body<Type extends CommitmentCommand['type']> = z.ZodType<DataOf<CommitmentCommand, Type>>;

const party = { party: partyCode };
const due = { due: dueTerms };
const reasonCode = { reasonCode: z.enum(reasonCodes) };

export const setDueDate = change(due) satisfies Body<'SetDueDate'>;
export const bringDueDateForward = change(due) satisfies Body<'BringDueDateForward'>;

export const resolveDueDate = change({
  happenedOn: day
    .optional()
    .meta({ description: 'Day of the event that the date waits for. Rounds are looked up.' }),
}) satisfies Body<'ResolveDueDate'>;

export const requestExtension = change({
  ...party,
  ...due,
  ...reasonCode,
}) satisfies Body<'RequestExtension'>;

export const grantExtension = change(party) satisfies Body<'GrantExtension'>;
export const refuseExtension = change(party) satisfies Body<'RefuseExtension'>;

export const startWork = change(party) satisfies Body<'StartWork'>;

export const reportProgress = change({
  ...party,
  health: z.enum(reportableHealths),
  text: words.optional(),
  reasonCode: reasonCode.reasonCode.optional(),
  criteria: z
    .array(z.strictObject({ criterion: id, is: z.enum(judgements) }))
    .max(100)
    .optional(),
  ...inConfidence,
}) satisfies Body<'ReportProgress'>;

export const reportNoProgress = change({
  ...party,
  text: words.optional(),
}) satisfies Body<'ReportNoProgress'>;
export const pauseCommitment = change({ ...party, ...reasonCode }) satisfies Body<'PauseCommitment'>;
export const resumeCommitment = change(party) satisfies Body<'ResumeCommitment'>;

export const submitEvidence = change({
  ...party,
  evidence: z.strictObject({
    id,
    titles: title,
    address: address.optional(),
    digest: digest.meta({ description: 'SHA-256 of the evidence’s bytes: a key refers to it.' }),
  }),
  ...inConfidence,
}) satisfies Body<'SubmitEvidence'>;

export const withdrawEvidence = change({ ...party, evidence: id }) satisfies Body<'WithdrawEvidence'>;

export const claimDelivery = change({
  ...party,
  evidence: ids(100).meta({ description: 'Ids of evidence submitted before.' }),
}) satisfies Body<'ClaimDelivery'>;

export const retractDeliveryClaim = change(party) satisfies Body<'RetractDeliveryClaim'>;

const shown = digest.meta({ description: 'The claim as it was shown to you (delivery.claimDigest).' });
export const attestDelivery = change({ ...party, claimDigest: shown }) satisfies Body<'AttestDelivery'>;
export const declineAttestation = change({
  ...party,
  claimDigest: shown,
}) satisfies Body<'DeclineAttestation'>;

export const raiseDispute = change({
  ...party,
  id,
  about: z.enum(disputables),
  text: words,
}) satisfies Body<'RaiseDispute'>;

export const settleDispute = change({
  id,
  how: z.enum(settlements),
  text: words.optional(),
}) satisfies Body<'SettleDispute'>;

export const withdrawCommitment = change(party) satisfies Body<'WithdrawCommitment'>;
export const supersedeCommitment = change({ by: ids(50).min(1) }) satisfies Body<'SupersedeCommitment'>;
export const reaffirmCommitment = change({
  round: roundNumber.optional(),
}) satisfies Body<'ReaffirmCommitment'>;
export const reopenCommitment = change({
  due: dueTerms.default({ precision: 'none' }),
}) satisfies Body<'ReopenCommitment'>;

const assessment = change({
  id,
  assessor: id.meta({ description: 'Code of the assessing organisation.' }),
  manual: line(100).meta({ description: 'Version of the manual that the scores follow.' }),
  stage: z.enum(assessmentStages),
  scores: z
    .record(partyCode, z.literal([-1, 0, 1]))
    .refine((scores) => Object.keys(scores).length > 0, 'must score at least one party'),
});
export const recordAssessment = assessment satisfies Body<'RecordAssessment'>;
export const reviseAssessment = assessment satisfies Body<'ReviseAssessment'>;
