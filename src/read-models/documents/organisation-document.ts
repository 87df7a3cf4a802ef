import type { OrganisationRegistration } from '../../domain/organisation.js';
import type { EffectsOn } from '../projection.js';
import { type CodedDocument, ending, followedBy } from './coded-document.js';
import { changed, documentsOf } from './record-row.js';

export interface OrganisationDocument
  extends OrganisationRegistration, CodedDocument<Pick<OrganisationRegistration, 'names' | 'abbreviation'>> {}

const organisation = documentsOf<OrganisationDocument>('organisation');

/** An organisation with all its names. */
export const organisationDocument: EffectsOn<'organisation'> = {
  OrganisationRegistered: organisation((_row, { data, position }) => ({
    first: position,
    document: {
      ...data,
      status: 'active',
      nameHistory: [{ names: data.names, ...(data.abbreviation && { abbreviation: data.abbreviation }) }],
    },
  })),
  OrganisationRenamed: organisation((row, { data: { from, ...designation } }) => {
    if (!row) return undefined;
    const { abbreviation: _former, ...document } = row.document;
    const nameHistory = followedBy(document.nameHistory, designation, from);
    return { ...row, document: { ...document, ...designation, nameHistory } };
  }),
  OrganisationMerged: organisation((row, event) => row && changed(row, ending('merged', event))),
  OrganisationSplit: organisation((row, event) => row && changed(row, ending('split', event))),
  OrganisationDissolved: organisation((row, event) => row && changed(row, ending('dissolved', event))),
};
