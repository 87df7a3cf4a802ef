import type { PartialDate } from '../../domain/calendar.js';
import type { PactaEvent } from '../../domain/vocabulary.js';
import { effectsOn, idIn } from '../projection.js';

/** One row of a dialogue's record: a document of some kind as it stands. */
export interface RecordRow<Document> {
  /** Position of the event that brought it on record: the order in which it is listed. */
  readonly first: number;
  readonly document: Document;
}

/** A maker of effects on the documents of one kind of stream. */
export const documentsOf = <Document>(kind: string) =>
  effectsOn<RecordRow<Document>>('dialogue_record', (event: PactaEvent) => [{ kind, id: idIn(kind, event) }]);

/** The row with some members of its document replaced. */
export function changed<Document>(row: RecordRow<Document>, change: Partial<Document>): RecordRow<Document> {
  return { ...row, document: { ...row.document, ...change } };
}

/** A change of a planned time; without `to` there is no new one yet. */
export interface Move {
  readonly from?: PartialDate | undefined;
  readonly to?: PartialDate | undefined;
  readonly on: PartialDate;
  readonly reason?: string | undefined;
}
