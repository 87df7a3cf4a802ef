import { sql } from 'kysely';
import { type Day, daysBetween, dayInEvery } from '../domain/calendar.js';
import { keyHolders } from '../domain/commitment/delivery.js';
import type { Health } from '../domain/commitment/events.js';
import { type Commitment, openStatuses, responsibleParties } from '../domain/commitment/state.js';
import { timelinessOf } from '../domain/due.js';
import type { Database } from '../event-store/database.js';
import { commitmentDetails, type CommitmentDocument } from './commitment-details.js';
import { focusAreaStatus, reportCountsUntil } from './focus-area-status.js';
import { type CountName, counted, dayKey, standingToday } from './standing-today.js';
import type { KnownDialogue } from './status-answers.js';
import { unansweredForDays } from './unanswered-claim.js';
import { positionReached } from './view-position.js';

interface Row {
  readonly commitment: string;
  readonly position: number;
  readonly document: CommitmentDocument;
}

export type CommitmentAnswer = ReturnType<typeof answerOf>;

/** One commitment as it stands, or undefined. `now` is an instant. */
export async function commitmentAnswer(db: Database, known: KnownDialogue, id: string, now: string) {
  const { rows } = await sql<Row>`
    select commitment, position, document from commitment_details
     where log_id = ${known.announcement.slug} and commitment = ${id}`.execute(db);
  return rows[0] && answerOf(rows[0], known, now);
}

export interface CommitmentFilter {
  readonly focusArea?: string | undefined;
  readonly counted?: CountName | undefined;
  readonly party?: string | undefined;
  /** Only commitments after this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Commitments in the order of their ids: those that a count of the status counts, for one. */
export async function commitmentAnswers(
  db: Database,
  known: KnownDialogue,
  filter: CommitmentFilter,
  now: string,
): Promise<CommitmentAnswer[]> {
  const slug = known.announcement.slug;
  const { rows } = await sql<Row>`
    with standing as (${standingToday(slug, known.todays)})
    select d.commitment, d.position, d.document
      from standing join commitment_details d on d.log_id = ${slug} and d.commitment = standing.commitment
     where ${filter.focusArea === undefined ? sql`true` : sql`${filter.focusArea} = any(focus_areas)`}
       and ${filter.party === undefined ? sql`true` : sql`${filter.party} = any(responsible)`}
       and ${filter.counted === undefined ? sql`true` : counted[filter.counted]}
       and ${filter.after === undefined ? sql`true` : sql`d.commitment > ${filter.after}`}
     order by d.commitment
     limit ${filter.limit}`.execute(db);
  return rows.map((row) => answerOf(row, known, now));
}

/** The entity tag of a list of commitments. Two views make the list, so the one that is behind decides. */
export async function commitmentsVersion(
  db: Database,
  { announcement, todays }: KnownDialogue,
): Promise<string> {
  const views = [focusAreaStatus.name, commitmentDetails.name];
  return `${await positionReached(db, announcement.slug, views)}-${dayKey(todays)}`;
}

/** The entity tag of one commitment: its last position and the parties' days. */
export function commitmentVersion({ position }: { position: number }, { todays }: KnownDialogue): string {
  return `${position}-${dayKey(todays)}`;
}

function answerOf({ position, document }: Row, known: KnownDialogue, now: string) {
  const { announcement } = known;
  const { state, version, sources, reports, reached, basis, withdrawalReason } = document;
  const { due, ...proposal } = state.proposal;
  const responsible = responsibleParties(state);
  const zones = announcement.parties.filter(({ code }) => responsible.includes(code)).map(({ zone }) => zone);
  const today = dayInEvery(zones, now);
  const claimedOn = state.status === 'delivery-claimed' ? reached['delivery-claimed'] : undefined;
  const unanswered = claimedOn && unansweredForDays(known, claimedOn);
  return {
    dialogue: announcement.slug,
    ...proposal,
    status: state.status,
    reached,
    text: {
      words: proposal.text,
      ...(basis && { agreedBy: basis }),
      confirmedBy: state.textConfirmedBy,
    },
    due,
    timeliness: timelinessNow(state, zones, today, now),
    health: {
      ...(openStatuses.includes(state.status) && { is: healthOn(today, Object.values(reports)) }),
      reports: Object.values(reports),
    },
    delivery: {
      evidence: state.evidence,
      claims: state.claims.map(({ party, evidence }) => ({ party, evidence })),
      ...(state.claimDigest && { claimDigest: state.claimDigest }),
      keysNeeded: keyHolders(state),
      keysTurned: state.keys.map(({ party }) => party),
      ...(unanswered && { unansweredForDays: unanswered }),
    },
    ...(withdrawalReason && { withdrawalReason }),
    withdrawalAskedBy: state.withdrawalProposedBy,
    sources,
    version,
    position,
  };
}

/** Where the commitment stands in time. What is claimed or ended has no deadline that could still pass. */
function timelinessNow(state: Commitment, zones: readonly string[], today: Day, now: string) {
  const end = state.proposal.due.window?.end;
  if (!['agreed', 'in-progress'].includes(state.status)) return undefined;
  return {
    is: timelinessOf(end, zones, now),
    ...(end && { countedTo: end, daysLeft: daysBetween(today, end) }),
    zones,
  };
}

/** The gravest of the reports that still count (domain.md 8). */
function healthOn(today: Day, reports: readonly { health: Health; on: string }[]): Health | 'not-reported' {
  const fresh = reports.filter(({ on }) => reportCountsUntil(on) >= today).map(({ health }) => health);
  const gravest = (['off-track', 'at-risk', 'on-track'] as const).find((health) => fresh.includes(health));
  return gravest ?? 'not-reported';
}
