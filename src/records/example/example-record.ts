import type { Line } from '../script.js';
import { addDays, type Day } from '../../domain/calendar.js';
import { commitments, promised } from './commitments.js';
import { forum } from './dialogue.js';
import { meetings } from './meetings.js';

/** An invented dialogue with commitments in every state of health, as seen from `today`. */
export function exampleRecord(today: Day): readonly Line[] {
  return [...forum(today), ...commitments(today), ...meetings(today), ...withoutDate(today)];
}

/** Lines are known by their place in the script: what was added later stands last. */
function withoutDate(today: Day): readonly Line[] {
  const kept = {
    id: 'NAV-3',
    by: ['ALD', 'MER'] as const,
    title: 'Buoys kept in place',
    text: 'Both sides will keep the buoys of the lower river in place.',
    due: { precision: 'ongoing' } as const,
  };
  return promised(kept, addDays(today, -300));
}
