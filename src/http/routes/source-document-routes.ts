import { ChangeSourceDocument, registerSourceDocument } from '../../commands/source-document.js';
import type { ChangeRoute } from '../change-route.js';

/** Changes of a source document. */
export const sourceDocumentRoutes: readonly ChangeRoute[] = [
  {
    command: 'RegisterSourceDocument',
    method: 'POST',
    path: 'dialogues/:dialogue/sources',
    summary: 'Register a source document',
    body: registerSourceDocument,
    Request: ChangeSourceDocument,
    id: ({ id }: { id: string }) => id,
    created: (log) => `/v1/dialogues/${log}/sources`,
  },
];
