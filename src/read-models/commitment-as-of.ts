import { sql } from 'kysely';
import { type Day, dayInEvery, isBy, windowOf } from '../domain/calendar.js';
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
import { withoutWithheld } from './withheld.js';

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

type Told = Recorded<CommitmentEvent>;

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
  const log = announcement.slug;
  const events = (await readStream(db, log, `commitment-${id}`)) as Told[];
  // Who may read it is a matter of today, whatever the moment that they ask about.
  const current = folded(events);
  if (!current || !isSeen(current, known)) return undefined;
  const heard = events.filter(
    ({ confidentiality, recordedAt }) =>
      maySee(reader, confidentiality) && (knownAt === undefined || isBy(recordedAt, knownAt)),
  );
  const document = asOn(effectiveAt, heard);
  if (!document) return undefined;
  const believed = knownAt === undefined || isBy(now, knownAt) ? now : knownAt;
  const day = effectiveAt ?? dayInEvery(responsibleZones(document, announcement), believed);
  const answer = answerOn(
    { commitment: id, document, cited: await citedSources(db, log, document) },
    known,
    day,
  );
  return (await withoutWithheld(db, known, [answer]))[0];
}

function folded(events: readonly Told[]): CommitmentDocument | undefined {
  return events.reduce<CommitmentDocument | undefined>(documentAfter, undefined);
}

/** What the events come to that were true on a day, each repair where the words were decided that it repairs. */
function asOn(day: Day | undefined, events: readonly Told[]): CommitmentDocument | undefined {
  if (day === undefined) return folded(events);
  const isTrue = (event: Told) =>
    repairs.includes(event.type) ||
    windowOf(event.occurredOn).start <= day ||
    (event.type === 'CommitmentAmended' && event.data.from <= day);
  const document = folded(events.filter(isTrue));
  const whole = folded(events);
  if (!document || !whole) return undefined;
  const amending = events.filter(({ type }) => type === 'CommitmentAmended');
  const { focusAreas, undertakings } = document.state.statement;
  const state = {
    ...document.state,
    statement: { ...whole.state.statement, focusAreas, undertakings },
    amendments: whole.state.amendments.filter((_amendment, index) => isTrue(amending[index]!)),
  };
  return { ...document, state };
}
