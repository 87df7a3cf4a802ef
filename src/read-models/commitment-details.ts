import { commitment } from '../domain/commitment/commitment.js';
import type { ProgressReport } from '../domain/commitment/events.js';
import type { Commitment } from '../domain/commitment/state.js';
import { type PartialDate, windowOf } from '../domain/calendar.js';
import { isMarked, type Marking } from '../domain/confidentiality.js';
import type { SourceReference } from '../domain/event.js';
import type { EventType, PactaEvent } from '../domain/vocabulary.js';
import { effectsOn, type EventOf, idIn, readModel } from './projection.js';

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
  readonly basis?: 'joint-document' | 'confirmed-by-every-party' | undefined;
  readonly withdrawalReason?: string | undefined;
}

const details = effectsOn<{ document: CommitmentDocument }>('commitment_details', (event) => [
  { commitment: idIn('commitment', event) },
]);

type CommitmentEventType = Extract<
  EventType,
  | `Commitment${string}`
  | 'ProgressReported'
  | 'EvidenceSubmitted'
  | `Delivery${string}`
  | 'WithdrawalProposed'
  | 'ConfidentialityChanged'
  | 'PublicationProposed'
  | 'EmbargoSet'
  | 'ReleasedToPublic'
>;

/** Folds the event by the domain's own rules, then adds what the event brings besides. */
const folded = <Type extends CommitmentEventType>(
  besides: (document: CommitmentDocument, event: EventOf<Type>) => Partial<CommitmentDocument> = () => ({}),
) =>
  details<Type>((row, event) => {
    const { occurredOn } = event as PactaEvent;
    const state = commitment.evolve(row?.document.state, event as never);
    if (!state) return undefined;
    const before = row?.document ?? { state, heads: [], sources: [], reports: {}, reached: {} };
    const reached = { ...before.reached };
    if (state.status !== row?.document.state.status) reached[state.status] = occurredOn;
    const document = { ...before, state, heads: withEvent(before.heads, event), reached };
    return { document: { ...document, ...besides(document, event) } };
  });

/** Everything about one commitment as it stands. */
export const commitmentDetails = readModel(
  'commitment-details',
  {
    ignores: ['dialogue', 'round', 'focus-area', 'source-document', 'organisation', 'follow-up', 'reminder'],
  },
  {
    CommitmentProposed: folded((_before, event) => ({ sources: event.sources ?? [] })),
    CommitmentTextConfirmed: folded(citing),
    CommitmentAgreed: folded((before, event) => ({ ...citing(before, event), basis: event.data.basis })),
    ProgressReported: folded(({ reports }, event) => {
      if (isMarked(event)) return {};
      const { data, occurredOn } = event;
      const earlier = reports[data.party];
      // A report entered late does not displace a later judgement.
      if (earlier && windowOf(earlier.on).end > windowOf(occurredOn).end) return {};
      return { reports: { ...reports, [data.party]: { ...data, on: occurredOn } } };
    }),
    EvidenceSubmitted: folded(),
    DeliveryClaimed: folded(),
    DeliveryAttested: folded(),
    CommitmentVerified: folded(),
    WithdrawalProposed: folded(),
    CommitmentWithdrawn: folded((_before, { reason }) => ({ withdrawalReason: reason })),
    ConfidentialityChanged: folded(),
    PublicationProposed: folded(),
    EmbargoSet: folded(),
    ReleasedToPublic: folded(),
  },
);

function withEvent(heads: readonly Head[], event: PactaEvent): readonly Head[] {
  const { confidentiality: marking, position } = event;
  const spelled = JSON.stringify(marking);
  const same = (head: Head) => JSON.stringify(head.marking) === spelled;
  const events = (heads.find(same)?.events ?? 0) + 1;
  return [...heads.filter((head) => !same(head)), { marking, events, position }];
}

function citing(
  { sources }: CommitmentDocument,
  event: { readonly sources?: readonly SourceReference[] | undefined },
): Partial<CommitmentDocument> {
  return event.sources ? { sources: [...sources, ...event.sources] } : {};
}
