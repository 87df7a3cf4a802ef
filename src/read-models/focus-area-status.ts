import { dialogue as dialogueDecider, type Dialogue } from '../domain/dialogue.js';
import type { FocusAreaDefinition } from '../domain/focus-area.js';
import { commitmentStanding } from './commitment-standing.js';
import type { Facts } from '../domain/vocabulary.js';
import { effectsOn, idIn, readModel } from './projection.js';

const dialogue = effectsOn<{ announcement: Dialogue }>('dialogue', () => [{}]);
/** Folds the event by the domain's own rules. */
const dialogueFolded = <Type extends Facts['dialogue']['type']>() =>
  dialogue<Type>((row, event) => {
    const announcement = dialogueDecider.evolve(row?.announcement, event as never);
    return announcement && { announcement };
  });
const focusArea = effectsOn<Omit<FocusAreaDefinition, 'code'>>('focus_area', (event) => [
  { code: idIn('focus-area', event) },
]);

/** How many commitments of each focus area stand how. */
export const focusAreaStatus = readModel(
  'focus-area-status',
  { ignores: ['follow-up', 'organisation', 'reminder', 'round', 'source-document'] },
  {
    DialogueAnnounced: dialogueFolded(),
    PartyJoined: dialogueFolded(),
    PartyLeft: dialogueFolded(),
    CadenceChanged: dialogueFolded(),
    VerificationRuleSet: dialogueFolded(),
    DialogueConcluded: dialogueFolded(),
    FocusAreaDefined: focusArea((_row, { data: { names, scope } }) => ({ names, scope })),
    ...commitmentStanding,
  },
);
