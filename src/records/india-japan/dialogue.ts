import type { Line } from '../script.js';
import { dialogue, PRESS_REPORT, says } from './voice.js';

const statement = (id: string, title: string): Line =>
  says(
    'source-document',
    id,
    {
      type: 'RegisterSourceDocument',
      data: {
        id,
        titles: { en: title },
        standing: 'readout',
        issuer: 'IN',
        date: '2024-11',
        languages: ['en'],
      },
    },
    { occurredOn: '2024-11', reason: 'Known through the press report only; no copy is held.' },
  );

export const founding: Line[] = [
  says(
    'dialogue',
    dialogue,
    {
      type: 'AnnounceDialogue',
      data: {
        slug: dialogue,
        titles: { en: 'India–Japan Dialogue on Economic Security, including Strategic Trade and Technology' },
        parties: [
          { code: 'IN', names: { en: 'India', hi: 'भारत', ja: 'インド' }, zone: 'Asia/Kolkata' },
          { code: 'JP', names: { en: 'Japan', hi: 'जापान', ja: '日本' }, zone: 'Asia/Tokyo' },
        ],
        level: 'Foreign Secretary and Vice Minister',
        umbrella: { en: 'India–Japan Special Strategic and Global Partnership' },
        participants: {
          en: 'Ministries, departments and agencies of both governments that have a stake in it.',
        },
        announcedAt: { en: 'India–Japan 2+2 ministerial meeting, New Delhi' },
        invented: false,
      },
    },
    { occurredOn: '2024-08-20' },
  ),
  statement('mea-2024-11-a', 'First statement of the Ministry of External Affairs on the round'),
  statement('mea-2024-11-b', 'Second statement of the Ministry of External Affairs on the round'),
  says(
    'source-document',
    PRESS_REPORT,
    {
      type: 'RegisterSourceDocument',
      data: {
        id: PRESS_REPORT,
        titles: { en: 'India, Japan hold first round of talks on economic security, trade' },
        standing: 'press-report',
        publisher: 'News report of about 27 November 2024',
        date: '2024-11',
        languages: ['en'],
        reports: ['mea-2024-11-a', 'mea-2024-11-b'],
      },
    },
    { occurredOn: '2024-11' },
  ),
];
