import {
  addTranslation,
  archiveSourceCopy,
  noteSourceUnreachable,
  registerSourceDocument,
  replaceSource,
} from '../../commands/source-document-bodies.js';
import { ChangeSourceDocument } from '../../commands/source-document.js';
import type { ChangeRoute } from '../change-route.js';

const sources = 'dialogues/:dialogue/sources';

/** Changes of a source document. */
export const sourceDocumentRoutes: readonly ChangeRoute[] = [
  {
    command: 'RegisterSourceDocument',
    method: 'POST',
    path: sources,
    summary: 'Register a source document',
    body: registerSourceDocument,
    Request: ChangeSourceDocument,
    id: ({ id }: { id: string }) => id,
    created: (log, id) => `/v1/dialogues/${log}/sources/${id}`,
  },
  {
    command: 'ArchiveSourceCopy',
    method: 'POST',
    path: `${sources}/:id/copies`,
    summary: 'Record where a copy of the document is archived, byte for byte the same',
    body: archiveSourceCopy,
    Request: ChangeSourceDocument,
  },
  {
    command: 'AddTranslation',
    method: 'POST',
    path: `${sources}/:id/translations`,
    summary: 'Add a translation, with its standing and translator',
    body: addTranslation,
    Request: ChangeSourceDocument,
  },
  {
    command: 'ReplaceSource',
    method: 'PUT',
    path: `${sources}/:id/replacement`,
    summary: 'Mark the document as replaced by another; both stay on record',
    body: replaceSource,
    Request: ChangeSourceDocument,
  },
  {
    command: 'NoteSourceUnreachable',
    method: 'POST',
    path: `${sources}/:id/unreachable-notes`,
    summary: 'Note that the document’s address leads nowhere',
    body: noteSourceUnreachable,
    Request: ChangeSourceDocument,
  },
];
