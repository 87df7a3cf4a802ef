import type { CommitmentEvent } from '../domain/commitment/events.js';
import type { Recorded } from '../domain/event.js';
import type { CitedSource } from './cited-sources.js';
import { type CommitmentDocument, documentAfter } from './commitment-document.js';
import { effectsOn, idIn, ignored, readModel } from './projection.js';

const details = effectsOn<{ document: CommitmentDocument }>('commitment_details', (event) => [
  { commitment: idIn('commitment', event) },
]);

/** What the standing of a commitment's sources follows from. It never changes after the registration. */
const citable = effectsOn<Omit<CitedSource, 'document'>>('source_standing', (event) => [
  { document: idIn('source-document', event) },
]);

/** Everything about one commitment as it stands. */
export const commitmentDetails = readModel(
  'commitment-details',
  {
    ignores: [
      'access',
      'dialogue',
      'focus-area',
      'follow-up',
      'organisation',
      'office',
      'reminder',
      'round',
      'subscription',
    ],
    alike: {
      commitment: details((row, event) => {
        const document = documentAfter(row?.document, event as Recorded<CommitmentEvent>);
        return document && { document };
      }),
    },
  },
  {
    SourceDocumentRegistered: citable((_row, { data: { standing, issuer, meeting } }) => ({
      standing,
      issuer: issuer ?? null,
      meeting: meeting ?? null,
    })),
    SourceCopyArchived: ignored,
    TranslationAdded: ignored,
    SourceReplaced: ignored,
    SourceUnreachableNoted: ignored,
  },
);
