import { z } from 'zod';
import { isZone } from '../domain/calendar.js';
import { partyRoles, type Restriction } from '../domain/confidentiality.js';
import type { LanguageMap, SourceReference } from '../domain/event.js';
import { hasHidden } from './hidden-characters.js';

/** Running text for people: NFC, not blank, without control characters other than line breaks and tabs. */
export function text(maxLength: number) {
  return composed(maxLength)
    .refine((value) => !/[^\P{Cc}\t\n\r]/u.test(value), 'must not contain control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');
}

/**
 * What is read in one line, such as a title or a name: two that look the same are the same. Nothing invisible
 * is in it but what its script needs, and nothing that turns the order of reading.
 */
export function line(maxLength: number) {
  return composed(maxLength)
    .refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), 'must be one line, without control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')
    .refine(
      (value) => !hasHidden(value),
      'must not contain invisible or unassigned characters, nor any that turn the direction of reading',
    );
}

/** Text in NFC (UAX #15), not blank. Its length in UTF-16 code units counts after composition. */
function composed(maxLength: number) {
  return (
    z
      .string()
      .normalize('NFC')
      // What is too long is not looked at any further.
      .max(maxLength, { abort: true })
      .refine((value) => /[^\s\u2800]/u.test(value), 'must not be blank')
  );
}

/** A BCP 47 language tag. */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en, ja or hi');

function languageMap(each: ReturnType<typeof text>) {
  return z
    .record(languageTag, each)
    .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language')
    .meta({
      description: 'Texts by language tag (BCP 47).',
      examples: [{ en: 'Supply chains', ja: 'サプライチェーン' }],
    }) satisfies z.ZodType<LanguageMap>;
}

export const title = languageMap(line(300));
export const words = languageMap(text(10_000));

/** Lower-case words joined by hyphens, as they stand in addresses. */
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits joined by hyphens');

/** A reference people use: `ENV-3`, `mea-2024-11-27`. */
export const id = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
    'must be letters and digits, joined by hyphens, dots or underscores',
  );

/** Several references, each named once. */
export function ids(max: number) {
  return z
    .array(id)
    .max(max)
    .refine((all) => new Set(all).size === all.length, 'must not name anything twice');
}

export const partyCode = z
  .string()
  .max(12)
  .regex(/^[A-Z][A-Z0-9-]+$/, 'must be a short code in capitals, such as IN');

export const zone = z.string().max(64).refine(isZone, 'must be an IANA time zone, such as Asia/Tokyo');

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, such as 2026-03-31');
export const month = z.string().regex(/^\d{4}-\d{2}$/, 'must be a month, such as 2026-03');
export const year = z.string().regex(/^\d{4}$/, 'must be a year, such as 2026');
export const partialDate = z
  .string()
  .regex(
    /^\d{4}(-\d{2}(-\d{2})?)?$/,
    'must be a day, a month or a year, such as 2026-03-31, 2026-03 or 2026',
  );

/** When something was done, to the second or finer; always in UTC. */
export const instant = z.iso.datetime('must be an instant in UTC, such as 2026-03-31T09:30:00Z');

export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal digits');
export const address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((value) => value.isWellFormed() && !/[\p{Cc}\s]/u.test(value), 'must be an address without blanks');
export const roundNumber = z.int().min(1).max(9999);

const sourceReference = z
  .strictObject({
    document: id.meta({ description: 'Id of a source document of this dialogue.' }),
    place: line(300).optional().meta({ description: 'Page, paragraph or heading, as a reader looks it up.' }),
    quotation: z
      .strictObject({
        text: text(10_000),
        prefix: text(300).optional().meta({ description: 'What stands right before the quoted words.' }),
        suffix: text(300).optional().meta({ description: 'What stands right after them.' }),
        language: languageTag,
        verbatim: z
          .boolean()
          .meta({ description: 'False for a restatement, where the exact words are not at hand.' }),
      })
      .optional(),
  })
  .meta({ id: 'SourceReference' }) satisfies z.ZodType<SourceReference>;

/** Who may read what is withheld from the public. */
export const restriction = z.discriminatedUnion('level', [
  z.strictObject({
    level: z.literal('parties').meta({ description: 'Officials of every party of the dialogue.' }),
  }),
  z.strictObject({
    level: z.literal('own-side').meta({ description: 'Officials of one party.' }),
    party: partyCode,
  }),
  z.strictObject({
    level: z.literal('restricted').meta({ description: 'Named roles of one party.' }),
    party: partyCode,
    roles: z.array(z.enum(partyRoles)).min(1).max(partyRoles.length),
  }),
]) satisfies z.ZodType<Restriction>;

/** For statements that can be told in confidence: to fewer than may read what they belong to. */
export const inConfidence = {
  confidentiality: restriction
    .optional()
    .meta({ description: 'Who alone may read this; all who may read the commitment when absent.' }),
};

/** What every change may say about itself, beside its own fields. */
const said = {
  occurredOn: partialDate
    .optional()
    .meta({ description: 'When it was true in the world, as precise as is known. Today when absent.' }),
  onBehalfOf: partyCode
    .optional()
    .meta({ description: 'Party for which this is stated by someone who does not belong to it.' }),
  reason: text(2000).optional(),
  sources: z.array(sourceReference).min(1).max(50).optional(),
};

/** The body of a change: its own fields, and what every change may say. Unknown members are refused. */
export function change<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ ...shape, ...said });
}

/** The body of a change of what dialogues share: sources and parties belong to a dialogue, so it names none. */
export function sharedChange<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const { occurredOn, reason } = said;
  return z.strictObject({ ...shape, occurredOn, reason });
}

export interface Said {
  readonly occurredOn?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly reason?: string | undefined;
  readonly sources?: readonly SourceReference[] | undefined;
  /** Only on what can be told in confidence. */
  readonly confidentiality?: Restriction | undefined;
}

/** Takes a body apart into the command's own data and what every change may say. */
export function takeApart<Body extends Said>(body: Body): { data: Omit<Body, keyof Said>; said: Said } {
  const { occurredOn, onBehalfOf, reason, sources, confidentiality, ...data } = body;
  return { data, said: { occurredOn, onBehalfOf, reason, sources, confidentiality } };
}
