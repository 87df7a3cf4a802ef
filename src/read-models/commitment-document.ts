import { type PartialDate, windowOf } from '../domain/calendar.js';
import { commitment } from '../domain/commitment/commitment.js';
import type { CommitmentEvent, ProgressReport } from '../domain/commitment/events.js';
import type { StatedEvent } from '../domain/commitment/evolve.js';
import type { Commitment } from '../domain/commitment/state.js';
import { isMarked, type Marking } from '../domain/confidentiality.js';
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
  const { occurredOn } = event;
  const state = commitment.evolve(before?.state, event as StatedEvent);
  if (!state) return undefined;
  const reached = { ...before?.reached };
  if (state.status !== before?.state.status) reached[state.status] = occurredOn;
  const document = {
    sources: [],
    reports: {},
    ...before,
    state,
    heads: withEvent(before?.heads ?? [], event),
    reached,
  };
  return { ...document, ...brought(document, event) };
}

function brought(
  document: CommitmentDocument,
  event: Recorded<CommitmentEvent>,
): Partial<CommitmentDocument> {
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
      if (isMarked(event)) return {};
      return { ...reporting(document, event), ...reportedOn(document, event.occurredOn) };
    case 'NoProgressReported':
      return reportedOn(document, event.occurredOn);
    case 'CommitmentWithdrawn':
      return { withdrawalReason: event.reason };
    default:
      return {};
  }
}

function withEvent(heads: readonly Head[], event: Recorded<CommitmentEvent>): readonly Head[] {
  const { confidentiality: marking, position } = event;
  const spelled = JSON.stringify(marking);
  const same = (head: Head) => JSON.stringify(head.marking) === spelled;
  const events = (heads.find(same)?.events ?? 0) + 1;
  return [...heads.filter((head) => !same(head)), { marking, events, position }];
}

function citing(
  { sources }: CommitmentDocument,
  cited: readonly SourceReference[] = [],
): Partial<CommitmentDocument> {
  return { sources: [...sources, ...cited] };
}

function reporting(
  { reports }: CommitmentDocument,
  { data, occurredOn }: Extract<Recorded<CommitmentEvent>, { type: 'ProgressReported' }>,
): Partial<CommitmentDocument> {
  const earlier = reports[data.party];
  // A report entered late does not displace a later judgement.
  if (earlier && windowOf(earlier.on).end > windowOf(occurredOn).end) return {};
  return { reports: { ...reports, [data.party]: { ...data, on: occurredOn } } };
}

function reportedOn({ lastReport }: CommitmentDocument, on: PartialDate): Partial<CommitmentDocument> {
  return lastReport && windowOf(lastReport).end > windowOf(on).end ? {} : { lastReport: on };
}
