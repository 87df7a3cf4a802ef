import type { Dispute, Settlement } from '../domain/commitment/events.js';

/** What a dispute is about, as a sentence says it. */
export const disputables: Readonly<Record<Dispute['about'], string>> = {
  text: 'the text',
  'due-date': 'the due date',
  status: 'how it stands',
  evidence: 'the evidence',
  attribution: 'whose it is',
};

export const settlements: Readonly<Record<Settlement['how'], string>> = {
  'agreed-text': 'the sides agreed on words',
  reverted: 'what was contested was taken back',
  'referred-to-co-chairs': 'referred to the co-chairs',
};
