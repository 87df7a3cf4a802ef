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

export const organisationKinds = [
  'ministry',
  'agency',
  'implementing-body',
  'industry-body',
  'university',
  'other',
] as const;

export interface OrganisationRegistration {
  /** Short code, the same in all dialogues; never used again for another body. */
  readonly code: string;
  readonly names: LanguageMap;
  readonly abbreviation?: string | undefined;
  readonly kind: (typeof organisationKinds)[number];
  /** Code of the party it belongs to; absent for a body of no party. */
  readonly party?: string | undefined;
}

/** Its whole designation from a day on: without an abbreviation it has none from then. */
export type OrganisationRenaming = Renaming & Pick<OrganisationRegistration, 'abbreviation'>;

export type OrganisationEvent =
  | Fact<'OrganisationRegistered', OrganisationRegistration>
  | Fact<'OrganisationRenamed', OrganisationRenaming>
  | Fact<'OrganisationMerged', { readonly into: string }>
  | Fact<'OrganisationSplit', { readonly into: readonly string[] }>
  | Fact<'OrganisationDissolved', Readonly<Record<string, never>>>;

export type OrganisationCommand =
  | { readonly type: 'RegisterOrganisation'; readonly data: OrganisationRegistration }
  | { readonly type: 'RenameOrganisation'; readonly data: OrganisationRenaming }
  | { readonly type: 'MergeOrganisation'; readonly data: { readonly into: string } }
  | { readonly type: 'SplitOrganisation'; readonly data: { readonly into: readonly string[] } }
  | { readonly type: 'DissolveOrganisation'; readonly data: Readonly<Record<string, never>> };

const noun = 'organisation';

export const organisation: Decider<Coded, OrganisationCommand, OrganisationEvent, CodedCircumstances> = {
  kind: 'organisation',
  initial: unknownCode,
  evolve(state, event) {
    switch (event.type) {
      case 'OrganisationRegistered':
        return begun(event.data.code);
      case 'OrganisationRenamed':
        return renamed(state, event.data);
      case 'OrganisationMerged':
        return ended(state, 'merged', [event.data.into]);
      case 'OrganisationSplit':
        return ended(state, 'split', event.data.into);
      case 'OrganisationDissolved':
        return ended(state, 'dissolved');
    }
  },
  decide(state, command, { now, reason, named }) {
    if (command.type === 'RegisterOrganisation') {
      if (state.status !== 'unknown') {
        throw new Refusal(
          'organisation-already-registered',
          `The code ${command.data.code} is taken; a code is never reused.`,
          '/code',
        );
      }
      return [{ type: 'OrganisationRegistered', data: command.data }];
    }
    mustBeActive(noun, state);
    switch (command.type) {
      case 'RenameOrganisation':
        mustFollow(state, command.data, now);
        return [{ type: 'OrganisationRenamed', data: command.data }];
      case 'MergeOrganisation':
        mustBeSuccessors(noun, state, command.data.into, named);
        return [{ type: 'OrganisationMerged', data: command.data }];
      case 'SplitOrganisation':
        mustBeSuccessors(noun, state, command.data.into, named);
        return [{ type: 'OrganisationSplit', data: command.data }];
      case 'DissolveOrganisation':
        mustGiveReason(reason, `Say why the ${noun} ends.`);
        return [{ type: 'OrganisationDissolved', data: {} }];
    }
  },
};
