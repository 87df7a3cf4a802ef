import type {
  SourceCopy,
  SourceRegistration,
  Translation,
  Unreachable,
} from '../../domain/source-document/events.js';
import type { EffectsOn } from '../projection.js';
import { changed, documentsOf } from './record-row.js';

export interface RegisteredSource extends SourceRegistration {
  readonly copies: readonly SourceCopy[];
  readonly translations: readonly Translation[];
  /** When its address was found to lead nowhere, each time that it was noted. */
  readonly unreachable: readonly Unreachable[];
  /** Id of the document that took its place. */
  readonly replacedBy?: string;
}

const source = documentsOf<RegisteredSource>('source-document');

/** A source document with its copies, translations and what became of it. */
export const sourceDocument: EffectsOn<'source-document'> = {
  SourceDocumentRegistered: source((_row, { data, position }) => ({
    first: position,
    document: { ...data, copies: [], translations: [], unreachable: [] },
  })),
  SourceCopyArchived: source(
    (row, { data }) => row && changed(row, { copies: [...row.document.copies, data] }),
  ),
  TranslationAdded: source(
    (row, { data }) => row && changed(row, { translations: [...row.document.translations, data] }),
  ),
  SourceReplaced: source((row, { data }) => row && changed(row, { replacedBy: data.by })),
  SourceUnreachableNoted: source(
    (row, { data }) => row && changed(row, { unreachable: [...row.document.unreachable, data] }),
  ),
};
