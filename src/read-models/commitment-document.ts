import { type PartialDate, windowOf } from '../domain/calendar.js';
import { commitment } from '../domain/commitment/commitment.js';
import type { CommitmentEvent, ProgressReport } from '../domain/commitment/events.js';
import type { StatedEvent } from '../domain/commitment/evolve.js';
import type { Commitment } from '../domain/commitment/state.js';
import { isMarked, isSameMarking, type Marking } from '../domain/confidentiality.js';
import type { Recorded, SourceReference } from '../domain/event.js';

interface Head {
  readonly marking: Marking;
  readonly events: number;
  readonly position: number;
}

/** A commitment as it stands, with when its turns were taken. */
export interface CommitmentDocument {
  readonly state: Commitment;
  /** Its events by who may read them: how many, and the position of the last. */
  readonly heads: readonly Head[];
  readonly sources: readonly SourceReference[];
  /** The latest report of each party. */
  readonly reports: Readonly<Record<string, ProgressReport & { readonly on: PartialDate }>>;
  /** When each state was reached, true in the world. */
  readonly reached: Readonly<Record<string, PartialDate>>;
  /** When something was last reported, by anyone. */
  readonly lastReport?: PartialDate | undefined;
  readonly basis?: 'joint-document' | 'confirmed-by-every-party' | undefined;
  readonly withdrawalReason?: string | undefined;
}

/** Folds the event by the domain's own rules, then adds what the event brings besides. */
export function documentAfter(
  before: CommitmentDocument | undefined,
  event: Recorded<CommitmentEvent>,
): CommitmentDocument | undefined {
  const state = commitment.evolve(before?.state, event as StatedEvent);
  if (!state) return undefined;
  const heads = withEvent(before?.heads ?? [], event);
  const reached =
    before && state.status === before.state.status
      ? before.reached
      : { ...before?.reached, [state.status]: event.occurredOn };
  const document = before
    ? { ...before, state, heads, reached }
    : { sources: [], reports: {}, state, heads, reached };
  return withBrought(document, event);
}

function withBrought(document: CommitmentDocument, event: Recorded<CommitmentEvent>): CommitmentDocument {
  switch (event.type) {
    case 'CommitmentProposed':
    case 'CommitmentTextConfirmed':
    case 'CommitmentAmended':
    case 'CommitmentCorrected':
    case 'CommitmentReaffirmed':
      return citing(document, event.sources);
    case 'CommitmentAgreed':
      return { ...citing(document, event.sources), basis: event.data.basis };
    case 'ProgressReported':
      // What is told in confidence counts for nobody.
      return isMarked(event) ? document : reportedOn(reporting(document, event), event.occurredOn);
    case 'NoProgressReported':
      return reportedOn(document, event.occurredOn);
    case 'CommitmentWithdrawn': {
      const { withdrawalReason: _before, ...rest } = document;
      return event.reason === undefined ? rest : { ...rest, withdrawalReason: event.reason };
    }
    default:
      return document;
  }
}

function withEvent(heads: readonly Head[], event: Recorded<CommitmentEvent>): readonly Head[] {
  const { confidentiality: marking, position } = event;
  const same = (head: Head) => isSameMarking(head.marking, marking);
  const events = (heads.find(same)?.events ?? 0) + 1;
  return [...heads.filter((head) => !same(head)), { marking, events, position }];
}

function citing(
  document: CommitmentDocument,
  cited: readonly SourceReference[] | undefined,
): CommitmentDocument {
  return cited ? { ...document, sources: [...document.sources, ...cited] } : document;
}

function reporting(
  document: CommitmentDocument,
  { data, occurredOn: on }: Extract<Recorded<CommitmentEvent>, { type: 'ProgressReported' }>,
): CommitmentDocument {
  const { reports } = document;
  const earlier = reports[data.party];
  // A report entered late does not displace a later judgement.
  if (earlier && endsLater(earlier.on, on)) return document;
  return { ...document, reports: { ...reports, [data.party]: { on, ...data } } };
}

function reportedOn(document: CommitmentDocument, on: PartialDate): CommitmentDocument {
  const { lastReport } = document;
  return lastReport && endsLater(lastReport, on) ? document : { ...document, lastReport: on };
}

function endsLater(one: PartialDate, other: PartialDate): boolean {
  return one !== other && windowOf(one).end > windowOf(other).end;
}
