import type { Waiter } from './arrivals.js';

/** Someone that others wait for. */
export interface Expected {
  /** Settles the waiter as soon as it can say anything, perhaps at once. */
  await(waiter: Waiter): void;
  /** The waiter need not be settled any more. */
  giveUp(waiter: Waiter): void;
}

/** `arrived`: all of them; `set-aside`: some have set the log aside, and the others are there; `late`: there was no time left. */
export type Arrival = 'arrived' | 'set-aside' | 'late';

/**
 * Waits until all `travellers` have handled `log` up to `position` or have set it aside, `timeout` milliseconds at most: one
 * wait, however many they are.
 */
export function arrivalOf(
  travellers: readonly Expected[],
  log: string,
  position: number,
  timeout: number,
): Promise<Arrival> {
  return new Promise((resolve) => {
    let missing = travellers.length;
    let arrival: Arrival = 'arrived';
    const waiter: Waiter = {
      log,
      position,
      settle(arrived) {
        if (!arrived) arrival = 'set-aside';
        if (--missing > 0) return;
        clearTimeout(timer);
        resolve(arrival);
      },
    };
    const timer = setTimeout(() => {
      for (const each of travellers) each.giveUp(waiter);
      resolve('late');
    }, timeout);
    for (const each of travellers) each.await(waiter);
  });
}
