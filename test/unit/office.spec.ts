import {
  office,
  type OfficeCircumstances,
  type OfficeCommand,
  type OfficeEstablishment,
  type OfficeEvent,
} from '../../src/domain/office.js';
import { Malformed } from '../../src/domain/refusal.js';
import { asked, given } from './scenario.js';

const director: OfficeEstablishment = {
  code: 'survey-director',
  organisation: 'survey-dept',
  titles: { en: 'Director of Surveys', ja: '測量局長' },
};
const established: OfficeEvent = { type: 'OfficeEstablished', data: director };
const titles = { en: 'Surveyor General' };
const renamed = (from: string): OfficeEvent => ({ type: 'OfficeRenamed', data: { titles, from } });
const abolished: OfficeEvent = { type: 'OfficeAbolished', data: {} };

const establish: OfficeCommand = { type: 'EstablishOffice', data: director };
const rename = (from: string): OfficeCommand => ({ type: 'RenameOffice', data: { titles, from } });
const abolish: OfficeCommand = { type: 'AbolishOffice', data: {} };
const around: OfficeCircumstances = { ...asked, reason: 'Its tasks have moved.' };

describe('an office', () => {
  test('is established within an organisation', () => {
    given(office).when(establish, around).happens(established);
  });

  test('is renamed in the order of time, and not ahead of it', () => {
    given(office, established).when(rename('2025'), around).happens(renamed('2025'));
    const again = (from: string) => given(office, established, renamed('2025')).when(rename(from), around);
    again('2025-01-02').happens(renamed('2025-01-02'));
    again('2025-01-01').isRefused('name-in-force-later', { at: '/from' });
    again('2026-02').isRefused('not-yet', { at: '/from' });
  });

  test('is abolished with a reason', () => {
    given(office, established).when(abolish, around).happens(abolished);
    given(office, established)
      .when(abolish, { ...around, reason: undefined })
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
  });
});

test.each([
  ['unknown', [], establish, undefined],
  ['unknown', [], rename('2025'), 'no-such-office'],
  ['unknown', [], abolish, 'no-such-office'],
  ['active', [established], establish, 'office-already-established'],
  ['active', [established], rename('2025'), undefined],
  ['active', [established], abolish, undefined],
  ['renamed', [established, renamed('2020')], establish, 'office-already-established'],
  ['renamed', [established, renamed('2020')], rename('2025'), undefined],
  ['renamed', [established, renamed('2020')], abolish, undefined],
  ['abolished', [established, abolished], establish, 'office-already-established'],
  ['abolished', [established, abolished], rename('2025'), 'office-ended'],
  ['abolished', [established, abolished], abolish, 'office-ended'],
] as const)('every state × every command: %s, %j, %j: %s', (_state, history, command, refusal) => {
  expect(given(office, ...history).when(command, around).refusal?.code).toBe(refusal);
});
