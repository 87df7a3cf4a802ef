import { sql } from 'kysely';
import { confidentialityAt } from '../domain/commitment/secrecy.js';
import { maySee } from '../domain/confidentiality.js';
import type { Database } from '../event-store/database.js';
import { digestOf } from '../event-store/entry.js';
import { answerOf, type CommitmentAnswer, type DetailsRow } from './commitment-answer.js';
import { commitmentDetails } from './commitment-details.js';
import type { CommitmentDocument } from './commitment-document.js';
import { type CountName, counted, standingToday } from './standing-today.js';
import { type KnownDialogue, tagKey } from './status-answers.js';
import { versionOf } from './views-version.js';
import { withoutWithheld } from './withheld.js';

/** What is on record of the sources that a commitment `d` cites. */
const citedBy = sql`
  (select coalesce(json_agg(json_build_object('document', s.document, 'standing', s.standing,
                   'issuer', s.issuer, 'meeting', s.meeting) order by s.position), '[]')
     from source_standing s
    where s.log_id = d.log_id
      and s.document in (select c ->> 'document' from json_array_elements(d.document -> 'sources') c))`;

/** A commitment that is asked for in the dialogue that it is in. */
export interface AskedCommitment {
  readonly known: KnownDialogue;
  readonly id: string;
}

/** One commitment as it stands; undefined for one that does not exist, or that the reader may not see. */
export async function commitmentAnswer(db: Database, known: KnownDialogue, id: string) {
  return (await commitmentAnswersTo(db, [{ known, id }]))[0];
}

/** Commitments of any dialogues as they stand, each in its place; undefined for one that does not exist, or that may not be seen. */
export async function commitmentAnswersTo(
  db: Database,
  asked: readonly AskedCommitment[],
): Promise<(CommitmentAnswer | undefined)[]> {
  const logs = asked.map(({ known }) => known.announcement.slug);
  const { rows } = await sql<DetailsRow & { nth: number }>`
    select nth, commitment, position, document, ${citedBy} as cited
      from unnest(${logs}::text[], ${asked.map(({ id }) => id)}::text[]) with ordinality as asked (log_id, commitment, nth)
      join commitment_details d using (log_id, commitment)`.execute(db);
  return Promise.all(
    asked.map(async ({ known }, place) => {
      const own = rows.filter(({ nth }) => nth === place + 1);
      return (await shown(db, known, own))[0];
    }),
  );
}

/** Commitments that this one took the place of, as far as the reader may see them. */
export async function predecessorAnswers(
  db: Database,
  known: KnownDialogue,
  id: string,
): Promise<CommitmentAnswer[]> {
  const { rows } = await sql<DetailsRow>`
    select d.commitment, d.position, d.document, ${citedBy} as cited
      from commitment_standing s join commitment_details d using (log_id, commitment)
     where s.log_id = ${known.announcement.slug} and s.status = 'superseded'
       and (d.document -> 'state' -> 'successors')::jsonb ? ${id}
     order by d.commitment`.execute(db);
  return shown(db, known, rows);
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
): Promise<CommitmentAnswer[]> {
  const slug = known.announcement.slug;
  const { rows } = await sql<DetailsRow>`
    with standing as (${standingToday(slug, known)})
    select d.commitment, d.position, d.document, ${citedBy} as cited
      from standing join commitment_details d on d.log_id = ${slug} and d.commitment = standing.commitment
     where ${filter.focusArea === undefined ? sql`true` : sql`${filter.focusArea} = any(focus_areas)`}
       and ${filter.party === undefined ? sql`true` : sql`${filter.party} = any(responsible)`}
       and ${filter.counted === undefined ? sql`true` : counted[filter.counted]}
       and ${filter.after === undefined ? sql`true` : sql`d.commitment > ${filter.after}`}
     order by d.commitment
     limit ${filter.limit}`.execute(db);
  // The two views may be apart by an event that withholds something: both have to let it pass.
  return shown(db, known, rows);
}

/** The entity tag of a list of commitments. */
export function commitmentsVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [commitmentDetails]);
}

/**
 * The entity tag of one commitment: the position of the last event that the reader may see, and what else it depends on. Where
 * it names others, so does the tag, as a digest: whether the reader may know of them changes without an event of its own.
 */
export function commitmentVersion(
  { position, successors, proposed }: Pick<CommitmentAnswer, 'position' | 'successors' | 'proposed'>,
  known: KnownDialogue,
): string {
  const version = `${position}-${tagKey(known)}`;
  if (successors.length + proposed.length === 0) return version;
  return `${version}-${digestOf([successors, proposed]).slice(0, 12)}`;
}

/** True when the reader may know that it exists. */
export function isSeen({ state }: CommitmentDocument, { reader, now }: KnownDialogue): boolean {
  return maySee(reader, confidentialityAt(state.secrecy, now));
}

/** Answers about those that the reader may see, none of which names another that they may not. */
async function shown(
  db: Database,
  known: KnownDialogue,
  rows: readonly DetailsRow[],
): Promise<CommitmentAnswer[]> {
  const answers = rows.filter(({ document }) => isSeen(document, known)).map((row) => answerOf(row, known));
  const naming = answers.filter(({ successors, proposed }) => successors.length + proposed.length > 0);
  const cleared = await withoutWithheld(db, known, naming);
  return answers.map((answer) => cleared[naming.indexOf(answer)] ?? answer);
}
