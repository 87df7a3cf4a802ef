import type { Decider } from './decider.js';
import type { Fact } from './event.js';

/** One reminder as it went out. The recipient is a reference into the directory, never an address. */
export interface SentReminder {
  readonly id: string;
  readonly commitment: string;
  readonly step: string;
  readonly dueVersion: number;
  readonly recipient: string;
  readonly party: string;
}

export type ReminderEvent = Fact<'ReminderSent', SentReminder>;
export type ReminderCommand = { readonly type: 'RecordReminderSent'; readonly data: SentReminder };

export const reminder: Decider<{ sent: boolean }, ReminderCommand, ReminderEvent> = {
  kind: 'reminder',
  initial: { sent: false },
  evolve: () => ({ sent: true }),
  /** Asking again after the fact yields nothing: a worker that dies between sending and recording simply repeats itself. */
  decide: (state, { data }) => (state.sent ? [] : [{ type: 'ReminderSent', data }]),
};
