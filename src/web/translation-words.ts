import type { Translation } from '../domain/source-document/events.js';

/** How far a text in another language can be relied on (domain.md 6.8). */
export const translationStandings: Readonly<Record<Translation['standing'], string>> = {
  authentic: 'authentic text',
  official: 'official translation',
  unofficial: 'unofficial translation',
  machine: 'machine translation',
};
