import { z } from 'zod';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import type { DataOf } from '../domain/commitment/events.js';
import {
  type Classification,
  commitmentTypes,
  natures,
  type Proposal,
  strengths,
  translationStandings,
} from '../domain/commitment/statement.js';
import { dueTerms } from './due-terms.js';
import {
  change,
  day,
  digest,
  id,
  ids,
  languageTag,
  partyCode,
  restriction,
  zone,
  roundNumber,
  text,
  title,
  words,
  line,
} from './fields.js';

/** Bodies of what is asked of a commitment's text, grouping and responsibility. */

type Body<Type extends CommitmentCommand['type']> = z.ZodType<DataOf<CommitmentCommand, Type>>;

const organisation = id.meta({ description: 'Code of a registered organisation.' });
const reference = id.meta({ description: 'Reference to a person or post; never a name or an address.' });

const kinds = { type: z.enum(commitmentTypes), strength: z.enum(strengths) };
const wording = {
  titles: title,
  text: words,
  verb: line(60).optional().meta({ description: 'Operative verb as in the source, for example "explore".' }),
  ...kinds,
  criteria: z
    .array(z.strictObject({ id, text: words }))
    .max(100)
    .optional()
    .meta({ description: 'What must exist for it to count as delivered.' }),
};

const classification = z.strictObject({
  confidentiality: restriction,
  ground: line(500).meta({ description: 'Why it is withheld; shown in its place to those who may know.' }),
}) satisfies z.ZodType<Classification>;

export const proposeCommitment = change({
  id: id.optional().meta({ description: 'Reference within the dialogue; chosen for you when absent.' }),
  ...wording,
  nature: z.enum(natures),
  focusAreas: ids(100).min(1),
  undertakings: z
    .array(
      z.strictObject({
        party: partyCode,
        lead: organisation.optional(),
        supporting: ids(50).optional(),
        focalPoint: reference.optional(),
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
    .meta({ description: 'Who may read it, and why others may not. Everyone when absent.' }),
}).refine(({ id: chosen, classification: withheld }) => !chosen || !withheld, {
  path: ['id'],
  message:
    'must be left out: the reference of what is withheld is chosen for you, so that nobody can guess it',
}) satisfies z.ZodType<Omit<Proposal, 'id'>>;

const party = { party: partyCode };
const rewording = z.strictObject(wording).partial();

export const confirmCommitmentText = change({
  ...party,
  textDigest: digest.meta({ description: 'The text as it was shown to you (text.digest).' }),
}) satisfies Body<'ConfirmCommitmentText'>;

export const objectToCommitmentText = change({
  ...party,
  objection: words,
}) satisfies Body<'ObjectToCommitmentText'>;

export const agreeCommitment = change({});

export const amendCommitment = change({
  from: day.meta({ description: 'First day on which the new words hold.' }),
  changes: rewording,
}) satisfies Body<'AmendCommitment'>;

export const correctCommitment = change({
  changes: rewording.extend({ round: roundNumber.optional() }),
}) satisfies Body<'CorrectCommitment'>;

export const reclassifyCommitment = change({
  type: kinds.type.optional(),
  strength: kinds.strength.optional(),
}) satisfies Body<'ReclassifyCommitment'>;

export const translateCommitment = change({
  language: languageTag,
  title: line(300).optional(),
  text: text(10_000),
  standing: z.enum(translationStandings),
  translator: organisation.optional(),
}) satisfies Body<'TranslateCommitment'>;

export const moveCommitmentToFocusArea = change({
  focusAreas: ids(100).min(1),
}) satisfies Body<'MoveCommitmentToFocusArea'>;

export const splitCommitment = change({
  into: ids(50).min(1).meta({ description: 'Ids of the commitments that are its parts; agreed before.' }),
}) satisfies Body<'SplitCommitment'>;

export const mergeCommitment = change({
  into: id.meta({ description: 'Id of the commitment that takes it in; agreed before.' }),
}) satisfies Body<'MergeCommitment'>;

export const assignUndertaking = change({
  ...party,
  lead: organisation,
  supporting: ids(50).optional(),
  focalPoint: reference.optional(),
}) satisfies Body<'AssignUndertaking'>;

export const transferUndertaking = change({
  ...party,
  to: organisation,
}) satisfies Body<'TransferUndertaking'>;
export const nameFocalPoint = change({ ...party, focalPoint: reference }) satisfies Body<'NameFocalPoint'>;

export const classifyCommitment = change({
  ...party,
  classification,
}) satisfies Body<'ClassifyCommitment'>;

export const setEmbargo = change({
  ...party,
  until: z
    .union(
      [z.iso.datetime({ offset: true }), z.strictObject({ day, zone })],
      'must be an instant such as 2026-03-31T09:00:00+09:00, or a day and its zone',
    )
    .meta({ description: 'The instant from which it is public, or the day with whose beginning it is.' }),
}) satisfies Body<'SetEmbargo'>;

export const releaseCommitment = change(party) satisfies Body<'ReleaseCommitment'>;
