import type { Day } from '../../domain/calendar.js';
import type { Line } from '../script.js';
import { close, differing } from './close.js';
import { commitments } from './commitments.js';
import { dates } from './dates.js';
import { forum } from './dialogue.js';
import { keys } from './keys.js';
import { meetings } from './meetings.js';
import { wording } from './wording.js';

/**
 * An invented dialogue with commitments in every state of health, as seen from `today`. What is new goes to the end: a
 * line is known by its place in the script, and installations have played those before it.
 */
export function exampleRecord(today: Day): readonly Line[] {
  return [
    ...forum(today),
    ...commitments(today),
    ...meetings(today),
    ...dates(today),
    ...wording(today),
    ...keys(today),
    ...close(today),
    ...differing(today),
  ];
}
