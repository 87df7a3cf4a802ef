import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { type Asking, isSeenBy } from './seen-by.js';
import type { KnownDialogue } from './status-answers.js';

/** Below this number of withheld commitments nothing is said of them (domain.md 6.7). */
const TELL_FROM = 3;

/** How many are withheld, as far as that may be told: a small number would point at one of them. */
export function tellable(withheld: number): number | undefined {
  return withheld >= TELL_FROM ? withheld : undefined;
}

/**
 * Commitments that the parties share and this reader may not see. What one side keeps to itself is no part of the
 * common record, and is not counted for others at all.
 */
export function isWithheldFrom(asking: Asking) {
  return sql`s.level = 'parties' and not ${isSeenBy(asking)}`;
}

/**
 * The values without what names a commitment that the reader may not know of, wherever in them it is named: as a
 * member, in a list, or by something in a list that is about it.
 */
export async function withoutWithheld<Value>(
  db: Database,
  { announcement: { slug }, ...asking }: KnownDialogue,
  values: readonly Value[],
): Promise<Value[]> {
  const named = [...new Set(values.flatMap(textsIn))];
  if (named.length === 0) return [...values];
  const { rows } = await sql<{ id: string }>`
    select commitment as id from commitment_standing s
     where s.log_id = ${slug} and s.commitment = any(${named}) and not ${isSeenBy(asking)}`.execute(db);
  const withheld = new Set(rows.map(({ id }) => id));
  return withheld.size === 0 ? [...values] : values.map((value) => without(withheld, value) as Value);
}

/** What is longer is no id. */
const MAX_ID = 64;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length <= MAX_ID ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

function without(withheld: ReadonlySet<string>, value: unknown): unknown {
  const names = (each: unknown) => typeof each === 'string' && withheld.has(each);
  if (Array.isArray(value)) {
    const isAbout = (each: unknown) =>
      each !== null && typeof each === 'object' && Object.values(each).some(names);
    return value.filter((each) => !names(each) && !isAbout(each)).map((each) => without(withheld, each));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !names(member))
      .map(([name, member]) => [name, without(withheld, member)]),
  );
}
