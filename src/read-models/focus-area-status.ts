import type { Announcement } from '../domain/dialogue.js';
import type { FocusAreaDefinition } from '../domain/focus-area.js';
import { commitmentStanding } from './commitment-standing.js';
import { effectsOn, idIn, readModel } from './projection.js';

const dialogue = effectsOn<{ announcement: Announcement }>('dialogue', () => [{}]);
const focusArea = effectsOn<Omit<FocusAreaDefinition, 'code'>>('focus_area', (event) => [
  { code: idIn('focus-area', event) },
]);

/** How many commitments of each focus area stand how. */
export const focusAreaStatus = readModel(
  'focus-area-status',
  { ignores: ['follow-up', 'organisation', 'reminder', 'round', 'source-document'] },
  {
    DialogueAnnounced: dialogue((_row, { data }) => ({ announcement: data })),
    FocusAreaDefined: focusArea((_row, { data: { names, scope } }) => ({ names, scope })),
    ...commitmentStanding,
  },
);
