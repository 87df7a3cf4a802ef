import type { Line } from '../script.js';
import { reported, says } from './voice.js';

export const round: Line[] = [
  says(
    'round',
    '1',
    {
      type: 'ScheduleRound',
      data: { number: 1, plannedFor: '2024-11-27', zone: 'Asia/Tokyo', place: { en: 'Tokyo', ja: '東京' } },
    },
    { occurredOn: '2024-11', ...reported },
  ),
  says(
    'round',
    '1',
    {
      type: 'NameCoChair',
      data: {
        party: 'IN',
        name: 'Vikram Misri',
        office: { en: 'Foreign Secretary of India' },
        organisation: 'in-mea',
        note: { en: 'On his first official visit to Japan in that office.' },
      },
    },
    { occurredOn: '2024-11-27', ...reported },
  ),
  says(
    'round',
    '1',
    {
      type: 'NameCoChair',
      data: {
        party: 'JP',
        name: 'Masataka Okano',
        office: { en: 'Vice Minister, Ministry of Foreign Affairs of Japan' },
        organisation: 'jp-mofa',
      },
    },
    { occurredOn: '2024-11-27', ...reported },
  ),
  says(
    'round',
    '1',
    {
      type: 'HoldRound',
      data: {
        on: '2024-11-27',
        place: { en: 'Tokyo', ja: '東京' },
        topics: {
          en: 'Economic security; supply chain resilience; partnership in critical and emerging technologies.',
        },
      },
    },
    { occurredOn: '2024-11-27', ...reported },
  ),
];

const focusArea = (code: string, name: string, scope?: string): Line =>
  says(
    'focus-area',
    code,
    {
      type: 'DefineFocusArea',
      data: { code, names: { en: name }, ...(scope && { scope: { en: scope } }) },
    },
    { occurredOn: '2024-11-27', ...reported },
  );

export const focusAreas = [
  focusArea('ESP', 'Economic security policy', 'The two sides tell each other about their policies.'),
  focusArea('SCR', 'Supply chain resilience'),
  focusArea('CRI', 'Critical infrastructure'),
  focusArea(
    'CET',
    'Critical and emerging technologies',
    'Research in key technologies, and their application.',
  ),
  focusArea('STT', 'Strategic trade and technology'),
  focusArea(
    'ITR',
    'Industrial and technological resilience',
    'With partnerships between firms and between universities.',
  ),
  focusArea('TAL', 'Talent exchange and upskilling'),
  focusArea('HSR', 'Mumbai–Ahmedabad High Speed Rail', 'Known as MAHSR.'),
];
