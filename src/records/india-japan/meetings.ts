import type { Line } from '../script.js';
import { reported, says } from './voice.js';

interface Meeting {
  readonly title: string;
  readonly subject: string;
  readonly focusAreas?: readonly string[];
  readonly with: readonly { name?: string; office?: { en: string }; organisation?: string }[];
}

const meeting = (id: string, { title, subject, focusAreas: areas = [], with: whom }: Meeting): Line[] => [
  says(
    'follow-up',
    id,
    {
      type: 'ScheduleFollowUp',
      data: {
        id,
        kind: 'engagement',
        titles: { en: title },
        plannedFor: '2024-11',
        place: { en: 'Tokyo', ja: '東京' },
        round: 1,
        commitments: [],
        focusAreas: areas,
      },
    },
    { occurredOn: '2024-11', ...reported },
  ),
  says(
    'follow-up',
    id,
    {
      type: 'HoldFollowUp',
      data: { on: '2024-11', subject: { en: subject }, with: whom },
    },
    { occurredOn: '2024-11', ...reported },
  ),
];

export const meetings = [
  ...meeting('fs-vm-dialogue', {
    title: 'Foreign Secretary – Vice Ministerial Dialogue',
    subject:
      'Review of political relations, defence and security, economic cooperation, ties between people, and regional and international issues.',
    with: [],
  }),
  ...meeting('meti', {
    title: 'Foreign Secretary meets METI',
    subject: 'Economic and high-technology cooperation.',
    focusAreas: ['CET'],
    with: [
      {
        name: 'Takehiko Matsuo',
        office: { en: 'Vice-Minister for International Affairs' },
        organisation: 'jp-meti',
      },
    ],
  }),
  ...meeting('nss', {
    title: 'Foreign Secretary meets the National Security Secretariat',
    subject: 'Security and economic partnership.',
    focusAreas: ['ESP'],
    with: [{ name: 'Keiichi Ichikawa', office: { en: 'Deputy Secretary General' }, organisation: 'jp-nss' }],
  }),
  ...meeting('mlit', {
    title: 'Foreign Secretary meets MLIT',
    subject: 'Review of cooperation on the Mumbai–Ahmedabad High Speed Rail.',
    focusAreas: ['HSR'],
    with: [
      {
        name: 'Yoshimichi Terada',
        office: { en: 'Vice-Minister for International Affairs' },
        organisation: 'jp-mlit',
      },
    ],
  }),
  ...meeting('ministries-and-agencies', {
    title: 'Foreign Secretary meets officials of ministries and agencies',
    subject:
      'Contacts with ministries and agencies: environment, external trade, development cooperation, space.',
    with: [
      { organisation: 'jp-moe' },
      { organisation: 'jp-jetro' },
      { organisation: 'jp-jica' },
      { organisation: 'jp-jaxa' },
    ],
  }),
];
