import { addDays, type Day, type PartialDate, windowOf } from '../domain/calendar.js';
import type { CodedEnding } from '../domain/coded.js';
import type { Health } from '../domain/commitment/events.js';
import type { CommitmentStatus } from '../domain/commitment/state.js';
import type { Announcement } from '../domain/dialogue.js';
import type { FocusAreaDefinition } from '../domain/focus-area.js';
import type { EventType } from '../domain/vocabulary.js';
import { type Ended, endOf } from './documents/coded-document.js';
import { effectsOn, idIn, ignored, readModel } from './projection.js';

/** A report counts for this many days; after that a side counts as not having reported (domain.md 8). */
const REPORT_COUNTS_DAYS = 90;

/** Last day on which a report that was true on `on` still counts. */
export function reportCountsUntil(on: PartialDate): Day {
  return addDays(windowOf(on).end, REPORT_COUNTS_DAYS);
}

interface Standing {
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

interface FocusAreaRow extends Omit<FocusAreaDefinition, 'code'> {
  /** Position of its definition: the order in which areas are listed. */
  readonly first: number;
  readonly ended?: Ended;
}

const dialogue = effectsOn<{ announcement: Announcement }>('dialogue', () => [{}]);
const focusArea = effectsOn<FocusAreaRow>('focus_area', (event) => [{ code: idIn('focus-area', event) }]);
const standing = effectsOn<Standing>('commitment_standing', (event) => [
  { commitment: idIn('commitment', event) },
]);

const becomes = <Type extends EventType>(status: CommitmentStatus) =>
  standing<Type>((row) => row && { ...row, status });

/** What is grouped under an area that ends stays there, and is counted there, until it is moved. */
const ends = <Type extends 'FocusAreaMerged' | 'FocusAreaSplit' | 'FocusAreaRetired'>(how: CodedEnding) =>
  focusArea<Type>((row, event) => row && { ...row, ended: endOf(how, event) });

/** How many commitments of each focus area stand how. */
export const focusAreaStatus = readModel(
  'focus-area-status',
  { ignores: ['round', 'source-document', 'organisation', 'office', 'follow-up', 'reminder'] },
  {
    DialogueAnnounced: dialogue((_row, { data }) => ({ announcement: data })),
    FocusAreaDefined: focusArea((_row, { data: { names, scope, parent }, position }) => ({
      first: position,
      names,
      scope,
      parent,
    })),
    FocusAreaRenamed: focusArea((row, { data: { names } }) => row && { ...row, names }),
    FocusAreaMerged: ends('merged'),
    FocusAreaSplit: ends('split'),
    FocusAreaRetired: ends('retired'),
    CommitmentProposed: standing((_row, { data }) => ({
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
    ProgressReported: standing(
      (row, { data, occurredOn }) =>
        row && {
          ...row,
          status: 'in-progress',
          ...withReport(row, data.party, data.health, reportCountsUntil(occurredOn)),
        },
    ),
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
