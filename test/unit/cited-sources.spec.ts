import type { SourceReference } from '../../src/domain/event.js';
import type { Standing } from '../../src/domain/source-document/events.js';
import { type CitedSource, differingAccounts, standingOf } from '../../src/read-models/cited-sources.js';

const firstRound = { round: 1 };
const readout = (
  document: string,
  issuer: string,
  meeting: CitedSource['meeting'] = firstRound,
): CitedSource => ({ document, standing: 'readout', issuer, meeting });
const other = (standing: Standing): CitedSource => ({
  document: standing,
  standing,
  issuer: null,
  meeting: firstRound,
});
const ofIndia = readout('mea', 'IN');
const ofJapan = readout('mofa', 'JP');

const quote = (document: string, text: string, language = 'en', verbatim = true): SourceReference => ({
  document,
  quotation: { text, language, verbatim },
});

describe('the standing of what a commitment rests on', () => {
  test.each<[string, CitedSource[], string | undefined]>([
    ['nothing', [], undefined],
    ['a press report', [other('press-report')], 'press-report'],
    ['one readout', [other('press-report'), ofIndia], 'readout'],
    ['the readouts of both sides', [ofJapan, other('press-report'), ofIndia], 'both-readouts'],
    ['agreed minutes above both readouts', [ofJapan, other('agreed-minutes'), ofIndia], 'agreed-minutes'],
    ['a memorandum above minutes', [other('agreed-minutes'), other('memorandum')], 'memorandum'],
    [
      'a joint outcome document above all',
      [other('memorandum'), ofIndia, ofJapan, other('joint-outcome-document')],
      'joint-outcome-document',
    ],
    ['two readouts of one side', [ofIndia, readout('mea-2', 'IN')], 'readout'],
    ['readouts of two meetings', [ofIndia, readout('mofa', 'JP', { round: 2 })], 'readout'],
    [
      'readouts of a round and of a follow-up',
      [ofIndia, readout('mofa', 'JP', { followUp: '1' })],
      'readout',
    ],
    ['readouts of unknown meetings', [readout('mea', 'IN', null), readout('mofa', 'JP', null)], 'readout'],
  ])('%s', (_case, cited, standing) => {
    expect(standingOf(cited)).toBe(standing);
  });
});

describe('readouts of one meeting that differ', () => {
  const differ = (references: SourceReference[], cited: CitedSource[] = [ofIndia, ofJapan]) =>
    differingAccounts(references, cited);

  test('stand side by side, each with its words', () => {
    expect(differ([quote('mea', 'will explore'), quote('mofa', 'will decide')])).toEqual([
      {
        meeting: firstRound,
        language: 'en',
        accounts: [
          { party: 'IN', quotations: [{ document: 'mea', text: 'will explore' }] },
          { party: 'JP', quotations: [{ document: 'mofa', text: 'will decide' }] },
        ],
      },
    ]);
  });

  test('of three parties, two are enough', () => {
    const cited = [ofIndia, ofJapan, readout('dfat', 'AU')];
    const accounts = [quote('mea', 'will'), quote('mofa', 'will'), quote('dfat', 'may')];
    expect(differ(accounts, cited)).toHaveLength(1);
    expect(differ(accounts.slice(0, 2), cited)).toEqual([]);
  });

  const agreeing: [string, SourceReference[], CitedSource[]?][] = [
    ['the same words', [quote('mea', 'will explore'), quote('mofa', 'will explore')]],
    ['the same words, set differently', [quote('mea', 'will  explore\n'), quote('mofa', 'will explore')]],
    ['the same characters, encoded differently', [quote('mea', 'caf\u00e9'), quote('mofa', 'cafe\u0301')]],
    ['words in two languages', [quote('mea', 'will explore'), quote('mofa', '検討する', 'ja')]],
    ['a restatement', [quote('mea', 'will explore'), quote('mofa', 'is to explore', 'en', false)]],
    [
      'one side of which merely more is quoted',
      [quote('mea', 'will explore'), quote('mofa', 'will explore'), quote('mofa', 'by 2026')],
    ],
    ['one side that is cited without its words', [quote('mea', 'will explore'), { document: 'mofa' }]],
    [
      'two readouts of one side',
      [quote('mea', 'will explore'), quote('mea-2', 'will decide')],
      [ofIndia, readout('mea-2', 'IN')],
    ],
    [
      'readouts of two meetings',
      [quote('mea', 'will explore'), quote('mofa', 'will decide')],
      [ofIndia, readout('mofa', 'JP', { followUp: 'margin' })],
    ],
    [
      'readouts of which nobody said of what meeting they are',
      [quote('mea', 'will explore'), quote('mofa', 'will decide')],
      [readout('mea', 'IN', null), readout('mofa', 'JP', null)],
    ],
    [
      'a readout and a press report',
      [quote('mea', 'will explore'), quote('press-report', 'will decide')],
      [ofIndia, other('press-report')],
    ],
  ];
  test.each(agreeing.map(([what, references, cited]) => [what, { references, cited }] as const))(
    'are not: %s',
    (_what, { references, cited }) => {
      expect(differ(references, cited)).toEqual([]);
    },
  );
});
