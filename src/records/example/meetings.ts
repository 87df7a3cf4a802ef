import { addDays, type Day } from '../../domain/calendar.js';
import type { Line } from '../script.js';
import { MINUTES } from './dialogue.js';
import { records } from './voices.js';

/** One meeting held and one planned, both about commitments; and what the first round adopted. */
export function meetings(today: Day): Line[] {
  return [
    records(
      'follow-up',
      'flood-engineers',
      {
        type: 'ScheduleFollowUp',
        data: {
          id: 'flood-engineers',
          kind: 'working-level',
          titles: { en: 'Engineers of both flood warning centres' },
          plannedFor: addDays(today, -8),
          commitments: ['FW-1', 'FW-2'],
          focusAreas: ['FW'],
        },
      },
      { occurredOn: addDays(today, -20) },
    ),
    records('follow-up', 'flood-engineers', {
      type: 'HoldFollowUp',
      data: {
        on: addDays(today, -8),
        subject: { en: 'The permit for the line, and the first calls.' },
        with: [],
      },
    }),
    records('follow-up', 'dredging', {
      type: 'ScheduleFollowUp',
      data: {
        id: 'dredging',
        kind: 'working-level',
        titles: { en: 'Draft of the plan for dredging' },
        plannedFor: addDays(today, 9),
        commitments: ['NAV-2'],
        focusAreas: ['NAV'],
      },
    }),
    records(
      'round',
      '1',
      { type: 'AdoptOutcomeDocument', data: { document: MINUTES } },
      { occurredOn: addDays(today, -300) },
    ),
  ];
}
