import { sql } from 'kysely';
import type { Database } from './database.js';

/** A log that has grown beyond a subscription's checkpoint. */
interface Behind {
  readonly subscription: string;
  readonly log: string;
  /** Where the log ended. */
  readonly head: number;
}

/**
 * Which logs have grown beyond which checkpoints, those apart that are parked and not to be tried again yet. It
 * compares heads with checkpoints and looks at no event: with everybody caught up it costs the same whatever the length of the
 * logs.
 */
export async function whoIsBehind(db: Database, subscriptions: readonly string[]): Promise<Behind[]> {
  const { rows } = await behindQuery(subscriptions).execute(db);
  return rows;
}

/** The question of {@link whoIsBehind}. */
export const behindQuery = (subscriptions: readonly string[]) => sql<Behind>`
  select s.name as subscription, h.log_id as log, h.position as head
    from unnest(${subscriptions}::text[]) as s (name)
   cross join log_head h
    left join checkpoint c on c.subscription = s.name and c.log_id = h.log_id
   where h.position > coalesce(c.position, 0) and (c.parked_at is null or c.retry_at <= now())
   order by 1, 2`;

/** How long those who ask wait for others to join them, in milliseconds; followers poll at the same time of the clock. */
const GATHER = 5;

interface Asking {
  readonly subscriptions: Set<string>;
  readonly answer: Promise<readonly Behind[]>;
}

/** Asks for all followers of a process at once: a caught-up process costs one query per poll, however many it has. */
export class Poll {
  private static readonly polls = new WeakMap<Database, Poll>();
  private asking: Asking | undefined;

  private constructor(private readonly db: Database) {}

  /** The one poll of a database. */
  static of(db: Database): Poll {
    const poll = Poll.polls.get(db) ?? new Poll(db);
    Poll.polls.set(db, poll);
    return poll;
  }

  /** Logs that have grown beyond the subscription's checkpoint. */
  async logsBehind(subscription: string): Promise<readonly Behind[]> {
    this.asking ??= this.ask();
    this.asking.subscriptions.add(subscription);
    const rows = await this.asking.answer;
    return rows.filter((row) => row.subscription === subscription);
  }

  private ask(): Asking {
    const subscriptions = new Set<string>();
    const gathered = new Promise((resolve) => setTimeout(resolve, GATHER));
    const answer = gathered.then(() => {
      this.asking = undefined;
      return whoIsBehind(this.db, [...subscriptions]);
    });
    return { subscriptions, answer };
  }
}
