import type { PartialDate } from '../../domain/calendar.js';
import type { FocusAreaDefinition } from '../../domain/focus-area.js';
import type { EffectsOn } from '../projection.js';
import { type CodedDocument, ending, followedBy } from './coded-document.js';
import { changed, documentsOf } from './record-row.js';

export interface FocusAreaDocument
  extends FocusAreaDefinition, CodedDocument<Pick<FocusAreaDefinition, 'names'>> {
  readonly definedOn: PartialDate;
}

const area = documentsOf<FocusAreaDocument>('focus-area');

/** A focus area with all its names. */
export const focusAreaDocument: EffectsOn<'focus-area'> = {
  FocusAreaDefined: area((_row, { data, position, occurredOn }) => ({
    first: position,
    document: {
      ...data,
      status: 'active',
      definedOn: occurredOn,
      nameHistory: [{ names: data.names }],
    },
  })),
  FocusAreaRenamed: area(
    (row, { data: { names, from } }) =>
      row && changed(row, { names, nameHistory: followedBy(row.document.nameHistory, { names }, from) }),
  ),
  FocusAreaMerged: area((row, event) => row && changed(row, ending('merged', event))),
  FocusAreaSplit: area((row, event) => row && changed(row, ending('split', event))),
  FocusAreaRetired: area((row, event) => row && changed(row, ending('retired', event))),
};
