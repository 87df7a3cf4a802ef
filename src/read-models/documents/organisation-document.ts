import type { OrganisationRegistration } from '../../domain/organisation.js';
import type { EffectsOn } from '../projection.js';
import { documentsOf } from './record-row.js';

const organisation = documentsOf<OrganisationRegistration>('organisation');

/** An organisation as it stands. */
export const organisationDocument: EffectsOn<'organisation'> = {
  OrganisationRegistered: organisation((_row, { data, position }) => ({ first: position, document: data })),
};
