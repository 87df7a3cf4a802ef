import { addDays, type Day } from '../../domain/calendar.js';
import { REGISTRY } from '../../commands/asked.js';
import { type Line, speaker } from '../script.js';
import { researchers } from './commitments.js';
import { both, promised, reported, textConfirmed } from './statements.js';
import { recorder, records, secretariat } from './voices.js';

const SPECIAL_MINUTES = 'minutes-phosphates';
const LETTERS = 'letters-phosphates';

const jointDocument = (id: string, title: string, on: Day): Line =>
  records(
    'source-document',
    id,
    {
      type: 'RegisterSourceDocument',
      data: { id, titles: { en: title }, standing: 'agreed-minutes', date: on, languages: ['en'] },
    },
    { occurredOn: on },
  );

/** Words that were objected to, corrected and then confirmed by both sides. */
function researchersAgreed(ago: (days: number) => Day): Line[] {
  const { id } = researchers;
  const text = 'The two sides intend to exchange researchers and data.';
  return [
    textConfirmed(researchers, 'ALD', ago(295)),
    secretariat.MER(
      'commitment',
      id,
      {
        type: 'ObjectToCommitmentText',
        data: { party: 'MER', objection: { en: 'We spoke of data as well; that is missing.' } },
      },
      { occurredOn: ago(290) },
    ),
    records(
      'commitment',
      id,
      { type: 'CorrectCommitment', data: { changes: { text: { en: text } } } },
      { occurredOn: ago(286), reason: 'The end of the sentence had been left out.' },
    ),
    textConfirmed({ ...researchers, text }, 'ALD', ago(280)),
    textConfirmed({ ...researchers, text }, 'MER', ago(278)),
    records('commitment', id, { type: 'AgreeCommitment', data: {} }, { occurredOn: ago(278) }),
    records('focus-area', 'SCI', {
      type: 'RenameFocusArea',
      data: { names: { en: 'River science and data' }, from: ago(270) },
    }),
  ];
}

/** A promise that another took the place of; that one was translated, amended and assessed from outside. */
function phosphates(today: Day, ago: (days: number) => Day): Line[] {
  const nextYear = String(Number(today.slice(0, 4)) + 1);
  const text = 'Both sides will set limits on phosphates in detergents and in fertiliser.';
  const by = (document: string, on: Day) => ({ occurredOn: on, sources: [{ document }] });
  return [
    ...promised(
      {
        id: 'WQ-4',
        by: both,
        title: 'Phosphates out of detergents',
        text: 'Both sides will allow no phosphates in detergents.',
        due: { precision: 'year', year: nextYear, calendar: { kind: 'gregorian' } },
        type: 'legal-step',
      },
      ago(300),
    ),
    jointDocument(SPECIAL_MINUTES, 'Agreed minutes of the special session on phosphates', ago(95)),
    ...promised(
      {
        id: 'WQ-5',
        by: both,
        title: 'Limits on phosphates',
        text,
        due: { precision: 'half-year', half: `${nextYear}-H2`, calendar: { kind: 'gregorian' } },
        type: 'legal-step',
        betweenRounds: true,
      },
      ago(95),
      SPECIAL_MINUTES,
    ),
    records(
      'commitment',
      'WQ-4',
      { type: 'SupersedeCommitment', data: { by: ['WQ-5'] } },
      by(SPECIAL_MINUTES, ago(95)),
    ),
    records(
      'commitment',
      'WQ-5',
      {
        type: 'TranslateCommitment',
        data: {
          language: 'hi',
          title: 'फ़ॉस्फ़ेट की सीमाएँ',
          text: 'दोनों पक्ष डिटर्जेंट और उर्वरक में फ़ॉस्फ़ेट की सीमाएँ तय करेंगे।',
          standing: 'official',
          translator: 'example-mer-rivers',
        },
      },
      { occurredOn: ago(85) },
    ),
    jointDocument(LETTERS, 'Exchange of letters on phosphates', ago(40)),
    records(
      'commitment',
      'WQ-5',
      {
        type: 'AmendCommitment',
        data: {
          from: ago(35),
          changes: { text: { en: `${text} They will report on them every year.` } },
        },
      },
      by(LETTERS, ago(40)),
    ),
    records(
      'commitment',
      'WQ-5',
      {
        type: 'TranslateCommitment',
        data: {
          language: 'es',
          title: 'Límites a los fosfatos',
          text: 'Ambas partes fijarán límites a los fosfatos en detergentes y fertilizantes. Informarán de ellos cada año.',
          standing: 'unofficial',
        },
      },
      { occurredOn: ago(30) },
    ),
    reported('WQ-5', 'ALD', 'on-track', 'The bill is before parliament.', ago(25)),
    reported('WQ-5', 'MER', 'on-track', 'The limits are being drafted.', ago(11)),
    speaker(REGISTRY, recorder)('organisation', 'example-river-watch', {
      type: 'RegisterOrganisation',
      data: { code: 'example-river-watch', names: { en: 'River Watch' }, kind: 'other' },
    }),
    records(
      'commitment',
      'WQ-5',
      {
        type: 'RecordAssessment',
        data: {
          id: 'river-watch-1',
          assessor: 'example-river-watch',
          manual: 'River Watch 1.2',
          stage: 'interim',
          scores: { ALD: 0, MER: -1 },
        },
      },
      { occurredOn: ago(5) },
    ),
  ];
}

/** What became of words: objected to, corrected, confirmed, replaced, translated and amended. */
export function wording(today: Day): Line[] {
  const ago = (days: number) => addDays(today, -days);
  return [...phosphates(today, ago), ...researchersAgreed(ago)];
}
