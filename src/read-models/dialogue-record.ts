import { readModel } from './projection.js';
import { followUpDocument } from './documents/follow-up-document.js';
import { organisationDocument } from './documents/organisation-document.js';
import { roundDocument } from './documents/round-document.js';
import { sourceDocument } from './documents/source-document.js';

/** What a dialogue has on record beside its commitments: rounds, sources, follow-ups, organisations. */
export const dialogueRecord = readModel(
  'dialogue-record',
  { ignores: ['access', 'commitment', 'dialogue', 'focus-area', 'reminder'] },
  { ...roundDocument, ...sourceDocument, ...followUpDocument, ...organisationDocument },
);
