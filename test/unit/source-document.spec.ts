import type { Actor } from '../../src/domain/actor.js';
import { Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  isJoint,
  sourceDocument,
  type SourceCircumstances,
  speaksForAll,
} from '../../src/domain/source-document.js';
import {
  type SourceCopy,
  type SourceDocumentCommand,
  type SourceDocumentEvent,
  type SourceRegistration,
  standings,
  type Translation,
} from '../../src/domain/source-document/events.js';
import { asked as askedAnything, given } from './scenario.js';

const asked: SourceCircumstances = { ...askedAnything, laterVersions: [] };

const statement: SourceRegistration = {
  id: 'joint-statement',
  titles: { en: 'Joint statement' },
  standing: 'joint-outcome-document',
  date: '2025-11-24',
  languages: ['en'],
};

const register = (changes: Partial<SourceRegistration>): SourceDocumentCommand => ({
  type: 'RegisterSourceDocument',
  data: { ...statement, ...changes },
});

describe('a source document', () => {
  test('comes on record as it was registered', () => {
    given(sourceDocument)
      .when(register({}), asked)
      .happens({ type: 'SourceDocumentRegistered', data: statement });
  });

  test('is registered once', () => {
    given(sourceDocument, { type: 'SourceDocumentRegistered', data: statement })
      .when(register({}), asked)
      .isRefused('source-already-registered', { at: '/id' });
  });

  test('has a date that exists, as precise as it is known', () => {
    const registered = (date: string) => given(sourceDocument).when(register({ date }), asked);
    registered('2025').happens({ type: 'SourceDocumentRegistered', data: { ...statement, date: '2025' } });
    registered('2025-11-31').isRefused('no-such-date', { as: Malformed, at: '/date' });
  });

  test('names its issuer when it is one side’s readout', () => {
    given(sourceDocument)
      .when(register({ standing: 'readout' }), asked)
      .isRefused('issuer-missing', { at: '/issuer' });
    const readout = { ...statement, standing: 'readout', issuer: 'JP' } as const;
    given(sourceDocument)
      .when(register(readout), asked)
      .happens({ type: 'SourceDocumentRegistered', data: readout });
  });

  test.each(standings.filter(isJoint))('is issued by all parties, not by one, as %s', (standing) => {
    given(sourceDocument)
      .when(register({ standing, issuer: 'JP' }), asked)
      .isRefused('issuer-not-joint', { at: '/issuer' });
  });

  test('may be a third party’s press report, without an issuer', () => {
    const report = { ...statement, standing: 'press-report', publisher: 'A newspaper' } as const;
    given(sourceDocument)
      .when(register(report), asked)
      .happens({ type: 'SourceDocumentRegistered', data: report });
  });
});

test('what every party has put its name to is joint; a readout and a press report are not', () => {
  expect(standings.filter(isJoint)).toEqual(['joint-outcome-document', 'memorandum', 'agreed-minutes']);
});

test('the standing of a document is remembered, because agreement may rest on it', () => {
  expect(given(sourceDocument, registered()).state).toMatchObject({
    registered: true,
    standing: 'joint-outcome-document',
  });
});

const digest = 'a'.repeat(64);
const address = 'https://mofa.example/statement';

function registered(changes: Partial<SourceRegistration> = {}): SourceDocumentEvent {
  return { type: 'SourceDocumentRegistered', data: { ...statement, ...changes } };
}

describe('the instant at which a document was read', () => {
  test('is kept, and does not lie in the future', () => {
    const read = (retrievedAt: string) => given(sourceDocument).when(register({ retrievedAt }), asked);
    read('2026-01-15T12:00:00Z').happens(registered({ retrievedAt: '2026-01-15T12:00:00Z' }));
    read('2026-01-15T12:00:00.001Z').isRefused('not-yet', { at: '/retrievedAt' });
  });
});

describe('an archived copy', () => {
  const copy: SourceCopy = {
    address: 'https://archive.example/1',
    digest,
    retrievedAt: '2026-01-10T08:00:00Z',
  };
  const archive = (changes: Partial<SourceCopy> = {}): SourceDocumentCommand => ({
    type: 'ArchiveSourceCopy',
    data: { ...copy, ...changes },
  });
  const archived = (changes: Partial<SourceCopy> = {}): SourceDocumentEvent => ({
    type: 'SourceCopyArchived',
    data: { ...copy, ...changes },
  });

  test('has the bytes of the document', () => {
    given(sourceDocument, registered({ digest })).when(archive(), asked).happens(archived());
    given(sourceDocument, registered({ digest: 'b'.repeat(64) }))
      .when(archive(), asked)
      .isRefused('copy-differs', { at: '/digest' });
  });

  test('fixes the bytes of a document of which none were known', () => {
    given(sourceDocument, registered()).when(archive(), asked).happens(archived());
    const elsewhere = { address: 'https://archive.example/2' };
    const known = given(sourceDocument, registered(), archived());
    known.when(archive(elsewhere), asked).happens(archived(elsewhere));
    known
      .when(archive({ ...elsewhere, digest: 'b'.repeat(64) }), asked)
      .isRefused('copy-differs', { at: '/digest' });
  });

  test('is kept somewhere: at an address, or at a place in words', () => {
    const place = { address: undefined, place: 'National archive, shelf 4' };
    given(sourceDocument, registered()).when(archive(place), asked).happens(archived(place));
    given(sourceDocument, registered())
      .when(archive({ address: undefined }), asked)
      .isRefused('copy-nowhere', { as: Malformed, at: '/address' });
  });

  test('is put on record once for a place, and was made before it is recorded', () => {
    given(sourceDocument, registered(), archived())
      .when(archive({ retrievedAt: '2026-01-11T08:00:00Z' }), asked)
      .isRefused('copy-already-archived');
    given(sourceDocument, registered())
      .when(archive({ retrievedAt: '2026-01-16T08:00:00Z' }), asked)
      .isRefused('not-yet', { at: '/retrievedAt' });
  });
});

describe('a translation', () => {
  const hindi: Translation = { language: 'hi', standing: 'official', translator: { organisation: 'in-mea' } };
  const add = (changes: Partial<Translation> = {}): SourceDocumentCommand => ({
    type: 'AddTranslation',
    data: { ...hindi, ...changes },
  });
  const added = (changes: Partial<Translation> = {}): SourceDocumentEvent => ({
    type: 'TranslationAdded',
    data: { ...hindi, ...changes },
  });

  test('says its standing and its translator', () => {
    given(sourceDocument, registered()).when(add(), asked).happens(added());
    const machine = { standing: 'machine', translator: { words: { en: 'A program' } } } as const;
    given(sourceDocument, registered()).when(add(machine), asked).happens(added(machine));
  });

  test.each(['official', 'unofficial', 'machine'] as const)(
    'names a translator when it is %s; an authentic text needs none',
    (standing) => {
      given(sourceDocument, registered())
        .when(add({ standing, translator: undefined }), asked)
        .isRefused('translator-missing', { as: Malformed, at: '/translator' });
      const authentic = { standing: 'authentic', translator: undefined } as const;
      given(sourceDocument, registered()).when(add(authentic), asked).happens(added(authentic));
    },
  );

  test('is in a language that the document itself is not in', () => {
    given(sourceDocument, registered({ languages: ['en', 'hi'] }))
      .when(add(), asked)
      .isRefused('language-of-the-document', { at: '/language' });
  });

  test('is added once; another of the same language has another standing or text', () => {
    const known = given(sourceDocument, registered(), added());
    known.when(add(), asked).isRefused('translation-already-added', { at: '/language' });
    known.when(add({ standing: 'unofficial' }), asked).happens(added({ standing: 'unofficial' }));
    known.when(add({ digest }), asked).happens(added({ digest }));
  });
});

describe('a document that is replaced', () => {
  const replace = (by: string): SourceDocumentCommand => ({ type: 'ReplaceSource', data: { by } });
  const replaced: SourceDocumentEvent = { type: 'SourceReplaced', data: { by: 'corrected' } };

  test('names the one that took its place', () => {
    given(sourceDocument, registered()).when(replace('corrected'), asked).happens(replaced);
  });

  test('is replaced once, and not by itself', () => {
    given(sourceDocument, registered(), replaced)
      .when(replace('again'), asked)
      .isRefused('source-already-replaced');
    given(sourceDocument, registered())
      .when(replace(statement.id), asked)
      .isRefused('replaced-by-itself', { as: Malformed, at: '/by' });
  });

  test('does not come back through those that replaced it, however many lie between', () => {
    given(sourceDocument, registered())
      .when(replace('corrected'), { ...asked, laterVersions: ['third', statement.id] })
      .isRefused('replacement-in-a-circle', { at: '/by' });
    given(sourceDocument, registered())
      .when(replace('corrected'), { ...asked, laterVersions: ['third'] })
      .happens(replaced);
  });
});

describe('a dead address', () => {
  const note = (on: string): SourceDocumentCommand => ({ type: 'NoteSourceUnreachable', data: { on } });

  test('is noted with its day, and leaves the document on record', () => {
    const known = given(sourceDocument, registered({ address }));
    known
      .when(note('2026-01-14'), asked)
      .happens({ type: 'SourceUnreachableNoted', data: { on: '2026-01-14' } });
    const noted: SourceDocumentEvent = { type: 'SourceUnreachableNoted', data: { on: '2026-01-14' } };
    expect(given(sourceDocument, registered({ address }), noted).state).toEqual(known.state);
  });

  test('is none where there was no address, nor in the future', () => {
    given(sourceDocument, registered()).when(note('2026-01-14'), asked).isRefused('no-address');
    given(sourceDocument, registered({ address }))
      .when(note('2026-01-17'), asked)
      .isRefused('not-yet', { at: '/on' });
  });
});

describe('every state × every command', () => {
  const states = {
    unknown: [],
    registered: [registered({ address })],
    replaced: [registered({ address }), { type: 'SourceReplaced', data: { by: 'corrected' } }],
  } satisfies Record<string, SourceDocumentEvent[]>;
  const commands: readonly SourceDocumentCommand[] = [
    register({}),
    {
      type: 'ArchiveSourceCopy',
      data: { place: 'Shelf 4', digest, retrievedAt: '2026-01-10T08:00:00Z' },
    },
    { type: 'AddTranslation', data: { language: 'ja', standing: 'authentic' } },
    { type: 'ReplaceSource', data: { by: 'other' } },
    { type: 'NoteSourceUnreachable', data: { on: '2026-01-14' } },
  ];
  const refused: Record<string, string | undefined> = {
    'registered RegisterSourceDocument': 'source-already-registered',
    'replaced RegisterSourceDocument': 'source-already-registered',
    'replaced ReplaceSource': 'source-already-replaced',
  };
  const pairs = Object.entries(states).flatMap(([state, history]) =>
    commands.map((command) => [state, command.type, history, command] as const),
  );

  test.each(pairs)('%s: %s', (state, type, history, command) => {
    const { refusal } = given(sourceDocument, ...history).when(command, asked);
    const unknown = state === 'unknown' && type !== 'RegisterSourceDocument';
    expect(refusal?.code).toBe(unknown ? 'no-such-source-document' : refused[`${state} ${type}`]);
    if (unknown) expect(refusal).toBeInstanceOf(NotFound);
  });
});

describe('a joint document speaks for every party', () => {
  const person = (id: string, party?: string) => ({
    id,
    role: 'secretariat' as const,
    ...(party && { party }),
  });
  const by = (actor: Actor, standing: SourceRegistration['standing'] = 'agreed-minutes') =>
    sourceDocument.evolve(sourceDocument.initial, {
      type: 'SourceDocumentRegistered',
      data: { ...statement, standing },
      actor,
    });
  const [india, japan, neutral] = [person('in', 'IN'), person('jp', 'JP'), person('no-side')];

  test('when more than one side says so, or someone of none put it on record', () => {
    expect(speaksForAll(by(india), japan)).toBe(true);
    expect(speaksForAll(by(india), neutral)).toBe(true);
    for (const actor of [india, japan, neutral]) expect(speaksForAll(by(neutral), actor)).toBe(true);
  });

  test('and not when one side alone says so, by whichever of its people', () => {
    expect(speaksForAll(by(india), india)).toBe(false);
    expect(speaksForAll(by(india), person('in-2', 'IN'))).toBe(false);
    expect(speaksForAll(by(india), person('in'))).toBe(false);
    expect(speaksForAll(by(person('in')), india)).toBe(false);
  });

  test('unlike a readout, whoever cites it, and a document that is not on record', () => {
    expect(speaksForAll(by(neutral, 'readout'), japan)).toBe(false);
    expect(speaksForAll(sourceDocument.initial, japan)).toBe(false);
  });
});
