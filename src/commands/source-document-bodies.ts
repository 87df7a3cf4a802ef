import { z } from 'zod';
import {
  type SourceCopy,
  type SourceRegistration,
  standings,
  type Translation,
  translationStandings,
  type Unreachable,
} from '../domain/source-document/events.js';
import {
  address,
  change,
  digest,
  id,
  ids,
  instant,
  languageTag,
  partialDate,
  partyCode,
  roundNumber,
  title,
  words,
  line,
} from './fields.js';

const meeting = z.union([z.strictObject({ round: roundNumber }), z.strictObject({ followUp: id })]);

export const registerSourceDocument = change({
  id: id.meta({ description: 'Reference within the dialogue, for example mea-2024-11-27.' }),
  titles: title,
  standing: z.enum(standings).meta({ description: 'How much the document can carry (strongest first).' }),
  issuer: partyCode.optional().meta({ description: 'Party that issued it; absent for a joint document.' }),
  publisher: line(300).optional(),
  date: partialDate,
  languages: z.array(languageTag).min(1).max(20),
  address: address.optional(),
  retrievedAt: instant.optional().meta({ description: 'When it was read at its address.' }),
  digest: digest.optional().meta({ description: 'SHA-256 of its bytes, which never change.' }),
  reports: ids(20)
    .optional()
    .meta({ description: 'Ids of documents whose contents it reports at second hand.' }),
  meeting: meeting.optional().meta({
    description: 'Meeting that it tells of: two readouts of one meeting are compared with each other.',
  }),
}) satisfies z.ZodType<SourceRegistration>;

export const archiveSourceCopy = change({
  address: address.optional(),
  place: line(300).optional().meta({ description: 'Where the copy is kept, when that is no address.' }),
  digest: digest.meta({ description: 'SHA-256 of the copy’s bytes; they must be those of the document.' }),
  retrievedAt: instant.meta({ description: 'When the copy was made.' }),
}) satisfies z.ZodType<SourceCopy>;

export const addTranslation = change({
  language: languageTag,
  standing: z.enum(translationStandings),
  translator: z
    .union([z.strictObject({ organisation: id }), z.strictObject({ words: title })])
    .optional()
    .meta({ description: 'Who translated it: an organisation, or a description; never a person’s name.' }),
  address: address.optional(),
  digest: digest.optional(),
}) satisfies z.ZodType<Translation>;

export const replaceSource = change({
  by: id.meta({ description: 'Id of the source document that takes its place.' }),
}) satisfies z.ZodType<{ by: string }>;

export const noteSourceUnreachable = change({
  on: partialDate.meta({ description: 'When its address was found to lead nowhere.' }),
  note: words.optional(),
}) satisfies z.ZodType<Unreachable>;
