import { z } from 'zod';
import { address, digest, instant, partialDate, title, words } from '../commands/fields.js';
import { registerSourceDocument, addTranslation } from '../commands/source-document-bodies.js';

/** Schemas of answers about what is known by a code, and about source documents. */

const codes = z.array(z.string());

function coded<Names extends z.core.$ZodLooseShape>(names: Names) {
  const overTime = {
    ...names,
    since: partialDate.optional().meta({ description: 'Absent for the first name on record.' }),
    until: z.iso
      .date()
      .optional()
      .meta({ description: 'Last day that it held; absent for the one in force.' }),
  };
  return {
    code: z.string(),
    ...names,
    status: z.enum(['active', 'merged', 'split', 'retired', 'dissolved', 'abolished']),
    ended: z
      .object({
        how: z.string(),
        on: partialDate,
        reason: z.string().optional(),
        successors: codes.meta({ description: 'Codes of what took its place.' }),
      })
      .optional(),
    nameHistory: z.array(z.object(overTime)).meta({ description: 'Every name it bore, oldest first.' }),
    nameOn: z
      .object({ day: z.iso.date(), ...overTime })
      .optional()
      .meta({ description: 'The name on the day that was asked for with `on`.' }),
  };
}

const designation = { names: title, abbreviation: z.string().optional() };

export const focusAreaAnswer = z.object({
  ...coded({ names: title }),
  scope: words.optional(),
  parent: z.string().optional(),
  definedOn: partialDate,
});

export const organisationAnswer = z.object({
  ...coded(designation),
  kind: z.string(),
  party: z.string().optional(),
});

export const officeAnswer = z.object({
  ...coded({ titles: title }),
  organisation: z.string(),
  establishedOn: partialDate,
});

const {
  occurredOn: _o,
  onBehalfOf: _b,
  reason: _r,
  sources: _s,
  ...registered
} = registerSourceDocument.shape;
const { language, standing, translator } = addTranslation.shape;

export const sourceAnswer = z.object({
  ...registered,
  copies: z.array(
    z.object({
      address: address.optional(),
      place: z.string().optional(),
      digest,
      retrievedAt: instant,
    }),
  ),
  translations: z.array(
    z.object({
      language,
      standing,
      translator,
      address: address.optional(),
      digest: digest.optional(),
    }),
  ),
  unreachable: z
    .array(z.object({ on: partialDate, note: words.optional() }))
    .meta({ description: 'When its address was found to lead nowhere.' }),
  replacedBy: z.string().optional(),
});
