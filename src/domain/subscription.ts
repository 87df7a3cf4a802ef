import type { Circumstances, Decider } from './decider.js';
import type { Fact } from './event.js';
import { mustGiveReason, Refusal } from './refusal.js';

/** An event in a log, by its position. */
export interface Place {
  readonly log: string;
  readonly position: number;
}

export type SubscriptionEvent =
  | Fact<'EventSkipped', Place & { readonly subscription: string }>
  | Fact<'LogRetried', Place & { readonly subscription: string }>;

export type SubscriptionCommand =
  | { readonly type: 'SkipEvent'; readonly data: Place & { readonly subscription: string } }
  | {
      readonly type: 'RetryLog';
      readonly data: { readonly subscription: string; readonly log: string };
    };

export interface SubscriptionState {
  /** Events that the subscription does without. */
  readonly skipped: readonly Place[];
}

export interface AroundSubscription extends Circumstances {
  /** Position of the event that the subscription has parked the log at; undefined where it has not. */
  readonly parkedAt: number | undefined;
  readonly reason: string | undefined;
}

/**
 * What operators decided about a subscription of the log, such as a view, that cannot handle an event. That one is
 * skipped is part of the record: whoever folds the view anew leaves out the same.
 */
export const subscription: Decider<
  SubscriptionState,
  SubscriptionCommand,
  SubscriptionEvent,
  AroundSubscription
> = {
  kind: 'subscription',
  initial: { skipped: [] },
  evolve({ skipped }, { type, data: { log, position } }) {
    return type === 'EventSkipped' ? { skipped: [...skipped, { log, position }] } : { skipped };
  },
  decide(_state, { type, data }, { parkedAt, reason }) {
    if (parkedAt === undefined) {
      throw new Refusal('log-not-parked', `${data.subscription} has not parked ${data.log}.`, '/log');
    }
    if (type === 'RetryLog') return [{ type: 'LogRetried', data: { ...data, position: parkedAt } }];
    mustGiveReason(reason, 'Say why the event is skipped.');
    if (data.position !== parkedAt) {
      throw new Refusal(
        'not-parked-there',
        `${data.subscription} has parked ${data.log} at event ${parkedAt}, not at ${data.position}.`,
        '/position',
      );
    }
    return [{ type: 'EventSkipped', data }];
  },
};
