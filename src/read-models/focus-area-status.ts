import { addDays, type Day, type PartialDate, windowOf } from '../domain/calendar.js';
import type { Health } from '../domain/commitment/events.js';
import type { CommitmentStatus } from '../domain/commitment/state.js';
import { isMarked } from '../domain/confidentiality.js';
import type { Announcement } from '../domain/dialogue.js';
import type { FocusAreaDefinition } from '../domain/focus-area.js';
import type { EventType } from '../domain/vocabulary.js';
import { effectsOn, type EventOf, idIn, ignored, readModel } from './projection.js';
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
  readonly reports: Readonly<Record<string, { readonly health: Health; readonly until: string }>>;
  readonly on_track_until: string | null;
  readonly at_risk_until: string | null;
  readonly off_track_until: string | null;
}

const dialogue = effectsOn<{ announcement: Announcement }>('dialogue', () => [{}]);
const focusArea = effectsOn<Omit<FocusAreaDefinition, 'code'>>('focus_area', (event) => [
  { code: idIn('focus-area', event) },
]);
const standing = effectsOn<Standing>('commitment_standing', (event) => [
  { commitment: idIn('commitment', event) },
]);

const becomes = <Type extends EventType>(status: CommitmentStatus) =>
  standing<Type>((row) => row && { ...row, status });

const reclassified = <Type extends 'ConfidentialityChanged' | 'EmbargoSet' | 'ReleasedToPublic'>() =>
  standing<Type>((row, event) => row && { ...row, ...seenAfter(event as EventOf<Type>) });

/** How many commitments of each focus area stand how. */
export const focusAreaStatus = readModel(
  'focus-area-status',
  { ignores: ['round', 'source-document', 'organisation', 'follow-up', 'reminder'] },
  {
    DialogueAnnounced: dialogue((_row, { data }) => ({ announcement: data })),
    FocusAreaDefined: focusArea((_row, { data: { names, scope } }) => ({ names, scope })),
    CommitmentProposed: standing((_row, { type, data }) => ({
      ...seenAfter({ type, data }),
      status: 'proposed',
      nature: data.nature,
      responsible: data.undertakings.map((undertaking) => undertaking.party),
      focus_areas: data.focusAreas,
      due_end: data.due.window?.end ?? null,
      reports: {},
      on_track_until: null,
      at_risk_until: null,
      off_track_until: null,
    })),
    CommitmentAgreed: becomes('agreed'),
    ProgressReported: standing((row, event) => {
      // What is told in confidence counts for nobody.
      if (!row || isMarked(event)) return undefined;
      const { data, occurredOn } = event;
      return {
        ...row,
        status: 'in-progress',
        ...withReport(row, data.party, data.health, reportCountsUntil(occurredOn)),
      };
    }),
    // A joint commitment counts as claimed only when every side has claimed its share.
    DeliveryClaimed: standing(
      (row, { data }) => row && { ...row, status: data.complete ? 'delivery-claimed' : row.status },
    ),
    CommitmentVerified: becomes('verified'),
    CommitmentWithdrawn: becomes('withdrawn'),
    CommitmentTextConfirmed: ignored,
    DeliveryAttested: ignored,
    EvidenceSubmitted: ignored,
    WithdrawalProposed: ignored,
    ConfidentialityChanged: reclassified(),
    EmbargoSet: reclassified(),
    ReleasedToPublic: reclassified(),
    PublicationProposed: ignored,
  },
);

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
