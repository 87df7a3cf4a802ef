import {
  begun,
  type Coded,
  ended,
  mustBeActive,
  mustFollow,
  renamed,
  type Renaming,
  unknownCode,
} from './coded.js';
import type { Circumstances, Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { mustGiveReason, Refusal } from './refusal.js';

/**
 * A post, apart from whoever holds it (domain.md 6.2). Its record holds no person: names that a source
 * published are quoted where they are stated, and contact data lives in a directory that can be erased.
 */
export interface OfficeEstablishment {
  /** Short code, the same in all dialogues; never used again for another post. */
  readonly code: string;
  /** Code of the organisation that it belongs to. */
  readonly organisation: string;
  readonly titles: LanguageMap;
}

/** New titles, and the day from which they hold. */
export type OfficeRenaming = Pick<OfficeEstablishment, 'titles'> & Pick<Renaming, 'from'>;

export type OfficeEvent =
  | Fact<'OfficeEstablished', OfficeEstablishment>
  | Fact<'OfficeRenamed', OfficeRenaming>
  | Fact<'OfficeAbolished', Readonly<Record<string, never>>>;

export type OfficeCommand =
  | { readonly type: 'EstablishOffice'; readonly data: OfficeEstablishment }
  | { readonly type: 'RenameOffice'; readonly data: OfficeRenaming }
  | { readonly type: 'AbolishOffice'; readonly data: Readonly<Record<string, never>> };

export interface OfficeCircumstances extends Circumstances {
  readonly reason: string | undefined;
}

const noun = 'office';

export const office: Decider<Coded, OfficeCommand, OfficeEvent, OfficeCircumstances> = {
  kind: 'office',
  initial: unknownCode,
  evolve(state, event) {
    switch (event.type) {
      case 'OfficeEstablished':
        return begun(event.data.code);
      case 'OfficeRenamed':
        return renamed(state, event.data);
      case 'OfficeAbolished':
        return ended(state, 'abolished');
    }
  },
  decide(state, command, { now, reason }) {
    if (command.type === 'EstablishOffice') {
      if (state.status !== 'unknown') {
        throw new Refusal(
          'office-already-established',
          `The code ${command.data.code} is taken; a code is never reused.`,
          '/code',
        );
      }
      return [{ type: 'OfficeEstablished', data: command.data }];
    }
    mustBeActive(noun, state);
    if (command.type === 'RenameOffice') {
      mustFollow(state, command.data, now);
      return [{ type: 'OfficeRenamed', data: command.data }];
    }
    mustGiveReason(reason, `Say why the ${noun} ends.`);
    return [{ type: 'OfficeAbolished', data: {} }];
  },
};
