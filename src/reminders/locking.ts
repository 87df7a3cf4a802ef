import { type RawBuilder, sql } from 'kysely';

/**
 * A part of a statement named `locked`: the reminders with these ids, locked in the order of their ids. A `patient` statement waits
 * for rows that others hold, such as the planner in the middle of a plan; any other leaves them out. For several mails at a time
 * nothing is waited for: who holds some rows and waits for more can wait for someone who waits for them.
 */
export function locked(ids: RawBuilder<unknown>, patient: boolean) {
  return sql`
    locked as materialized (
      select id, mail_id from reminder where id = any(${ids}) order by id collate "C" for update ${patient ? sql`` : sql`skip locked`}
    )`;
}

/**
 * Asks for several keys at once without waiting for what others hold, and then for each that was left out on its own, patiently.
 * `ask` gives the answers of those whose rows it could lock.
 */
export async function waitingAlone<Key, Answer>(
  keys: readonly Key[],
  ask: (keys: readonly Key[], patient: boolean) => Promise<ReadonlyMap<Key, Answer>>,
): Promise<Answer[]> {
  const answers = keys.length > 1 ? await ask(keys, false) : new Map<Key, Answer>();
  return Promise.all(
    keys.map(async (key) => (answers.has(key) ? answers.get(key)! : (await ask([key], true)).get(key)!)),
  );
}
