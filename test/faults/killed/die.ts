import type { Slot } from '../slot.js';
import type { DeadlyServer } from './deadly-server.js';
import type { Fate, Moment } from './moments.js';

/** Milliseconds after which a worker dies that has not met its fate: there was too little to send, or the machine is slow. */
const LONGEST_LIFE = 20_000;

export type When = Moment | 'at any time';

/**
 * Lets the worker that fills the slot live until its fate, kills it, and tells when that was; undefined when `reprieve`
 * comes before.
 */
export function dieOf(
  fate: Fate,
  slot: Pick<Slot<never>, 'end'>,
  server: DeadlyServer,
  reprieve: AbortSignal,
): Promise<When | undefined> {
  return new Promise((resolve, reject) => {
    const timers = [setTimeout(() => die('at any time'), LONGEST_LIFE)];
    const rest = () => {
      timers.forEach(clearTimeout);
      server.isFatal = () => false;
      reprieve.removeEventListener('abort', live);
    };
    const live = () => {
      rest();
      resolve(undefined);
    };
    const die = (when: When) => {
      rest();
      // The signal is sent before this returns.
      slot.end('SIGKILL').then(() => resolve(when), reject);
    };
    reprieve.addEventListener('abort', live);
    let left = 'nth' in fate ? fate.nth : 1;
    server.isFatal = (moment) => {
      if ('after' in fate) {
        if (left-- > 0) timers.push(setTimeout(() => die('at any time'), fate.after));
        return false;
      }
      if (moment !== fate.moment || --left > 0) return false;
      die(moment);
      return true;
    };
  });
}
