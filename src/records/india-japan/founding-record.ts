import type { Line } from '../script.js';
import { founding } from './dialogue.js';
import { meetings } from './meetings.js';
import { organisations } from './organisations.js';
import { focusAreas, round } from './round.js';
import { undertakings } from './undertakings.js';

/**
 * The founding record: the first round of the India–Japan Dialogue on Economic Security, Tokyo, 27 November 2024,
 * as a news report tells it from two statements of India's Ministry of External Affairs. One side's account
 * at second hand agrees nothing: the seven joint undertakings stay proposed until a joint document or both
 * sides say so. Texts are restatements unless marked as verbatim.
 */
export const foundingRecord: readonly Line[] = [
  ...organisations,
  ...founding,
  ...round,
  ...focusAreas,
  ...undertakings,
  ...meetings,
];
