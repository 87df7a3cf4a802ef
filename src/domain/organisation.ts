import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Refusal } from './refusal.js';

export const organisationKinds = [
  'ministry',
  'agency',
  'implementing-body',
  'industry-body',
  'university',
  'other',
] as const;

export interface OrganisationRegistration {
  readonly code: string;
  readonly names: LanguageMap;
  readonly abbreviation?: string | undefined;
  readonly kind: (typeof organisationKinds)[number];
  /** Code of the party it belongs to; absent for a body of no party. */
  readonly party?: string | undefined;
}

export type OrganisationEvent = Fact<'OrganisationRegistered', OrganisationRegistration>;
export type OrganisationCommand = {
  readonly type: 'RegisterOrganisation';
  readonly data: OrganisationRegistration;
};

export const organisation: Decider<{ registered: boolean }, OrganisationCommand, OrganisationEvent> = {
  kind: 'organisation',
  initial: { registered: false },
  evolve: () => ({ registered: true }),
  decide(state, { data }) {
    if (state.registered) {
      throw new Refusal('organisation-already-registered', `The code ${data.code} is taken.`, '/code');
    }
    return [{ type: 'OrganisationRegistered', data }];
  },
};
