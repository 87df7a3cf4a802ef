import { sql } from 'kysely';
import type { OrganisationRegistration } from '../domain/organisation.js';
import type { SourceRegistration } from '../domain/source-document.js';
import type { Database } from '../event-store/database.js';
import { dialogueRecord } from './dialogue-record.js';
import type { FollowUpDocument } from './documents/follow-up-document.js';
import type { RoundDocument } from './documents/round-document.js';
import { positionReached } from './view-position.js';

/** What is listed, by the kind of stream it is recorded in. */
export interface Documents {
  round: RoundDocument;
  'source-document': SourceRegistration;
  'follow-up': FollowUpDocument;
  organisation: OrganisationRegistration;
}

/** Position that the view of a log's record has reached: the entity tag of what it lists. */
export async function recordVersion(db: Database, log: string): Promise<string> {
  return String(await positionReached(db, log, [dialogueRecord.name]));
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

/** One document with the position of its last event, or undefined. */
export async function recorded<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  id: string,
): Promise<{ readonly position: number; readonly document: Documents[Kind] } | undefined> {
  const { rows } = await sql<{ position: number; document: Documents[Kind] }>`
    select position, document from dialogue_record
     where log_id = ${log} and kind = ${kind} and id = ${id}`.execute(db);
  return rows[0];
}
