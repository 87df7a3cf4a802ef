import type { PartialDate } from '../../domain/calendar.js';
import type { OfficeEstablishment } from '../../domain/office.js';
import type { EffectsOn } from '../projection.js';
import { type CodedDocument, ending, followedBy } from './coded-document.js';
import { changed, documentsOf } from './record-row.js';

export interface OfficeDocument
  extends OfficeEstablishment, CodedDocument<Pick<OfficeEstablishment, 'titles'>> {
  readonly establishedOn: PartialDate;
}

const office = documentsOf<OfficeDocument>('office');

/** An office with all its titles. */
export const officeDocument: EffectsOn<'office'> = {
  OfficeEstablished: office((_row, { data, position, occurredOn }) => ({
    first: position,
    document: {
      ...data,
      status: 'active',
      establishedOn: occurredOn,
      nameHistory: [{ titles: data.titles }],
    },
  })),
  OfficeRenamed: office(
    (row, { data: { titles, from } }) =>
      row && changed(row, { titles, nameHistory: followedBy(row.document.nameHistory, { titles }, from) }),
  ),
  OfficeAbolished: office((row, event) => row && changed(row, ending('abolished', event))),
};
