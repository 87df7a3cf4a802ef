import type { PactaEvent } from '../domain/vocabulary.js';
import type { FollowUpHolding, FollowUpPlan } from '../domain/follow-up.js';
import type { OrganisationRegistration } from '../domain/organisation.js';
import type { CoChair, RoundHolding, RoundPlan } from '../domain/round.js';
import type { SourceRegistration } from '../domain/source-document.js';
import { effectsOn, idIn, ignored, readModel } from './projection.js';

export interface RoundDocument extends RoundPlan {
  readonly status: 'scheduled' | 'held';
  readonly held?: RoundHolding;
  readonly coChairs: readonly CoChair[];
}

export interface FollowUpDocument extends FollowUpPlan {
  readonly status: 'scheduled' | 'held';
  readonly held?: FollowUpHolding;
}

interface Row<Document> {
  /** Position of the event that brought it on record: the order in which it is listed. */
  readonly first: number;
  readonly document: Document;
}

const rows = <Document>(kind: string) =>
  effectsOn<Row<Document>>('dialogue_record', (event: PactaEvent) => [{ kind, id: idIn(kind, event) }]);

const round = rows<RoundDocument>('round');
const source = rows<SourceRegistration>('source-document');
const followUp = rows<FollowUpDocument>('follow-up');
const organisation = rows<OrganisationRegistration>('organisation');

/** What a dialogue has on record beside its commitments: rounds, sources, follow-ups, organisations. */
export const dialogueRecord = readModel('dialogue-record', {
  RoundScheduled: round((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled', coChairs: [] },
  })),
  RoundHeld: round((row, { data }) => row && changed(row, { status: 'held', held: data })),
  CoChairNamed: round((row, { data }) => row && changed(row, { coChairs: [...row.document.coChairs, data] })),
  SourceDocumentRegistered: source((_row, { data, position }) => ({ first: position, document: data })),
  FollowUpScheduled: followUp((_row, { data, position }) => ({
    first: position,
    document: { ...data, status: 'scheduled' },
  })),
  FollowUpHeld: followUp(
    (row, { data: { commitments: _c, focusAreas: _f, ...held } }) =>
      row && changed(row, { status: 'held', held }),
  ),
  OrganisationRegistered: organisation((_row, { data, position }) => ({ first: position, document: data })),
  CommitmentAgreed: ignored,
  CommitmentProposed: ignored,
  CommitmentTextConfirmed: ignored,
  CommitmentVerified: ignored,
  CommitmentWithdrawn: ignored,
  DeliveryAttested: ignored,
  DeliveryClaimed: ignored,
  DialogueAnnounced: ignored,
  EvidenceSubmitted: ignored,
  FocusAreaDefined: ignored,
  ProgressReported: ignored,
  ReminderSent: ignored,
  WithdrawalProposed: ignored,
});

function changed<Document>(row: Row<Document>, change: Partial<Document>): Row<Document> {
  return { ...row, document: { ...row.document, ...change } };
}
