import { readModel } from './projection.js';
import { focusAreaDocument } from './documents/focus-area-document.js';
import { followUpDocument } from './documents/follow-up-document.js';
import { officeDocument } from './documents/office-document.js';
import { organisationDocument } from './documents/organisation-document.js';
import { roundDocument } from './documents/round-document.js';
import { sourceDocument } from './documents/source-document.js';

/** What a dialogue has on record beside its commitments, and what dialogues share: organisations and offices. */
export const dialogueRecord = readModel(
  'dialogue-record',
  { ignores: ['access', 'commitment', 'dialogue', 'reminder', 'subscription'] },
  {
    ...roundDocument,
    ...focusAreaDocument,
    ...sourceDocument,
    ...followUpDocument,
    ...organisationDocument,
    ...officeDocument,
  },
);
