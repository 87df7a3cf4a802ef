import { addDays, type Day } from '../../domain/calendar.js';
import type { DueTerms } from '../../domain/due.js';
import type { Line } from '../script.js';
import { both, promised, reported } from './statements.js';
import { desk, secretariat } from './voices.js';

/** A date that was moved when it had passed, and one that is asked to move while work rests. */
export function dates(today: Day): Line[] {
  const ago = (days: number) => addDays(today, -days);
  const on = (days: number): DueTerms => ({ precision: 'day', day: addDays(today, days) });
  return [
    ...promised(
      {
        id: 'FW-4',
        by: both,
        title: 'Rain radar for the upper river',
        text: 'Both sides will share the pictures of one rain radar for the upper river.',
        due: on(-70),
      },
      ago(300),
    ),
    desk.MER(
      'commitment',
      'FW-4',
      {
        type: 'RequestExtension',
        data: { party: 'MER', due: on(75), reasonCode: 'resources-short' },
      },
      { occurredOn: ago(52), reason: 'The mast had to be ordered anew.' },
    ),
    secretariat.ALD(
      'commitment',
      'FW-4',
      { type: 'GrantExtension', data: { party: 'ALD' } },
      { occurredOn: ago(45) },
    ),
    reported('FW-4', 'MER', 'on-track', 'The mast stands; the first pictures are being tried.', ago(7)),
    ...promised(
      {
        id: 'NAV-3',
        by: ['ALD'],
        title: 'Fish passes at both weirs',
        text: 'Aldovia will build a fish pass at each of its two weirs.',
        due: on(50),
      },
      ago(300),
    ),
    reported('NAV-3', 'ALD', 'on-track', 'The upper pass is being dug.', ago(80)),
    desk.ALD(
      'commitment',
      'NAV-3',
      { type: 'PauseCommitment', data: { party: 'ALD', reasonCode: 'legal-or-treaty-step' } },
      { occurredOn: ago(20), reason: 'A court has stopped the works at the lower weir.' },
    ),
    desk.ALD(
      'commitment',
      'NAV-3',
      {
        type: 'RequestExtension',
        data: { party: 'ALD', due: on(230), reasonCode: 'legal-or-treaty-step' },
      },
      { occurredOn: ago(6), reason: 'The court hears the case in spring.' },
    ),
  ];
}
