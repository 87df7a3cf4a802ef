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
  const named = new Set<string>();
  values.forEach((value) => withNames(value, (id) => Boolean(named.add(id))));
  if (named.size === 0) return [...values];
  const { rows } = await sql<{ id: string }>`
    select commitment as id from commitment_standing s
     where s.log_id = ${slug} and s.commitment = any(${[...named]}) and not ${isSeenBy(asking)}`.execute(db);
  const withheld = new Set(rows.map(({ id }) => id));
  if (withheld.size === 0) return [...values];
  return values.map((value) => withNames(value, (id) => !withheld.has(id)) as Value);
}

/** Members by which documents and events name other commitments. */
const naming = ['commitments', 'carryOver', 'lapsed', 'successors', 'into'];

/**
 * The value with those ids only that are to be kept, where it names commitments. What merely is spelled like one stays: who
 * chose the id of a commitment that is withheld later would take a party, a day or a state out of what others read.
 */
function withNames(value: unknown, keep: (id: string) => boolean, supersedes = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withNames(each, keep));
  if (value === null || typeof value !== 'object') return value;
  const { type, decision } = value as { type?: unknown; decision?: unknown };
  const tells = type === 'CommitmentSuperseded' || decision === 'CommitmentSuperseded';
  return Object.fromEntries(
    Object.entries(value).flatMap<[string, unknown]>(([name, member]) => {
      // Of other events `by` names parties.
      if (!naming.includes(name) && !(supersedes && name === 'by'))
        return [[name, withNames(member, keep, tells)]];
      if (Array.isArray(member)) return [[name, member.filter(keep)]];
      return keep(member as string) ? [[name, member]] : [];
    }),
  );
}
