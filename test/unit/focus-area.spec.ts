import type { CodedCircumstances } from '../../src/domain/coded.js';
import {
  focusArea,
  type FocusAreaCommand,
  type FocusAreaDefinition,
  type FocusAreaEvent,
} from '../../src/domain/focus-area.js';
import { Malformed, NotFound } from '../../src/domain/refusal.js';
import { asked, given } from './scenario.js';

const soil: FocusAreaDefinition = { code: 'soil', names: { en: 'Soil', ja: '土壌' } };
const defined: FocusAreaEvent = { type: 'FocusAreaDefined', data: soil };
const merged: FocusAreaEvent = { type: 'FocusAreaMerged', data: { into: 'land' } };
const split: FocusAreaEvent = { type: 'FocusAreaSplit', data: { into: ['land', 'water'] } };
const retired: FocusAreaEvent = { type: 'FocusAreaRetired', data: {} };
const named = (from: string): FocusAreaEvent => ({
  type: 'FocusAreaRenamed',
  data: { names: { en: 'Ground' }, from },
});

const define = (changes: Partial<FocusAreaDefinition> = {}): FocusAreaCommand => ({
  type: 'DefineFocusArea',
  data: { ...soil, ...changes },
});
const rename = (from: string): FocusAreaCommand => ({
  type: 'RenameFocusArea',
  data: { names: { en: 'Ground' }, from },
});
const merge = (into: string): FocusAreaCommand => ({ type: 'MergeFocusArea', data: { into } });
const splitInto = (...into: string[]): FocusAreaCommand => ({ type: 'SplitFocusArea', data: { into } });
const retire: FocusAreaCommand = { type: 'RetireFocusArea', data: {} };

/** Land and water are areas of the dialogue, air has ended in its own way. */
const around: CodedCircumstances = {
  ...asked,
  reason: 'The topic is closed.',
  named: new Map([
    ['land', given(focusArea, { ...defined, data: { ...soil, code: 'land' } }).state],
    ['water', given(focusArea, { ...defined, data: { ...soil, code: 'water' } }).state],
    ['air', given(focusArea, { ...defined, data: { ...soil, code: 'air' } }, merged).state],
    ['fire', given(focusArea, { ...defined, data: { ...soil, code: 'fire' } }, split).state],
    ['dust', given(focusArea, { ...defined, data: { ...soil, code: 'dust' } }, retired).state],
    ['soil', given(focusArea, defined).state],
    ['nowhere', given(focusArea).state],
  ]),
};

describe('a focus area', () => {
  test('comes on record as it was defined', () => {
    given(focusArea).when(define(), around).happens(defined);
  });

  test('may be a part of another', () => {
    const data = { ...soil, parent: 'land' };
    given(focusArea)
      .when(define({ parent: 'land' }), around)
      .happens({ type: 'FocusAreaDefined', data });
  });

  test('is no part of what is not on record, of what has ended, nor of itself', () => {
    const part = (parent: string) => given(focusArea).when(define({ parent }), around);
    part('nowhere').isRefused('no-such-focus-area', { as: NotFound, at: '/parent' });
    part('air').isRefused('focus-area-ended', { at: '/parent' });
    given(focusArea)
      .when(define({ parent: 'soil' }), { ...around, named: new Map([['soil', given(focusArea).state]]) })
      .isRefused('no-such-focus-area', { as: NotFound, at: '/parent' });
  });

  test.each([[[defined]], [[defined, named('2020')]], [[defined, merged]], [[defined, retired]]])(
    'never shares its code with another, whatever that one is called and whatever became of it',
    (history) => {
      given(focusArea, ...history)
        .when(define({ names: { en: 'Subsoil' } }), around)
        .isRefused('focus-area-code-taken', { at: '/code' });
    },
  );

  test('bears another name from a day on', () => {
    given(focusArea, defined).when(rename('2025-04-01'), around).happens(named('2025-04-01'));
  });

  test('is renamed again only from a later day on, so that each day has one name', () => {
    const again = (from: string) => given(focusArea, defined, named('2025-04-01')).when(rename(from), around);
    again('2025-04-02').happens(named('2025-04-02'));
    for (const from of ['2025-04-01', '2025-03-31', '2025-04', '2025']) {
      again(from).isRefused('name-in-force-later', { at: '/from' });
    }
  });

  test('bears no name of the future, and none from a day that does not exist', () => {
    const called = (from: string) => given(focusArea, defined).when(rename(from), around);
    called('2026-01-17').isRefused('not-yet', { at: '/from' });
    called('2025-02-30').isRefused('no-such-date', { as: Malformed, at: '/from' });
  });

  test('merges into another', () => {
    given(focusArea, defined).when(merge('land'), around).happens(merged);
  });

  test('splits into others', () => {
    given(focusArea, defined).when(splitInto('land', 'water'), around).happens(split);
  });

  test.each([
    ['soil', 'own-successor', Malformed],
    ['nowhere', 'no-such-focus-area', NotFound],
    ['air', 'focus-area-ended', undefined],
    ['fire', 'focus-area-ended', undefined],
    ['dust', 'focus-area-ended', undefined],
  ] as const)('is not succeeded by %s: %s', (code, refusal, as) => {
    const ends = (command: FocusAreaCommand) => given(focusArea, defined).when(command, around);
    ends(merge(code)).isRefused(refusal, { ...(as && { as }), at: '/into' });
    ends(splitInto('land', code)).isRefused(refusal, { ...(as && { as }), at: '/into/1' });
  });

  test('does not come back to itself through those that took its place', () => {
    // Air was merged into land: land can no more be merged into air than into itself.
    given(focusArea, { ...defined, data: { ...soil, code: 'land' } })
      .when(merge('air'), around)
      .isRefused('focus-area-ended', { at: '/into' });
  });

  test('retires with a reason', () => {
    given(focusArea, defined).when(retire, around).happens(retired);
    given(focusArea, defined)
      .when(retire, { ...around, reason: undefined })
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
  });

  test('names those that took its place', () => {
    expect(given(focusArea, defined, split).state.successors).toEqual(['land', 'water']);
    expect(given(focusArea, defined, named('2020'), merged).state.successors).toEqual(['land']);
    expect(given(focusArea, defined, retired).state.successors).toEqual([]);
  });
});

describe('every state × every command', () => {
  const states = {
    unknown: [],
    active: [defined],
    renamed: [defined, named('2020')],
    merged: [defined, merged],
    split: [defined, split],
    retired: [defined, retired],
  } satisfies Record<string, FocusAreaEvent[]>;
  const commands = {
    define: define(),
    rename: rename('2025'),
    merge: merge('land'),
    split: splitInto('land', 'water'),
    retire,
  } satisfies Record<string, FocusAreaCommand>;
  const allowed: Record<keyof typeof states, readonly (keyof typeof commands)[]> = {
    unknown: ['define'],
    active: ['rename', 'merge', 'split', 'retire'],
    renamed: ['rename', 'merge', 'split', 'retire'],
    merged: [],
    split: [],
    retired: [],
  };
  const pairs = Object.keys(states).flatMap((state) =>
    Object.keys(commands).map((command) => [state, command] as never),
  );

  test.each<[keyof typeof states, keyof typeof commands]>(pairs)('%s: %s', (state, command) => {
    const outcome = given(focusArea, ...states[state]).when(commands[command], around);
    if (allowed[state].includes(command)) return expect(outcome.refusal).toBeUndefined();
    const code =
      command === 'define'
        ? 'focus-area-code-taken'
        : state === 'unknown'
          ? 'no-such-focus-area'
          : 'focus-area-ended';
    expect(outcome.refusal?.code).toBe(code);
  });
});
