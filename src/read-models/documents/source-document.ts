import type { SourceRegistration } from '../../domain/source-document.js';
import type { EffectsOn } from '../projection.js';
import { documentsOf } from './record-row.js';

const source = documentsOf<SourceRegistration>('source-document');

/** A source document as it stands. */
export const sourceDocument: EffectsOn<'source-document'> = {
  SourceDocumentRegistered: source((_row, { data, position }) => ({ first: position, document: data })),
};
