import { Malformed } from '../../src/domain/refusal.js';
import {
  isJoint,
  sourceDocument,
  type SourceDocumentCommand,
  type SourceRegistration,
  standings,
} from '../../src/domain/source-document.js';
import { asked, given } from './scenario.js';

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
  expect(given(sourceDocument, { type: 'SourceDocumentRegistered', data: statement }).state).toEqual({
    registered: true,
    standing: 'joint-outcome-document',
  });
});
