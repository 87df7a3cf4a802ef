import type { CodedEnding } from '../domain/coded.js';
import { dialogue as dialogueDecider, type Dialogue } from '../domain/dialogue.js';
import type { FocusAreaDefinition } from '../domain/focus-area.js';
import type { Facts } from '../domain/vocabulary.js';
import { commitmentStanding } from './commitment-standing.js';
import { type Ended, endOf } from './documents/coded-document.js';
import { effectsOn, idIn, readModel } from './projection.js';

interface FocusAreaRow extends Omit<FocusAreaDefinition, 'code'> {
  /** Position of its definition: the order in which areas are listed. */
  readonly first: number;
  readonly ended?: Ended;
}

const dialogue = effectsOn<{ announcement: Dialogue }>('dialogue', () => [{}]);
const focusArea = effectsOn<FocusAreaRow>('focus_area', (event) => [{ code: idIn('focus-area', event) }]);

/** Folds the event by the domain's own rules. */
const dialogueFolded = <Type extends Facts['dialogue']['type']>() =>
  dialogue<Type>((row, event) => {
    const announcement = dialogueDecider.evolve(row?.announcement, event as never);
    return announcement && { announcement };
  });

/** What is grouped under an area that ends stays there, and is counted there, until it is moved. */
const ends = <Type extends 'FocusAreaMerged' | 'FocusAreaSplit' | 'FocusAreaRetired'>(how: CodedEnding) =>
  focusArea<Type>((row, event) => row && { ...row, ended: endOf(how, event) });

/** How many commitments of each focus area stand how. */
export const focusAreaStatus = readModel(
  'focus-area-status',
  {
    ignores: [
      'access',
      'follow-up',
      'office',
      'organisation',
      'reminder',
      'round',
      'source-document',
      'subscription',
    ],
  },
  {
    DialogueAnnounced: dialogueFolded(),
    PartyJoined: dialogueFolded(),
    PartyLeft: dialogueFolded(),
    CadenceChanged: dialogueFolded(),
    VerificationRuleSet: dialogueFolded(),
    ReminderPolicySet: dialogueFolded(),
    DialogueConcluded: dialogueFolded(),
    FocusAreaDefined: focusArea((_row, { data: { names, scope, parent }, position }) => ({
      first: position,
      names,
      scope,
      parent,
    })),
    FocusAreaRenamed: focusArea((row, { data: { names } }) => row && { ...row, names }),
    FocusAreaMerged: ends('merged'),
    FocusAreaSplit: ends('split'),
    FocusAreaRetired: ends('retired'),
    ...commitmentStanding,
  },
);
