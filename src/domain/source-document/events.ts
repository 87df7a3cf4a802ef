import type { PartialDate } from '../calendar.js';
import type { Fact, LanguageMap } from '../event.js';

/** From the strongest to the weakest (domain.md 6.8). */
export const standings = [
  'joint-outcome-document',
  'memorandum',
  'agreed-minutes',
  'readout',
  'press-report',
] as const;
export type Standing = (typeof standings)[number];

/** How much a text in another language can be relied on (domain.md 6.2). */
export const translationStandings = ['authentic', 'official', 'unofficial', 'machine'] as const;

/** The meeting that a document tells of: a round by its number, or a follow-up by its id. */
export type Meeting = { readonly round: number } | { readonly followUp: string };

export interface SourceRegistration {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly standing: Standing;
  /** Code of the party that issued it; absent for a joint document or a third party's. */
  readonly issuer?: string | undefined;
  /** Who published it, where that is not a party. */
  readonly publisher?: string | undefined;
  readonly date: PartialDate;
  readonly languages: readonly string[];
  readonly address?: string | undefined;
  /** Instant (ISO 8601, UTC) at which it was read at its address. */
  readonly retrievedAt?: string | undefined;
  /** SHA-256 of the document's bytes, lower-case hex, where a copy is held. */
  readonly digest?: string | undefined;
  /** Ids of documents whose contents this one reports at second hand. */
  readonly reports?: readonly string[] | undefined;
  /** Two readouts of one meeting are compared with each other. */
  readonly meeting?: Meeting | undefined;
}

/** A copy that is kept in case the document vanishes from its address. */
export interface SourceCopy {
  readonly address?: string | undefined;
  /** Where it is kept, when that is no address: an archive and a shelf mark. */
  readonly place?: string | undefined;
  /** SHA-256 of the copy's bytes, lower-case hex. */
  readonly digest: string;
  /** Instant (ISO 8601, UTC) at which the copy was made. */
  readonly retrievedAt: string;
}

export interface Translation {
  readonly language: string;
  readonly standing: (typeof translationStandings)[number];
  /** An organisation of the register, or whoever it was in words; never a person. */
  readonly translator?: { readonly organisation: string } | { readonly words: LanguageMap } | undefined;
  readonly address?: string | undefined;
  /** SHA-256 of the translation's bytes, lower-case hex. */
  readonly digest?: string | undefined;
}

export interface Unreachable {
  readonly on: PartialDate;
  readonly note?: LanguageMap | undefined;
}

export type SourceDocumentEvent =
  | Fact<'SourceDocumentRegistered', SourceRegistration>
  | Fact<'SourceCopyArchived', SourceCopy>
  | Fact<'TranslationAdded', Translation>
  | Fact<'SourceReplaced', { readonly by: string }>
  | Fact<'SourceUnreachableNoted', Unreachable>;

export type SourceDocumentCommand =
  | { readonly type: 'RegisterSourceDocument'; readonly data: SourceRegistration }
  | { readonly type: 'ArchiveSourceCopy'; readonly data: SourceCopy }
  | { readonly type: 'AddTranslation'; readonly data: Translation }
  | { readonly type: 'ReplaceSource'; readonly data: { readonly by: string } }
  | { readonly type: 'NoteSourceUnreachable'; readonly data: Unreachable };
