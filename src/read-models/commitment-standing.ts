import { addDays, type Day, type PartialDate, windowOf } from '../domain/calendar.js';
import type { Health } from '../domain/commitment/events.js';
import { type CommitmentStatus, statusAfter } from '../domain/commitment/life-cycle.js';
import type { CommitmentEvent } from '../domain/commitment/events.js';
import { deadlineOf, type Due } from '../domain/due.js';
import type { Facts } from '../domain/vocabulary.js';
import { isMarked } from '../domain/confidentiality.js';
import { type EffectsOn, effectsOn, type EventOf, idIn, ignored } from './projection.js';
import { type SeenBy, seenAfter } from './seen-by.js';

/** A report counts for this many days; after that a side counts as not having reported (domain.md 8). */
const REPORT_COUNTS_DAYS = 90;

/** Last day on which a report that was true on `on` still counts. */
export function reportCountsUntil(on: PartialDate): Day {
  return addDays(windowOf(on).end, REPORT_COUNTS_DAYS);
}

interface Standing extends SeenBy {
  readonly status: CommitmentStatus;
  readonly nature: string;
  readonly responsible: readonly string[];
  readonly focus_areas: readonly string[];
  readonly due_end: string | null;
  /** Disputes that are not settled. */
  readonly disputes: number;
  readonly reports: Readonly<Record<string, { readonly health: Health; readonly until: string }>>;
  readonly on_track_until: string | null;
  readonly at_risk_until: string | null;
  readonly off_track_until: string | null;
}

const standing = effectsOn<Standing>('commitment_standing', (event) => [
  { commitment: idIn('commitment', event) },
]);

type Type = Facts['commitment']['type'];

/** The event moves the life cycle on, and nothing else. */
const moves = <T extends Type>() =>
  standing<T>((row, event) => row && { ...row, status: statusAfter(row.status, event as CommitmentEvent) });

const reclassified = <T extends 'ConfidentialityChanged' | 'EmbargoSet' | 'ReleasedToPublic'>() =>
  standing<T>((row, event) => row && { ...row, ...seenAfter(event as EventOf<T>) });

const due = (terms: Due) => ({ due_end: deadlineOf(terms) ?? null });

/** How a commitment stands, in the few columns that are counted. */
export const commitmentStanding: EffectsOn<'commitment'> = {
  CommitmentProposed: standing((_row, { type, data }) => ({
    // What is spread comes last: after it V8 would give each row a shape of its own.
    status: 'proposed',
    nature: data.nature,
    responsible: data.undertakings.map((undertaking) => undertaking.party),
    focus_areas: data.focusAreas,
    disputes: 0,
    reports: {},
    on_track_until: null,
    at_risk_until: null,
    off_track_until: null,
    ...due(data.due),
    ...seenAfter({ type, data }),
  })),
  CommitmentMovedToFocusArea: standing((row, { data }) => row && { ...row, focus_areas: data.to }),
  DueDateSet: standing((row, { data }) => row && { ...row, ...due(data.due) }),
  DueDateResolved: standing((row, { data }) => row && { ...row, due_end: data.window?.end ?? null }),
  ExtensionGranted: standing((row, { data }) => row && { ...row, ...(data.complete && due(data.due)) }),
  DueDateBroughtForward: standing((row, { data }) => row && { ...row, ...due(data.due) }),
  CommitmentReopened: standing(
    (row, event) => row && { ...row, status: statusAfter(row.status, event), ...due(event.data.due) },
  ),
  ProgressReported: standing((row, event) => {
    // What is told in confidence counts for nobody.
    if (!row || isMarked(event)) return undefined;
    const { party, health } = event.data;
    return {
      ...row,
      status: statusAfter(row.status, event),
      ...withReport(row, party, health, reportCountsUntil(event.occurredOn)),
    };
  }),
  DisputeRaised: standing((row) => row && { ...row, disputes: row.disputes + 1 }),
  DisputeSettled: standing((row) => row && { ...row, disputes: row.disputes - 1 }),
  CommitmentAgreed: moves(),
  WorkStarted: moves(),
  CommitmentPaused: moves(),
  CommitmentResumed: moves(),
  DeliveryClaimed: moves(),
  DeliveryClaimRetracted: moves(),
  AttestationDeclined: moves(),
  CommitmentVerified: moves(),
  CommitmentWithdrawn: moves(),
  CommitmentSuperseded: moves(),
  CommitmentLapsed: moves(),
  ConfidentialityChanged: reclassified(),
  EmbargoSet: reclassified(),
  ReleasedToPublic: reclassified(),
  PublicationProposed: ignored,
  AssessmentRecorded: ignored,
  AssessmentRevised: ignored,
  CommitmentAmended: ignored,
  CommitmentCarriedOver: ignored,
  CommitmentCorrected: ignored,
  CommitmentMerged: ignored,
  CommitmentReaffirmed: ignored,
  CommitmentReclassified: ignored,
  CommitmentSplit: ignored,
  CommitmentTextConfirmed: ignored,
  CommitmentTextObjected: ignored,
  CommitmentTranslated: ignored,
  DeliveryAttested: ignored,
  EvidenceSubmitted: ignored,
  EvidenceWithdrawn: ignored,
  ExtensionRefused: ignored,
  ExtensionRequested: ignored,
  FocalPointNamed: ignored,
  JointDecisionProposed: ignored,
  NoProgressReported: ignored,
  UndertakingAssigned: ignored,
  UndertakingTransferred: ignored,
  WithdrawalProposed: ignored,
};

function withReport(row: Standing, party: string, health: Health, until: Day): Partial<Standing> {
  const report = { health, until };
  const earlier = row.reports[party];
  // A report entered late does not displace a later judgement.
  if (earlier && earlier.until > report.until) return {};
  const reports = { ...row.reports, [party]: report };
  const latest = (wanted: Health) =>
    Object.values(reports)
      .filter((report) => report.health === wanted)
      .map((report) => report.until)
      .sort()
      .at(-1) ?? null;
  return {
    reports,
    on_track_until: latest('on-track'),
    at_risk_until: latest('at-risk'),
    off_track_until: latest('off-track'),
  };
}
