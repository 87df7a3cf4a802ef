import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { answerOf, type CommitmentAnswer, type DetailsRow } from './commitment-answer.js';
import { commitmentDetails } from './commitment-details.js';
import { focusAreaStatus } from './focus-area-status.js';
import { type CountName, counted, dayKey, standingToday } from './standing-today.js';
import type { KnownDialogue } from './status-answers.js';
import { positionReached } from './view-position.js';

/** What is on record of the sources that a commitment `d` cites. */
const citedBy = sql`
  (select coalesce(json_agg(json_build_object('document', s.document, 'standing', s.standing,
                   'issuer', s.issuer, 'meeting', s.meeting) order by s.position), '[]')
     from source_standing s
    where s.log_id = d.log_id
      and s.document in (select c ->> 'document' from json_array_elements(d.document -> 'sources') c))`;

/** One commitment as it stands, or undefined. `now` is an instant. */
export async function commitmentAnswer(db: Database, known: KnownDialogue, id: string, now: string) {
  const { rows } = await sql<DetailsRow>`
    select commitment, position, document, ${citedBy} as cited from commitment_details d
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
  const { rows } = await sql<DetailsRow>`
    with standing as (${standingToday(slug, known.todays)})
    select d.commitment, d.position, d.document, ${citedBy} as cited
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
