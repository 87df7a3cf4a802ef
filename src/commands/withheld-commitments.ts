import {
  confidentialityAt,
  secrecyAfter,
  secrecyEvents,
  type Secrecy,
} from '../domain/commitment/secrecy.js';
import { maySee, type Reader } from '../domain/confidentiality.js';
import type { Database } from '../event-store/database.js';
import { readStreams } from '../event-store/read.js';

/**
 * Those of `commitments`, ids in one log, that `reader` may not see at the instant `now`, as the log has it; without a
 * reader all but what is public. One that does not exist is among them.
 */
export async function withheldCommitments(
  db: Database,
  log: string,
  commitments: readonly string[],
  reader: Reader,
  now: string,
): Promise<Set<string>> {
  if (commitments.length === 0) return new Set();
  const streams = commitments.map((id) => `commitment-${id}`);
  const secrecies = new Map<string, Secrecy | undefined>();
  for (const event of await readStreams(db, log, streams, secrecyEvents)) {
    secrecies.set(event.stream, secrecyAfter(secrecies.get(event.stream), event as never));
  }
  return new Set(
    commitments.filter((id) => {
      const secrecy = secrecies.get(`commitment-${id}`);
      return !secrecy || !maySee(reader, confidentialityAt(secrecy, now));
    }),
  );
}
