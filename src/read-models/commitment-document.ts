import { type PartialDate, windowOf } from '../domain/calendar.js';
import { commitment } from '../domain/commitment/commitment.js';
import type { ProgressReport } from '../domain/commitment/events.js';
import type { StatedEvent } from '../domain/commitment/evolve.js';
import type { Commitment } from '../domain/commitment/state.js';
import type { SourceReference } from '../domain/event.js';
import type { Recorded } from '../domain/event.js';
import type { CommitmentEvent } from '../domain/commitment/events.js';

/** A commitment as it stands, with when its turns were taken. */
export interface CommitmentDocument {
  readonly state: Commitment;
  /** Version of the commitment's stream. */
  readonly version: number;
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
  const { version, occurredOn } = event;
  const state = commitment.evolve(before?.state, event as StatedEvent);
  if (!state) return undefined;
  const reached = { ...before?.reached };
  if (state.status !== before?.state.status) reached[state.status] = occurredOn;
  const document = { sources: [], reports: {}, ...before, state, version, reached };
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
      return { ...reporting(document, event), ...reportedOn(document, event.occurredOn) };
    case 'NoProgressReported':
      return reportedOn(document, event.occurredOn);
    case 'CommitmentWithdrawn':
      return { withdrawalReason: event.reason };
    default:
      return {};
  }
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
