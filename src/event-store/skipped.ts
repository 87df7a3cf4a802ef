import { fold } from '../domain/decider.js';
import type { Recorded } from '../domain/event.js';
import { subscription as decider, type SubscriptionEvent } from '../domain/subscription.js';
import type { Database } from './database.js';
import { headOf, readKind, readStream } from './read.js';
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
  const decided: Recorded<SubscriptionEvent>[] = [];
  for await (const events of readKind(db, REGISTRY, decider.kind, await headOf(db, REGISTRY)))
    decided.push(...(events as unknown as Recorded<SubscriptionEvent>[]));
  return decided;
}
