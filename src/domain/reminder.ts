import type { Day } from './calendar.js';
import type { Decider } from './decider.js';
import type { Fact } from './event.js';
import { Refusal } from './refusal.js';

/** One reminder of one recipient, who is a reference into the directory, never an address. */
export interface ReminderNamed {
  readonly id: string;
  readonly commitment: string;
  readonly step: string;
  readonly dueVersion: number;
  readonly recipient: string;
  readonly party: string;
}

/** Why a mail server or we gave a reminder up; what a server said stays out of the log, since it may quote an address. */
export interface Failure {
  /** Reply code of the mail server (RFC 5321, section 4.2), where it gave one. */
  readonly code?: number | undefined;
  readonly why: 'refused' | 'gave-up' | 'malformed' | 'too-late';
}

export type ReminderEvent =
  | Fact<'ReminderSent', ReminderNamed & { readonly late?: boolean | undefined }>
  | Fact<'ReminderUncertain', ReminderNamed>
  | Fact<'ReminderFailed', ReminderNamed & Failure>
  | Fact<'EscalationRaised', ReminderNamed & { readonly late?: boolean | undefined }>
  | Fact<'ReminderAcknowledged', ReminderNamed>
  | Fact<'ReminderSnoozed', ReminderNamed & { readonly until: Day }>
  | Fact<'ReminderHandedOver', ReminderNamed & { readonly to: string }>;

export type ReminderCommand =
  | { readonly type: 'RecordReminderSent'; readonly data: ReminderNamed & { readonly late?: boolean } }
  | { readonly type: 'RecordReminderUncertain'; readonly data: ReminderNamed }
  | { readonly type: 'RecordReminderFailed'; readonly data: ReminderNamed & Failure }
  | { readonly type: 'RaiseEscalation'; readonly data: ReminderNamed & { readonly late?: boolean } }
  | { readonly type: 'AcknowledgeReminder'; readonly data: ReminderNamed }
  | { readonly type: 'SnoozeReminder'; readonly data: ReminderNamed & { readonly until: Day } }
  | { readonly type: 'HandOverReminder'; readonly data: ReminderNamed & { readonly to: string } };

/** How often one step can be put off (domain.md 7). */
export const MAX_SNOOZES = 2;

interface ReminderState {
  readonly sent: boolean;
  readonly failed: boolean;
  readonly acknowledged: boolean;
  readonly snoozed: number;
  readonly handedTo: string | undefined;
}

/** An escalation is for those above: it is answered, not put off. */
export function isEscalation(step: string): boolean {
  return step.startsWith('escalation-') || step.startsWith('round-');
}

export const reminder: Decider<ReminderState, ReminderCommand, ReminderEvent> = {
  kind: 'reminder',
  initial: { sent: false, failed: false, acknowledged: false, snoozed: 0, handedTo: undefined },
  evolve(state, event) {
    switch (event.type) {
      case 'ReminderSent':
      case 'EscalationRaised':
        return { ...state, sent: true };
      case 'ReminderFailed':
        return { ...state, failed: true };
      case 'ReminderUncertain':
        return state;
      case 'ReminderAcknowledged':
        return { ...state, acknowledged: true };
      case 'ReminderSnoozed':
        return { ...state, snoozed: state.snoozed + 1, sent: false };
      case 'ReminderHandedOver':
        return { ...state, handedTo: event.data.to };
    }
  },
  /** Asking again after the fact yields nothing: a worker that dies between sending and recording simply repeats itself. */
  decide(state, command) {
    switch (command.type) {
      case 'RecordReminderSent':
        return state.sent ? [] : [{ type: 'ReminderSent', data: command.data }];
      case 'RaiseEscalation':
        return state.sent ? [] : [{ type: 'EscalationRaised', data: command.data }];
      case 'RecordReminderUncertain':
        return [{ type: 'ReminderUncertain', data: command.data }];
      case 'RecordReminderFailed':
        return state.failed ? [] : [{ type: 'ReminderFailed', data: command.data }];
      case 'AcknowledgeReminder':
        return state.acknowledged ? [] : [{ type: 'ReminderAcknowledged', data: command.data }];
      case 'SnoozeReminder':
        mustBeSnoozable(state, command.data.step);
        return [{ type: 'ReminderSnoozed', data: command.data }];
      case 'HandOverReminder':
        return state.handedTo === command.data.to ? [] : [{ type: 'ReminderHandedOver', data: command.data }];
    }
  },
};

function mustBeSnoozable({ snoozed }: ReminderState, step: string): void {
  if (isEscalation(step))
    throw new Refusal('escalation-not-snoozed', 'An escalation cannot be put off; it ends with an answer.');
  if (snoozed >= MAX_SNOOZES)
    throw new Refusal('snoozed-twice', 'This reminder was put off twice; it cannot be put off again.');
}
