import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { dialogueRecord } from './dialogue-record.js';
import type { FocusAreaDocument } from './documents/focus-area-document.js';
import type { FollowUpDocument } from './documents/follow-up-document.js';
import type { OfficeDocument } from './documents/office-document.js';
import type { OrganisationDocument } from './documents/organisation-document.js';
import type { RoundDocument } from './documents/round-document.js';
import type { RegisteredSource } from './documents/source-document.js';
import { positionReached } from './view-position.js';

/** What is listed, by the kind of stream it is recorded in. */
export interface Documents {
  round: RoundDocument;
  'focus-area': FocusAreaDocument;
  'source-document': RegisteredSource;
  'follow-up': FollowUpDocument;
  organisation: OrganisationDocument;
  office: OfficeDocument;
}

/** Position that the view of a log's record has reached: the entity tag of what it lists. */
export async function recordVersion(db: Database, log: string): Promise<string> {
  const { rows } = await sql<{ position: number }>`
    select position from checkpoint where subscription = ${dialogueRecord.name} and log_id = ${log}`.execute(
    db,
  );
  return String(rows[0]?.position ?? 0);
}

/** Everything of one kind on a log's record, in the order it was recorded. */
export async function listed<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
): Promise<Documents[Kind][]> {
  const { rows } = await sql<{ document: Documents[Kind] }>`
    select document from dialogue_record where log_id = ${log} and kind = ${kind} order by first`.execute(db);
  return rows.map((row) => row.document);
}

/** One document of a log's record, or undefined. */
export async function recorded<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  id: string,
): Promise<Documents[Kind] | undefined> {
  const { rows } = await sql<{ document: Documents[Kind] }>`
    select document from dialogue_record
     where log_id = ${log} and kind = ${kind} and id = ${id}`.execute(db);
  return rows[0]?.document;
}
