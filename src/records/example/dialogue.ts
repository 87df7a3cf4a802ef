import { addDays, type Day } from '../../domain/calendar.js';
import { REGISTRY } from '../../commands/asked.js';
import { type Line, speaker } from '../script.js';
import { exampleDialogue, recorder, records } from './voices.js';

export const MINUTES = 'minutes-round-1';
export const READOUT = 'readout-ald-round-1';

const registers = speaker(REGISTRY, recorder);

const organisation = (code: string, name: string, party: string): Line =>
  registers('organisation', code, {
    type: 'RegisterOrganisation',
    data: { code, names: { en: name }, kind: 'agency', party },
  });

const focusArea = (code: string, name: string, scope: string): Line =>
  records('focus-area', code, {
    type: 'DefineFocusArea',
    data: { code, names: { en: name }, scope: { en: scope } },
  });

/** The forum, a first round some 300 days before `today`, a second one in three weeks. */
export function forum(today: Day): Line[] {
  const held = addDays(today, -300);
  const said = { occurredOn: held };
  return [
    organisation('example-ald-water', 'Aldovian Water Agency', 'ALD'),
    organisation('example-mer-rivers', 'Meranian Rivers Authority', 'MER'),
    records(
      'dialogue',
      exampleDialogue,
      {
        type: 'AnnounceDialogue',
        data: {
          slug: exampleDialogue,
          titles: { en: 'Aldovia–Merania Dialogue on Clean Rivers' },
          parties: [
            { code: 'ALD', names: { en: 'Aldovia' }, zone: 'Europe/Madrid' },
            { code: 'MER', names: { en: 'Merania' }, zone: 'Asia/Kolkata' },
          ],
          level: 'Directors of the water authorities',
          cadence: 'Once a year',
          invented: true,
        },
      },
      { occurredOn: addDays(held, -60) },
    ),
    records(
      'source-document',
      MINUTES,
      {
        type: 'RegisterSourceDocument',
        data: {
          id: MINUTES,
          titles: { en: 'Agreed minutes of the first round' },
          standing: 'agreed-minutes',
          date: held,
          languages: ['en'],
        },
      },
      said,
    ),
    records(
      'source-document',
      READOUT,
      {
        type: 'RegisterSourceDocument',
        data: {
          id: READOUT,
          titles: { en: 'What Aldovia said about the first round' },
          standing: 'readout',
          issuer: 'ALD',
          date: held,
          languages: ['en'],
        },
      },
      said,
    ),
    records(
      'round',
      '1',
      {
        type: 'ScheduleRound',
        data: { number: 1, plannedFor: held, zone: 'Europe/Madrid', place: { en: 'Port Alder' } },
      },
      { occurredOn: addDays(held, -40) },
    ),
    records(
      'round',
      '1',
      { type: 'HoldRound', data: { on: held, topics: { en: 'Everything that flows.' } } },
      said,
    ),
    records('round', '2', {
      type: 'ScheduleRound',
      data: { number: 2, plannedFor: addDays(today, 21), zone: 'Asia/Kolkata', place: { en: 'Meran Falls' } },
    }),
    focusArea('WQ', 'Water quality', 'What is in the water, and how it gets better.'),
    focusArea('FW', 'Flood warning', 'Knowing early, and telling the neighbour.'),
    focusArea('NAV', 'Navigation', 'Locks, channels and those who use them.'),
    focusArea('SCI', 'River science', 'People and data that cross the border.'),
  ];
}
