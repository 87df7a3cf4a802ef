import { addDays, type Day } from '../../domain/calendar.js';
import type { DueTerms } from '../../domain/due.js';
import type { Line } from '../script.js';
import { READOUT } from './dialogue.js';
import { attested, both, claimed, promised, type Promised, proposed, reported } from './statements.js';
import { secretariat } from './voices.js';

/** One side's account of what was promised; what becomes of its words stands in `wording.ts`. */
export const researchers: Promised = {
  id: 'SCI-1',
  by: both,
  title: 'Exchange of researchers',
  text: 'The two sides intend to exchange researchers.',
  due: { precision: 'none' },
};

/** Commitments in every state of health, as seen from `today`. */
export function commitments(today: Day): Line[] {
  const held = addDays(today, -300);
  const ago = (days: number) => addDays(today, -days);
  const on = (days: number): DueTerms => ({ precision: 'day', day: addDays(today, days) });
  const nextYear = String(Number(today.slice(0, 4)) + 1);
  const gauges = 'Readings of all gauges on the upper river';
  return [
    ...promised(
      {
        id: 'WQ-1',
        by: both,
        title: 'Joint nitrate monitoring',
        text: 'Both sides will measure nitrates at the same stations in the same week.',
        due: on(6),
      },
      held,
    ),
    reported('WQ-1', 'ALD', 'on-track', 'Five of six stations measure.', ago(20)),
    reported('WQ-1', 'MER', 'on-track', 'All stations measure.', ago(9)),
    ...promised(
      {
        id: 'WQ-2',
        by: ['MER'],
        title: 'Yearly report on water quality',
        text: 'Merania will publish a yearly report on water quality.',
        due: on(-12),
        type: 'output',
      },
      held,
    ),
    reported('WQ-2', 'MER', 'off-track', 'The laboratory is being moved; no new date yet.', ago(15)),
    ...promised(
      {
        id: 'WQ-3',
        by: both,
        title: 'Shared list of dischargers',
        text: 'Both sides will keep one list of those who may discharge into the river.',
        due: {
          precision: 'quarter',
          quarter: `${nextYear}-Q2`,
          calendar: { kind: 'fiscal', startMonth: 4 },
          words: { en: 'in the second quarter of the fiscal year' },
        },
      },
      held,
    ),
    reported('WQ-3', 'ALD', 'on-track', 'The list has been compared once.', ago(40)),
    ...promised(
      {
        id: 'FW-1',
        by: both,
        title: 'Linked flood warning centres',
        text: 'Both sides will link their flood warning centres.',
        due: { precision: 'month', month: addDays(today, 45).slice(0, 7) },
      },
      held,
    ),
    reported('FW-1', 'ALD', 'on-track', 'Our end of the line is ready.', ago(30)),
    reported('FW-1', 'MER', 'at-risk', 'The line waits for a permit.', ago(5)),
    ...promised(
      {
        id: 'FW-2',
        by: ['MER'],
        title: 'Flood hotline',
        text: 'Merania will answer a flood hotline at all hours.',
        due: on(10),
      },
      held,
    ),
    ...claimed('FW-2', 'MER', 'Log of the first thirty calls', ago(3)),
    ...promised(
      {
        id: 'FW-3',
        by: ['ALD'],
        title: 'Gauge readings for the neighbour',
        text: 'Aldovia will send gauge readings to Merania every hour.',
        due: on(-40),
        type: 'information-exchange',
      },
      held,
    ),
    ...claimed('FW-3', 'ALD', gauges, ago(60)),
    attested('FW-3', 'MER', [['ALD', gauges]], ago(55)),
    ...promised(
      {
        id: 'NAV-1',
        by: both,
        title: 'One timetable for the locks',
        text: 'Both sides will run the locks by one timetable.',
        due: {
          precision: 'range',
          start: addDays(today, -30).slice(0, 7),
          end: addDays(today, 90).slice(0, 7),
        },
      },
      held,
    ),
    reported('NAV-1', 'ALD', 'on-track', 'The timetable is being tried on one lock.', ago(12)),
    ...promised(
      {
        id: 'NAV-2',
        by: both,
        title: 'Plan for dredging',
        text: 'Both sides will have a plan for dredging by the next round.',
        due: { precision: 'next-round', words: { en: 'by the next round' } },
      },
      held,
    ),
    proposed(researchers, held, READOUT),
    ...promised(
      {
        id: 'SCI-2',
        by: ['ALD'],
        title: 'Study of sediments',
        text: 'Aldovia will study the sediments of the lower river.',
        due: on(120),
      },
      held,
    ),
    secretariat.ALD(
      'commitment',
      'SCI-2',
      { type: 'WithdrawCommitment', data: { party: 'ALD' } },
      { occurredOn: ago(80), reason: 'The study was done by the universities of both sides.' },
    ),
    ...promised(
      {
        id: 'SCI-3',
        by: both,
        title: 'Atlas of the river',
        text: 'Both sides will publish an atlas of the river.',
        due: { precision: 'year', year: nextYear, calendar: { kind: 'gregorian' } },
        type: 'output',
      },
      held,
    ),
  ];
}
