import { sql } from 'kysely';
import { type Day, dayInEvery, windowOf } from '../domain/calendar.js';
import type { CommitmentEvent } from '../domain/commitment/events.js';
import { maySee } from '../domain/confidentiality.js';
import type { Recorded } from '../domain/event.js';
import type { Database } from '../event-store/database.js';
import { readStream } from '../event-store/read.js';
import { isSeen } from './commitment-answers.js';
import { answerOn, type CommitmentAnswer, responsibleZones } from './commitment-answer.js';
import type { CitedSource } from './cited-sources.js';
import { type CommitmentDocument, documentAfter } from './commitment-document.js';
import type { KnownDialogue } from './status-answers.js';

/** The two axes of time, each with a name of its own (domain.md 1). */
export interface AsOf {
  /** True in the world on this day, as far as it is known. */
  readonly effectiveAt?: Day | undefined;
  /** Recorded by this instant, ISO 8601. */
  readonly knownAt?: string | undefined;
}

/** What is on record of the sources; it is fixed from their registration on. */
async function citedSources(
  db: Database,
  log: string,
  { sources }: CommitmentDocument,
): Promise<CitedSource[]> {
  const { rows } = await sql<CitedSource>`
    select document, standing, issuer, meeting from source_standing
     where log_id = ${log} and document = any(${sources.map(({ document }) => document)})
     order by position`.execute(db);
  return rows;
}

/** What repairs the record reaches back: it holds at every moment, as soon as it is known. */
const repairs: readonly string[] = ['CommitmentCorrected', 'CommitmentReclassified', 'CommitmentTranslated'];

/**
 * A commitment as it was, folded anew from its events: what was true on a day, what was known at an
 * instant, or what was believed then about that day; undefined where nothing of it was.
 */
export async function commitmentAsOf(
  db: Database,
  known: KnownDialogue,
  id: string,
  { effectiveAt, knownAt }: AsOf,
): Promise<CommitmentAnswer | undefined> {
  const { announcement, reader, now } = known;
  const events = await readStream(db, announcement.slug, `commitment-${id}`);
  const current = (events as Recorded<CommitmentEvent>[]).reduce<CommitmentDocument | undefined>(
    documentAfter,
    undefined,
  );
  // Who may read it is a matter of today, whatever the moment that they ask about.
  if (!current || !isSeen(current, known)) return undefined;
  const heard = events.filter(
    (event) =>
      maySee(reader, event.confidentiality) &&
      (knownAt === undefined || Date.parse(event.recordedAt) <= Date.parse(knownAt)) &&
      (effectiveAt === undefined ||
        repairs.includes(event.type) ||
        windowOf(event.occurredOn).start <= effectiveAt),
  ) as Recorded<CommitmentEvent>[];
  const document = heard.reduce<CommitmentDocument | undefined>(documentAfter, undefined);
  if (!document) return undefined;
  const on = effectiveAt ?? dayInEvery(responsibleZones(document, announcement), knownAt ?? now);
  const cited = await citedSources(db, announcement.slug, document);
  return answerOn({ commitment: id, document, cited }, known, on);
}
