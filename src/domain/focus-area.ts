import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Refusal } from './refusal.js';

export interface FocusAreaDefinition {
  /** Short code within the dialogue; never used again for another area. */
  readonly code: string;
  readonly names: LanguageMap;
  /** What belongs to it, in a sentence. */
  readonly scope?: LanguageMap | undefined;
}

export type FocusAreaEvent = Fact<'FocusAreaDefined', FocusAreaDefinition>;
export type FocusAreaCommand = { readonly type: 'DefineFocusArea'; readonly data: FocusAreaDefinition };

export const focusArea: Decider<{ defined: boolean }, FocusAreaCommand, FocusAreaEvent> = {
  kind: 'focus-area',
  initial: { defined: false },
  evolve: () => ({ defined: true }),
  decide(state, { data }) {
    if (state.defined) {
      throw new Refusal(
        'focus-area-code-taken',
        `The code ${data.code} was used before; a code is never reused.`,
        '/code',
      );
    }
    return [{ type: 'FocusAreaDefined', data }];
  },
};
