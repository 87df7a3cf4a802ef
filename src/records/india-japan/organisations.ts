import type { Line } from '../script.js';
import { registers } from './voice.js';

const organisation = (
  code: string,
  name: string,
  kind: 'ministry' | 'agency' | 'implementing-body',
  party: 'IN' | 'JP',
  abbreviation?: string,
): Line =>
  registers('organisation', code, {
    type: 'RegisterOrganisation',
    data: { code, names: { en: name }, kind, party, ...(abbreviation && { abbreviation }) },
  });

export const organisations = [
  organisation('in-mea', 'Ministry of External Affairs of India', 'ministry', 'IN', 'MEA'),
  organisation('jp-mofa', 'Ministry of Foreign Affairs of Japan', 'ministry', 'JP', 'MOFA'),
  organisation('jp-meti', 'Ministry of Economy, Trade and Industry', 'ministry', 'JP', 'METI'),
  organisation('jp-nss', 'National Security Secretariat', 'agency', 'JP', 'NSS'),
  organisation(
    'jp-mlit',
    'Ministry of Land, Infrastructure, Transport and Tourism',
    'ministry',
    'JP',
    'MLIT',
  ),
  organisation('jp-moe', 'Ministry of the Environment of Japan', 'ministry', 'JP'),
  organisation('jp-jetro', 'Japan External Trade Organization', 'implementing-body', 'JP', 'JETRO'),
  organisation('jp-jica', 'Japan International Cooperation Agency', 'implementing-body', 'JP', 'JICA'),
  organisation('jp-jaxa', 'Japan Aerospace Exploration Agency', 'implementing-body', 'JP', 'JAXA'),
];
