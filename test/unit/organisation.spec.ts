import type { CodedCircumstances } from '../../src/domain/coded.js';
import {
  organisation,
  type OrganisationCommand,
  type OrganisationEvent,
  type OrganisationRegistration,
} from '../../src/domain/organisation.js';
import { Malformed, NotFound } from '../../src/domain/refusal.js';
import { asked, given } from './scenario.js';

const survey: OrganisationRegistration = {
  code: 'survey-dept',
  names: { en: 'Survey Department' },
  kind: 'agency',
  party: 'IN',
};
const registered: OrganisationEvent = { type: 'OrganisationRegistered', data: survey };
const designation = { names: { en: 'Board of Surveys' }, abbreviation: 'BoS' };
const renamed = (from: string): OrganisationEvent => ({
  type: 'OrganisationRenamed',
  data: { ...designation, from },
});
const merged: OrganisationEvent = { type: 'OrganisationMerged', data: { into: 'maps' } };
const split: OrganisationEvent = { type: 'OrganisationSplit', data: { into: ['maps', 'coasts'] } };
const dissolved: OrganisationEvent = { type: 'OrganisationDissolved', data: {} };

const register: OrganisationCommand = { type: 'RegisterOrganisation', data: survey };
const rename = (from: string): OrganisationCommand => ({
  type: 'RenameOrganisation',
  data: { ...designation, from },
});
const merge = (into: string): OrganisationCommand => ({ type: 'MergeOrganisation', data: { into } });
const splitInto = (...into: string[]): OrganisationCommand => ({ type: 'SplitOrganisation', data: { into } });
const dissolve: OrganisationCommand = { type: 'DissolveOrganisation', data: {} };

const other = (code: string, ...then: OrganisationEvent[]) =>
  [code, given(organisation, { ...registered, data: { ...survey, code } }, ...then).state] as const;
const around: CodedCircumstances = {
  ...asked,
  reason: 'By the law on surveys.',
  named: new Map([
    other('survey-dept'),
    other('maps'),
    other('coasts'),
    other('forests', merged),
    other('deserts', dissolved),
    ['nobody', given(organisation).state],
  ]),
};

describe('an organisation', () => {
  test('comes on record as it was registered', () => {
    given(organisation).when(register, around).happens(registered);
  });

  test.each([[[registered]], [[registered, merged]], [[registered, dissolved]]])(
    'is registered once under its code, which is never reused, not even after its end',
    (history) => {
      given(organisation, ...history)
        .when({ type: 'RegisterOrganisation', data: { ...survey, names: { en: 'Survey Board' } } }, around)
        .isRefused('organisation-already-registered', { at: '/code' });
    },
  );

  test('bears another name from a day on', () => {
    given(organisation, registered).when(rename('2024-04-01'), around).happens(renamed('2024-04-01'));
  });

  test('is renamed in the order of time, and not ahead of it', () => {
    const again = (from: string) =>
      given(organisation, registered, renamed('2024-04-01')).when(rename(from), around);
    again('2024-05').happens(renamed('2024-05'));
    again('2024-04-01').isRefused('name-in-force-later', { at: '/from' });
    again('2027').isRefused('not-yet', { at: '/from' });
  });

  test('merges into another, and splits into others', () => {
    given(organisation, registered).when(merge('maps'), around).happens(merged);
    given(organisation, registered).when(splitInto('maps', 'coasts'), around).happens(split);
  });

  test.each([
    ['survey-dept', 'own-successor', Malformed],
    ['nobody', 'no-such-organisation', NotFound],
    ['forests', 'organisation-ended', undefined],
    ['deserts', 'organisation-ended', undefined],
  ] as const)('is not succeeded by %s: %s', (code, refusal, as) => {
    const ends = (command: OrganisationCommand) => given(organisation, registered).when(command, around);
    ends(merge(code)).isRefused(refusal, { ...(as && { as }), at: '/into' });
    ends(splitInto('maps', code)).isRefused(refusal, { ...(as && { as }), at: '/into/1' });
  });

  test('is dissolved with a reason', () => {
    given(organisation, registered).when(dissolve, around).happens(dissolved);
    given(organisation, registered)
      .when(dissolve, { ...around, reason: undefined })
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
  });
});

describe('every state × every command', () => {
  const states = {
    unknown: [],
    active: [registered],
    renamed: [registered, renamed('2020')],
    merged: [registered, merged],
    split: [registered, split],
    dissolved: [registered, dissolved],
  } satisfies Record<string, OrganisationEvent[]>;
  const commands = {
    register,
    rename: rename('2025'),
    merge: merge('maps'),
    split: splitInto('maps', 'coasts'),
    dissolve,
  } satisfies Record<string, OrganisationCommand>;
  const allowed: Record<keyof typeof states, readonly (keyof typeof commands)[]> = {
    unknown: ['register'],
    active: ['rename', 'merge', 'split', 'dissolve'],
    renamed: ['rename', 'merge', 'split', 'dissolve'],
    merged: [],
    split: [],
    dissolved: [],
  };
  const pairs = Object.keys(states).flatMap((state) =>
    Object.keys(commands).map((command) => [state, command] as never),
  );

  test.each<[keyof typeof states, keyof typeof commands]>(pairs)('%s: %s', (state, command) => {
    const outcome = given(organisation, ...states[state]).when(commands[command], around);
    if (allowed[state].includes(command)) return expect(outcome.refusal).toBeUndefined();
    const code =
      command === 'register'
        ? 'organisation-already-registered'
        : state === 'unknown'
          ? 'no-such-organisation'
          : 'organisation-ended';
    expect(outcome.refusal?.code).toBe(code);
  });
});
