import { sql } from 'kysely';
import { type Day, daysBetween, dayInEvery } from '../domain/calendar.js';
import { keyHolders } from '../domain/commitment/delivery.js';
import { confidentialityAt, type PublicationWish } from '../domain/commitment/secrecy.js';
import { type Confidentiality, maySee } from '../domain/confidentiality.js';
import type { Health } from '../domain/commitment/events.js';
import { type Commitment, openStatuses, responsibleParties } from '../domain/commitment/state.js';
import { timelinessOf } from '../domain/due.js';
import type { Database } from '../event-store/database.js';
import { commitmentDetails, type CommitmentDocument } from './commitment-details.js';
import { focusAreaStatus, reportCountsUntil } from './focus-area-status.js';
import { type CountName, counted, standingToday } from './standing-today.js';
import { type KnownDialogue, tagKey } from './status-answers.js';
import { versionOf } from './views-version.js';

interface Row {
  readonly commitment: string;
  readonly document: CommitmentDocument;
}

export type CommitmentAnswer = ReturnType<typeof answerOf>;

/** One commitment as it stands; undefined for one that does not exist, or that the reader may not see. */
export async function commitmentAnswer(db: Database, known: KnownDialogue, id: string) {
  const { rows } = await sql<Row>`
    select commitment, document from commitment_details
     where log_id = ${known.announcement.slug} and commitment = ${id}`.execute(db);
  return rows.filter(({ document }) => isSeen(document, known)).map((row) => answerOf(row, known))[0];
}

export interface CommitmentFilter {
  readonly focusArea?: string | undefined;
  readonly counted?: CountName | undefined;
  readonly party?: string | undefined;
  /** Only commitments after this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Commitments that the reader may see, in the order of their ids: those that a count of the status counts, for one. */
export async function commitmentAnswers(
  db: Database,
  known: KnownDialogue,
  filter: CommitmentFilter,
): Promise<CommitmentAnswer[]> {
  const slug = known.announcement.slug;
  const { rows } = await sql<Row>`
    with standing as (${standingToday(slug, known)})
    select d.commitment, d.document
      from standing join commitment_details d on d.log_id = ${slug} and d.commitment = standing.commitment
     where ${filter.focusArea === undefined ? sql`true` : sql`${filter.focusArea} = any(focus_areas)`}
       and ${filter.party === undefined ? sql`true` : sql`${filter.party} = any(responsible)`}
       and ${filter.counted === undefined ? sql`true` : counted[filter.counted]}
       and ${filter.after === undefined ? sql`true` : sql`d.commitment > ${filter.after}`}
     order by d.commitment
     limit ${filter.limit}`.execute(db);
  // The two views may be apart by an event that withholds something: both have to let it pass.
  return rows.filter(({ document }) => isSeen(document, known)).map((row) => answerOf(row, known));
}

/** The entity tag of a list of commitments. */
export function commitmentsVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [focusAreaStatus, commitmentDetails]);
}

/** The entity tag of one commitment: the position of the last event that the reader may see, and what else it depends on. */
export function commitmentVersion({ position }: { position: number }, known: KnownDialogue): string {
  return `${position}-${tagKey(known)}`;
}

function isSeen({ state }: CommitmentDocument, { reader, now }: KnownDialogue): boolean {
  return maySee(reader, confidentialityAt(state.secrecy, now));
}

function answerOf({ document }: Row, { announcement, reader, now }: KnownDialogue) {
  const { state, sources, reports, reached, basis, withdrawalReason } = document;
  const { due, classification: _first, ...proposal } = state.proposal;
  const heads = document.heads.filter(({ marking }) => maySee(reader, marking));
  const evidence = state.evidence.filter((each) => maySee(reader, each.confidentiality ?? 'public'));
  const shown = new Set(evidence.map(({ id }) => id));
  const responsible = responsibleParties(state);
  const zones = announcement.parties.filter(({ code }) => responsible.includes(code)).map(({ zone }) => zone);
  const today = dayInEvery(zones, now);
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
      evidence,
      claims: state.claims.map((claim) => ({
        party: claim.party,
        evidence: claim.evidence.filter((id) => shown.has(id)),
      })),
      ...(state.claimDigest && { claimDigest: state.claimDigest }),
      keysNeeded: keyHolders(state),
      keysTurned: state.keys.map(({ party }) => party),
    },
    ...(withdrawalReason && { withdrawalReason }),
    withdrawalAskedBy: state.withdrawalProposedBy,
    sources,
    ...secrecyShown(state, now),
    version: heads.reduce((sum, { events }) => sum + events, 0),
    position: Math.max(...heads.map(({ position }) => position)),
  };
}

interface SecrecyShown {
  readonly confidentiality: Confidentiality;
  readonly ground?: string;
  /** From then on it is public by itself. */
  readonly embargoUntil?: string;
  readonly publicationAskedBy?: readonly PublicationWish[];
}

/** Who may read it and why others may not, for those who may. */
function secrecyShown({ secrecy }: Commitment, now: string): SecrecyShown {
  const confidentiality = confidentialityAt(secrecy, now);
  if (confidentiality.level === 'public') return { confidentiality };
  const { ground, until, wishes } = secrecy;
  return {
    confidentiality,
    ...(ground !== undefined && { ground }),
    ...(until !== undefined && { embargoUntil: until }),
    ...(wishes.length > 0 && { publicationAskedBy: wishes }),
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
