import { z } from 'zod';
import {
  type Classification,
  commitmentTypes,
  type EmbargoEnd,
  type Evidence,
  natures,
  type PartyStatement,
  type ProgressReport,
  type Proposal,
  reportableHealths,
  strengths,
} from '../domain/commitment/events.js';
import type { DueTerms } from '../domain/due.js';
import {
  address,
  change,
  day,
  digest,
  id,
  ids,
  inConfidence,
  month,
  partialDate,
  partyCode,
  restriction,
  roundNumber,
  text,
  title,
  words,
  year,
  zone,
} from './fields.js';

const yearCalendar = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('gregorian') }),
    z.strictObject({ kind: z.literal('fiscal'), startMonth: z.int().min(1).max(12) }),
  ])
  .optional()
  .meta({ description: 'How the year is counted. Required: a quarter or a year alone is never guessed.' });

const agreedWords = { words: title.optional().meta({ description: 'The due date in the words agreed.' }) };

export const dueTerms = z.discriminatedUnion('precision', [
  z.strictObject({ precision: z.literal('day'), day, ...agreedWords }),
  z.strictObject({ precision: z.literal('month'), month, ...agreedWords }),
  z.strictObject({
    precision: z.literal('quarter'),
    quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'must be a quarter, such as 2026-Q1'),
    calendar: yearCalendar,
    ...agreedWords,
  }),
  z.strictObject({ precision: z.literal('year'), year, calendar: yearCalendar, ...agreedWords }),
  z.strictObject({ precision: z.literal('range'), start: partialDate, end: partialDate, ...agreedWords }),
  z.strictObject({ precision: z.literal('next-round'), ...agreedWords }),
  z.strictObject({ precision: z.literal('none'), ...agreedWords }),
]) satisfies z.ZodType<DueTerms>;

const classification = z.strictObject({
  confidentiality: restriction,
  ground: text(500).meta({ description: 'Why it is withheld; shown in its place to those who may know.' }),
}) satisfies z.ZodType<Classification>;

export const proposeCommitment = change({
  id: id.optional().meta({ description: 'Reference within the dialogue; chosen for you when absent.' }),
  titles: title,
  text: words,
  verb: text(60).optional().meta({ description: 'Operative verb as in the source, for example "explore".' }),
  nature: z.enum(natures),
  type: z.enum(commitmentTypes),
  strength: z.enum(strengths),
  focusAreas: ids(100).min(1),
  undertakings: z
    .array(
      z.strictObject({
        party: partyCode,
        lead: id.optional().meta({ description: 'Code of the organisation that leads it.' }),
        supporting: ids(50).optional(),
      }),
    )
    .min(1)
    .max(50),
  towards: partyCode
    .optional()
    .meta({ description: 'Unilateral only: the party it is made to, which holds the key.' }),
  round: roundNumber.optional().meta({ description: 'Round it comes from.' }),
  due: dueTerms.default({ precision: 'none' }),
  classification: classification
    .optional()
    .meta({ description: 'Who alone may read it; everyone when absent.' }),
}).refine(({ id: chosen, classification: withheld }) => !chosen || !withheld, {
  path: ['id'],
  message:
    'must be left out: the reference of what is withheld is chosen for you, so that nobody can guess it',
}) satisfies z.ZodType<Omit<Proposal, 'id'>>;

const party = { party: partyCode };

export const confirmCommitmentText = change(party) satisfies z.ZodType<PartyStatement>;
export const agreeCommitment = change({});
export const withdrawCommitment = change(party) satisfies z.ZodType<PartyStatement>;

export const reportProgress = change({
  ...party,
  health: z.enum(reportableHealths),
  text: words.optional(),
  ...inConfidence,
}) satisfies z.ZodType<ProgressReport>;

export const submitEvidence = change({
  ...party,
  evidence: z.strictObject({
    id,
    titles: title,
    address: address.optional(),
    digest: digest.meta({ description: 'SHA-256 of the evidence’s bytes: a key refers to it.' }),
  }),
  ...inConfidence,
}) satisfies z.ZodType<PartyStatement & { evidence: Evidence }>;

export const claimDelivery = change({
  ...party,
  evidence: ids(100).meta({ description: 'Ids of evidence submitted before.' }),
}) satisfies z.ZodType<PartyStatement & { evidence: readonly string[] }>;

export const attestDelivery = change({
  ...party,
  claimDigest: digest.meta({ description: 'The claim as it was shown to you (delivery.claimDigest).' }),
}) satisfies z.ZodType<PartyStatement & { claimDigest: string }>;

export const classifyCommitment = change({ ...party, classification }) satisfies z.ZodType<
  PartyStatement & { classification: Classification }
>;

export const setEmbargo = change({
  ...party,
  until: z
    .union(
      [z.iso.datetime({ offset: true }), z.strictObject({ day, zone })],
      'must be an instant such as 2026-03-31T09:00:00+09:00, or a day and its zone',
    )
    .meta({ description: 'The instant from which it is public, or the day with whose beginning it is.' }),
}) satisfies z.ZodType<PartyStatement & { until: EmbargoEnd }>;

export const releaseCommitment = change(party) satisfies z.ZodType<PartyStatement>;
