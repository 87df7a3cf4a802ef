import type { Day } from '../../domain/calendar.js';
import type { Line } from '../script.js';
import { commitments } from './commitments.js';
import { forum } from './dialogue.js';
import { meetings } from './meetings.js';

/** An invented dialogue with commitments in every state of health, as seen from `today`. */
export function exampleRecord(today: Day): readonly Line[] {
  return [...forum(today), ...commitments(today), ...meetings(today)];
}
