import type { CommitmentEvent } from '../domain/commitment/events.js';
import type { Recorded } from '../domain/event.js';
import { type CommitmentDocument, documentAfter } from './commitment-document.js';
import { effectsOn, idIn, readModel } from './projection.js';

const details = effectsOn<{ document: CommitmentDocument }>('commitment_details', (event) => [
  { commitment: idIn('commitment', event) },
]);

/** Everything about one commitment as it stands. */
export const commitmentDetails = readModel(
  'commitment-details',
  {
    ignores: ['dialogue', 'focus-area', 'follow-up', 'organisation', 'reminder', 'round', 'source-document'],
    alike: {
      commitment: details((row, event) => {
        const document = documentAfter(row?.document, event as Recorded<CommitmentEvent>);
        return document && { document };
      }),
    },
  },
  {},
);
