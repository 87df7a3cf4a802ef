import { addDays, type Day } from '../../domain/calendar.js';
import type { Line } from '../script.js';
import { both, promised, type Promised, proposed, textConfirmed } from './statements.js';
import { desk, type ExampleParty, records, secretariat } from './voices.js';

const MEETING = 'lock-keepers';

const readout = (party: ExampleParty, title: string, on: Day): Line =>
  records(
    'source-document',
    `readout-${party.toLowerCase()}-${MEETING}`,
    {
      type: 'RegisterSourceDocument',
      data: {
        id: `readout-${party.toLowerCase()}-${MEETING}`,
        titles: { en: title },
        standing: 'readout',
        issuer: party,
        date: on,
        languages: ['en'],
        meeting: { followUp: MEETING },
      },
    },
    { occurredOn: on },
  );

/** One commitment that only the parties may read, and the close of the first round: one lapses, the others are carried over. */
export function close(today: Day): Line[] {
  const ago = (days: number) => addDays(today, -days);
  return [
    ...promised(
      {
        id: 'FW-5',
        by: both,
        title: 'Warning before water is let out',
        text: 'Each side will warn the other a day before it lets water out of a dam.',
        due: { precision: 'day', day: addDays(today, 140) },
        classification: {
          confidentiality: { level: 'parties' },
          ground: 'The safety of the dams is still being discussed.',
        },
      },
      ago(300),
    ),
    ...promised(
      {
        id: 'NAV-6',
        by: ['MER'],
        title: 'Regatta of both capitals',
        text: 'Merania will hold a regatta of both capitals on the lower river.',
        due: { precision: 'day', day: ago(120) },
      },
      ago(300),
    ),
    desk.MER(
      'commitment',
      'NAV-6',
      {
        type: 'ReportNoProgress',
        data: { party: 'MER', text: { en: 'No town on the lower river has offered to be the host.' } },
      },
      { occurredOn: ago(130) },
    ),
    records('round', '1', { type: 'CloseRound', data: { on: ago(30), lapsed: ['NAV-6'] } }),
  ];
}

/** A meeting that each side tells of in its own words; what one says was promised the other objects to. */
export function differing(today: Day): Line[] {
  const ago = (days: number) => addDays(today, -days);
  const night: Promised = {
    id: 'NAV-5',
    by: both,
    title: 'Night passage at the locks',
    text: 'Both sides will let boats through the locks at night.',
    due: {
      precision: 'season',
      season: `${Number(today.slice(0, 4)) + 1}-spring`,
      hemisphere: 'northern',
    },
    betweenRounds: true,
  };
  return [
    records(
      'follow-up',
      MEETING,
      {
        type: 'ScheduleFollowUp',
        data: {
          id: MEETING,
          kind: 'working-level',
          titles: { en: 'Lock keepers of both sides' },
          plannedFor: ago(18),
          commitments: ['NAV-1'],
          focusAreas: ['NAV'],
        },
      },
      { occurredOn: ago(28) },
    ),
    records('follow-up', MEETING, {
      type: 'HoldFollowUp',
      data: { on: ago(18), subject: { en: 'The timetable, and the locks at night.' }, with: [] },
    }),
    readout('ALD', 'What Aldovia said about the meeting of the lock keepers', ago(18)),
    readout('MER', 'What Merania said about the meeting of the lock keepers', ago(17)),
    proposed(night, ago(17), `readout-ald-${MEETING}`, [
      {
        document: `readout-mer-${MEETING}`,
        text: 'The sides will look into letting boats through the locks at night from the spring on.',
      },
    ]),
    textConfirmed(night, 'ALD', ago(15)),
    records(
      'commitment',
      night.id,
      {
        type: 'CorrectCommitment',
        data: {
          changes: {
            text: { en: 'Both sides will let boats through the locks at night, from the spring on.' },
          },
        },
      },
      { occurredOn: ago(13), reason: 'The account of Aldovia goes on: from the spring on.' },
    ),
    secretariat.MER(
      'commitment',
      night.id,
      {
        type: 'ObjectToCommitmentText',
        data: { party: 'MER', objection: { en: 'We agreed to look into it, and no more.' } },
      },
      { occurredOn: ago(10) },
    ),
  ];
}
