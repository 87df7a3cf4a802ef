import type { Actor } from '../../domain/actor.js';
import { speaker } from '../script.js';

/** The example's dialogue. Nothing in it ever happened; its purpose is to show every state of health at a first look. */
export const exampleDialogue = 'example-clean-rivers';

export const recorder: Actor = { id: 'recorder-example', role: 'recorder' };
const secretariatOf = (party: string): Actor => ({
  id: `secretariat-${party.toLowerCase()}`,
  role: 'secretariat',
  party,
});
const deskOf = (party: string): Actor => ({ id: `desk-${party.toLowerCase()}`, role: 'desk-officer', party });

export type ExampleParty = 'ALD' | 'MER';

export const records = speaker(exampleDialogue, recorder);
export const secretariat = {
  ALD: speaker(exampleDialogue, secretariatOf('ALD')),
  MER: speaker(exampleDialogue, secretariatOf('MER')),
};
export const desk = {
  ALD: speaker(exampleDialogue, deskOf('ALD')),
  MER: speaker(exampleDialogue, deskOf('MER')),
};
