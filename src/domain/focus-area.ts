import {
  begun,
  type Coded,
  type CodedCircumstances,
  ended,
  mustBeActive,
  mustBeSuccessors,
  mustFollow,
  renamed,
  type Renaming,
  unknownCode,
} from './coded.js';
import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { mustGiveReason, Refusal } from './refusal.js';

export interface FocusAreaDefinition {
  /** Short code within the dialogue; never used again for another area. */
  readonly code: string;
  readonly names: LanguageMap;
  /** What belongs to it, in a sentence. */
  readonly scope?: LanguageMap | undefined;
  /** Code of the focus area that it is a part of. */
  readonly parent?: string | undefined;
}

/**
 * What is grouped under an area that ends stays where it was recorded until it is moved; the area takes
 * nothing new.
 */
export type FocusAreaEvent =
  | Fact<'FocusAreaDefined', FocusAreaDefinition>
  | Fact<'FocusAreaRenamed', Renaming>
  | Fact<'FocusAreaMerged', { readonly into: string }>
  | Fact<'FocusAreaSplit', { readonly into: readonly string[] }>
  | Fact<'FocusAreaRetired', Readonly<Record<string, never>>>;

export type FocusAreaCommand =
  | { readonly type: 'DefineFocusArea'; readonly data: FocusAreaDefinition }
  | { readonly type: 'RenameFocusArea'; readonly data: Renaming }
  | { readonly type: 'MergeFocusArea'; readonly data: { readonly into: string } }
  | { readonly type: 'SplitFocusArea'; readonly data: { readonly into: readonly string[] } }
  | { readonly type: 'RetireFocusArea'; readonly data: Readonly<Record<string, never>> };

const noun = 'focus area';

export const focusArea: Decider<Coded, FocusAreaCommand, FocusAreaEvent, CodedCircumstances> = {
  kind: 'focus-area',
  initial: unknownCode,
  evolve(state, event) {
    switch (event.type) {
      case 'FocusAreaDefined':
        return begun(event.data.code);
      case 'FocusAreaRenamed':
        return renamed(state, event.data);
      case 'FocusAreaMerged':
        return ended(state, 'merged', [event.data.into]);
      case 'FocusAreaSplit':
        return ended(state, 'split', event.data.into);
      case 'FocusAreaRetired':
        return ended(state, 'retired');
    }
  },
  decide(state, command, { now, reason, named }) {
    if (command.type === 'DefineFocusArea') return define(state, command.data, named);
    mustBeActive(noun, state);
    switch (command.type) {
      case 'RenameFocusArea':
        mustFollow(state, command.data, now);
        return [{ type: 'FocusAreaRenamed', data: command.data }];
      case 'MergeFocusArea':
        mustBeSuccessors(noun, state, command.data.into, named);
        return [{ type: 'FocusAreaMerged', data: command.data }];
      case 'SplitFocusArea':
        mustBeSuccessors(noun, state, command.data.into, named);
        return [{ type: 'FocusAreaSplit', data: command.data }];
      case 'RetireFocusArea':
        mustGiveReason(reason, `Say why the ${noun} ends.`);
        return [{ type: 'FocusAreaRetired', data: {} }];
    }
  },
};

/** Refuses a focus area that takes no new commitments: it is unknown or has ended. */
export function mustTakeCommitments(area: Coded, code: string, field: string): void {
  mustBeActive(noun, area, code, field);
}

function define(
  state: Coded,
  data: FocusAreaDefinition,
  named: CodedCircumstances['named'],
): FocusAreaEvent[] {
  if (state.status !== 'unknown') {
    throw new Refusal(
      'focus-area-code-taken',
      `The code ${data.code} was used before; a code is never reused.`,
      '/code',
    );
  }
  if (data.parent) mustBeActive(noun, named.get(data.parent), data.parent, '/parent');
  return [{ type: 'FocusAreaDefined', data }];
}
