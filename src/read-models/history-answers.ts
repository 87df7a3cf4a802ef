import { sql } from 'kysely';
import { confidentialityAt, type Secrecy, secrecyAfter } from '../domain/commitment/secrecy.js';
import { isMarked, maySee } from '../domain/confidentiality.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from '../event-store/database.js';
import { readEntry } from '../event-store/entry.js';
import { commitmentHistory } from './commitment-history.js';
import type { KnownDialogue } from './status-answers.js';
import { versionOf } from './views-version.js';
import { withoutWithheld } from './withheld.js';

/**
 * The events that concern a commitment and that the reader may see, oldest first; empty for one that does not exist
 * or that the reader may not see. An event's `version` is its place among those of its stream that the reader may
 * see: a gap would tell of the others.
 */
export async function commitmentEvents(
  db: Database,
  known: KnownDialogue,
  commitment: string,
): Promise<PactaEvent[]> {
  const log = known.announcement.slug;
  // Nothing newer than the view that says who may see what: it would be judged by an older state.
  const { rows } = await sql<{ entry: string; position: number; recorded_at: string }>`
    select e.entry, e.position, e.recorded_at
      from commitment_history h join event e using (log_id, position)
     where h.log_id = ${log} and h.commitment = ${commitment} and h.position <= ${known.position}
     order by h.position`.execute(db);
  const events = rows.map(readEntry);
  const stream = `commitment-${commitment}`;
  const secrecy = events
    .filter((event) => event.stream === stream)
    .reduce<Secrecy | undefined>((before, event) => secrecyAfter(before, event as never), undefined);
  if (!secrecy || !maySee(known.reader, confidentialityAt(secrecy, known.now))) return [];
  const seen = events.filter(({ confidentiality }) => maySee(known.reader, confidentiality));
  return withoutWithheld(db, known, seen.map(inItsPlace(stream)).map(withEvidenceSeen(events, seen)));
}

/** The entity tag of a history: what it leaves out depends on other commitments, too. */
export function historyVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [commitmentHistory]);
}

function inItsPlace(stream: string) {
  let version = 0;
  return (event: PactaEvent): PactaEvent =>
    event.stream === stream ? { ...event, version: ++version } : event;
}

/** A claim names the evidence that it rests on; what of that the reader may not see is left out. */
function withEvidenceSeen(all: readonly PactaEvent[], seen: readonly PactaEvent[]) {
  const unseen = new Set(
    all.flatMap((event) =>
      event.type === 'EvidenceSubmitted' &&
      isMarked(event) &&
      !seen.some(({ position }) => position === event.position)
        ? event.data.evidence.id
        : [],
    ),
  );
  return (event: PactaEvent): PactaEvent =>
    event.type === 'DeliveryClaimed'
      ? { ...event, data: { ...event.data, evidence: event.data.evidence.filter((id) => !unseen.has(id)) } }
      : event;
}
