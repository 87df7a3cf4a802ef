import { fold } from '../domain/decider.js';
import type { Recorded } from '../domain/event.js';
import { subscription as decider, type SubscriptionEvent } from '../domain/subscription.js';
import type { Database } from './database.js';
import { readEntry } from './entry.js';
import { readStream } from './read.js';
import { REGISTRY } from './registry.js';

/** Stream of what was decided about a subscription. */
export function streamOf(subscription: string): string {
  return `${decider.kind}-${subscription}`;
}

/** Positions in a log of the events that a subscription does without, as the record says; whoever rebuilds it leaves out the same. */
export async function skippedBy(
  db: Database,
  subscription: string,
  log: string,
): Promise<ReadonlySet<number>> {
  const decided = await readStream(db, REGISTRY, streamOf(subscription));
  const { skipped } = fold(decider, decided as unknown as SubscriptionEvent[]);
  return new Set(skipped.filter((each) => each.log === log).map(({ position }) => position));
}

/** Everything that was decided about parked logs, the oldest first. */
export async function decisionsOnParked(db: Database): Promise<readonly Recorded<SubscriptionEvent>[]> {
  const rows = await db
    .selectFrom('event')
    .select(['entry', 'position', 'recorded_at'])
    .where('log_id', '=', REGISTRY)
    .where('stream_id', 'like', `${decider.kind}-%`)
    .orderBy('position')
    .execute();
  return rows.map((row) => readEntry(row) as Recorded<SubscriptionEvent>);
}
