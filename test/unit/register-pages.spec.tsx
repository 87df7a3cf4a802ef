import { renderToString } from 'preact-render-to-string';
import type { OrganisationDocument } from '../../src/read-models/documents/organisation-document.js';
import type { RegisteredSource } from '../../src/read-models/documents/source-document.js';
import { countNames, type Counts } from '../../src/read-models/standing-today.js';
import { CountsTable } from '../../src/web/counts-table.js';
import { OrganisationName } from '../../src/web/names.js';
import { SourceShown } from '../../src/web/source-shown.js';

const organisations: OrganisationDocument[] = [
  {
    code: 'maps',
    names: { en: 'Map Office' },
    abbreviation: 'MO',
    kind: 'agency',
    status: 'merged',
    ended: { how: 'merged', on: '2025-04-01', successors: ['surveys'] },
    nameHistory: [],
  },
  { code: 'surveys', names: { en: 'Surveys' }, kind: 'agency', status: 'active', nameHistory: [] },
];

const parties = [{ code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' }];
const readout: RegisteredSource = {
  id: 'mofa',
  titles: { en: 'Statement' },
  standing: 'readout',
  issuer: 'JP',
  date: '2026-01-15',
  languages: ['en'],
  address: 'https://mofa.example/statement',
  copies: [],
  translations: [],
  unreachable: [],
};

/** Text as a reader sees it. */
const seenIn = (html: string) => html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');

function sourceShown(changes: Partial<RegisteredSource>, quotation?: { prefix: string; suffix: string }) {
  const references = quotation
    ? [{ document: 'mofa', quotation: { text: 'will draw', language: 'en', verbatim: true, ...quotation } }]
    : [];
  const sources = [
    { ...readout, ...changes },
    { ...readout, id: 'corrected', titles: { en: 'Corrected statement' } },
  ];
  return renderToString(
    <SourceShown
      id="mofa"
      references={references}
      sources={sources}
      parties={parties}
      organisations={organisations}
    />,
  );
}

test('an organisation that ended is shown with what became of it', () => {
  const name = (code: string) =>
    seenIn(renderToString(<OrganisationName code={code} among={organisations} />));
  expect(name('maps')).toBe('Map Office (MO) (Merged into Surveys, 1 April 2025)');
  expect(name('surveys')).toBe('Surveys');
});

test('a focus area says what it is a part of; one that ended keeps its line, and says what took its place', () => {
  const counts = Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;
  const area = (code: string) => ({ code, names: { en: `Area ${code}` }, counts });
  const ended = { how: 'split', on: '2026', successors: ['B', 'C'] } as const;
  const html = renderToString(
    <CountsTable
      dialogue="talks"
      totals={counts}
      focusAreas={[{ ...area('A'), ended }, area('B'), { ...area('C'), parent: 'B' }]}
    />,
  );
  expect(seenIn(html)).toContain('Area ASplit into Area B and Area C, 2026. It takes no new commitments.');
  expect(html.match(/no new commitments/g)).toHaveLength(1);
  expect(seenIn(html)).toContain('Area CPart of Area B');
});

describe('a source', () => {
  test('without anything besides shows only what it is', () => {
    expect(seenIn(sourceShown({}))).toBe('StatementOne side’s account (Japan), 15 January 2026');
  });

  test('that is dead says so, and where its copy is', () => {
    const dead = { unreachable: [{ on: '2026-05-01', note: { en: 'Page not found.' } }] };
    expect(seenIn(sourceShown(dead))).toContain(
      'Its address led nowhere on 1 May 2026. No archived copy is on record. Page not found.',
    );
    const copy = { digest: 'a', retrievedAt: '2026-01-16T09:30:00Z' };
    const html = sourceShown({
      ...dead,
      copies: [
        { ...copy, address: 'https://archive.example/1' },
        { ...copy, place: 'Shelf 4' },
      ],
    });
    expect(html).toContain('<a href="https://archive.example/1" rel="external noreferrer">Archived copy</a>');
    expect(seenIn(html)).toContain('Archived copy, Shelf 4, of 16 January 2026, 09:30 UTC');
    expect(seenIn(html)).not.toContain('No archived copy');
  });

  test('names its translations with their standing and translator', () => {
    const text = seenIn(
      sourceShown({
        translations: [
          { language: 'ja', standing: 'authentic' },
          { language: 'hi', standing: 'official', translator: { organisation: 'surveys' } },
          { language: 'fr', standing: 'machine', translator: { words: { en: 'a program' } } },
        ],
      }),
    );
    expect(text).toContain('Japanese: authentic text');
    expect(text).toContain('Hindi: official translation by Surveys');
    expect(text).toContain('French: machine translation by a program');
  });

  test('that was replaced leads to what took its place', () => {
    expect(seenIn(sourceShown({ replacedBy: 'corrected' }))).toContain(
      'Replaced by Corrected statement. Both stay on record.',
    );
  });

  test('is quoted with what stands around the words, outside the quotation marks', () => {
    const html = sourceShown({}, { prefix: 'The sides', suffix: 'by 2027' });
    expect(html).toContain('<q>will draw</q>');
    expect(seenIn(html)).toContain('… The sides will draw by 2027 …');
  });
});
