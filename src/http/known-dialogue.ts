import type { Reader } from '../domain/confidentiality.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { type KnownDialogue, knownDialogue } from '../read-models/status-answers.js';

/** Injection token of the database, as the service's role. */
export const DATABASE = Symbol('database');

/** The dialogue with this slug as `reader` may see it. Throws {@link NotFound}. */
export async function knownOr404(
  db: Database,
  slug: string,
  now: string,
  reader: Reader,
): Promise<KnownDialogue> {
  const known = await knownDialogue(db, slug, now, reader);
  if (known) return known;
  throw new NotFound('no-such-dialogue', `There is no dialogue ${slug}.`);
}
