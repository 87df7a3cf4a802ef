import { sql } from 'kysely';
import type { OrganisationRegistration } from '../domain/organisation.js';
import type { SourceRegistration } from '../domain/source-document.js';
import type { Database } from '../event-store/database.js';
import { dialogueRecord } from './dialogue-record.js';
import { focusAreaStatus } from './focus-area-status.js';
import type { KnownDialogue } from './status-answers.js';
import { versionOf } from './views-version.js';
import { withoutWithheld } from './withheld.js';
import type { FollowUpDocument } from './documents/follow-up-document.js';
import type { RoundDocument } from './documents/round-document.js';

/** What is listed, by the kind of stream it is recorded in. */
export interface Documents {
  round: RoundDocument;
  'source-document': SourceRegistration;
  'follow-up': FollowUpDocument;
  organisation: OrganisationRegistration;
}

/** Position that the view of a log's record has reached: the entity tag of what it lists. */
export async function recordVersion(db: Database, log: string): Promise<string> {
  const { rows } = await sql<{ position: number }>`
    select position from checkpoint where subscription = ${dialogueRecord.name} and log_id = ${log}`.execute(
    db,
  );
  return String(rows[0]?.position ?? 0);
}

/** Kinds whose documents name commitments. */
type Naming = 'round' | 'follow-up';

/** Everything of one kind on a log's record that names no commitment, in the order it was recorded. */
export async function listed<Kind extends Exclude<keyof Documents, Naming>>(
  db: Database,
  log: string,
  kind: Kind,
): Promise<Documents[Kind][]> {
  return documents(db, log, kind);
}

/**
 * Everything of one kind on the dialogue's record, in the order it was recorded, without the commitments that the
 * reader may not know of. What is about such commitments only is left out as a whole.
 */
export async function listedFor<Kind extends Naming>(
  db: Database,
  known: KnownDialogue,
  kind: Kind,
): Promise<Documents[Kind][]> {
  const all = await documents(db, known.announcement.slug, kind, known.position);
  const seen = await withoutWithheld(db, known, all);
  return seen.filter((each, index) => isAbout(all[index]!) === 0 || isAbout(each) > 0);
}

/** The entity tag of what {@link listedFor} lists. */
export function listedVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [focusAreaStatus, dialogueRecord]);
}

function isAbout(document: object): number {
  return 'commitments' in document ? (document.commitments as readonly string[]).length : 0;
}

async function documents<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  upTo?: number,
): Promise<Documents[Kind][]> {
  const { rows } = await sql<{ document: Documents[Kind] }>`
    select document from dialogue_record
     where log_id = ${log} and kind = ${kind} and ${upTo === undefined ? sql`true` : sql`position <= ${upTo}`}
     order by first`.execute(db);
  return rows.map((row) => row.document);
}
