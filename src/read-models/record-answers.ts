import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { dialogueRecord } from './dialogue-record.js';
import type { FocusAreaDocument } from './documents/focus-area-document.js';
import { focusAreaStatus } from './focus-area-status.js';
import { type KnownDialogue, rebuildsKey } from './status-answers.js';
import { versionOf } from './views-version.js';
import { withoutWithheld } from './withheld.js';
import type { FollowUpDocument } from './documents/follow-up-document.js';
import type { OfficeDocument } from './documents/office-document.js';
import type { OrganisationDocument } from './documents/organisation-document.js';
import type { RoundDocument } from './documents/round-document.js';
import type { RegisteredSource } from './documents/source-document.js';

/** What is listed, by the kind of stream it is recorded in. */
export interface Documents {
  round: RoundDocument;
  'focus-area': FocusAreaDocument;
  'source-document': RegisteredSource;
  'follow-up': FollowUpDocument;
  organisation: OrganisationDocument;
  office: OfficeDocument;
}

/** The entity tag of what the view of a log's record lists: the position that it has reached, and its rebuilds. */
export async function recordVersion(db: Database, log: string): Promise<string> {
  const { rows } = await sql<{ position: number; rebuilds: number }>`
    select position, rebuilds from checkpoint where subscription = ${dialogueRecord.name} and log_id = ${log}`.execute(
    db,
  );
  const { position, rebuilds } = rows[0] ?? { position: 0, rebuilds: 0 };
  return `${position}${rebuildsKey({ rebuilds })}`;
}

/** Kinds whose documents name commitments. */
export type Naming = 'round' | 'follow-up';

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
  const { slug } = known.announcement;
  return seenBy(db, known, await documents(db, slug, kind, { only: isJudged(slug) }));
}

/** One document in the same way, or undefined. */
export async function recordedFor<Kind extends Naming>(
  db: Database,
  known: KnownDialogue,
  kind: Kind,
  id: string,
): Promise<Documents[Kind] | undefined> {
  const { slug } = known.announcement;
  return (await seenBy(db, known, await documents(db, slug, kind, { only: isJudged(slug), id })))[0];
}

async function seenBy<Document extends object>(
  db: Database,
  known: KnownDialogue,
  all: readonly Document[],
): Promise<Document[]> {
  const seen = await withoutWithheld(db, known, all);
  return seen.filter((each, index) => isAbout(all[index]!) === 0 || isAbout(each) > 0);
}

/**
 * Nothing newer than the view that says who may see what: it would be judged by an older state. How far that has come is
 * read together with the documents: one that changes meanwhile would be missing from the answer.
 */
function isJudged(log: string) {
  return sql`position <= (select position from checkpoint
                           where subscription = ${focusAreaStatus.name} and log_id = ${log})`;
}

/** The entity tag of what {@link listedFor} lists. */
export function listedVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [dialogueRecord]);
}

function isAbout(document: object): number {
  return 'commitments' in document ? (document.commitments as readonly string[]).length : 0;
}

async function documents<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  { only = sql`true`, id }: { readonly only?: RawBuilder<unknown>; readonly id?: string } = {},
): Promise<Documents[Kind][]> {
  const { rows } = await sql<{ document: Documents[Kind] }>`
    select document from dialogue_record
     where log_id = ${log} and kind = ${kind} and ${only}
       and ${id === undefined ? sql`true` : sql`id = ${id}`}
     order by first`.execute(db);
  return rows.map((row) => row.document);
}

/** One document of a log's record, or undefined. */
export async function recorded<Kind extends Exclude<keyof Documents, Naming>>(
  db: Database,
  log: string,
  kind: Kind,
  id: string,
): Promise<Documents[Kind] | undefined> {
  return (await documents(db, log, kind, { id }))[0];
}
