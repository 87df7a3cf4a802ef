import { addDays, type Day, dayIn, windowOf } from './calendar.js';
import type { Circumstances, Decider } from './decider.js';
import type { Fact } from './event.js';
import { Malformed, Refusal } from './refusal.js';

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
  | {
      readonly type: 'SnoozeReminder';
      readonly data: ReminderNamed & { readonly until: Day };
      /** IANA zone in which the recipient's days are counted. */
      readonly zone: string;
    }
  | { readonly type: 'HandOverReminder'; readonly data: ReminderNamed & { readonly to: string } };

/** What a decision about a reminder rests on besides. */
export interface ReminderCircumstances extends Circumstances {
  /** Last day of the time agreed; undefined where no deadline can pass. */
  readonly end?: Day | undefined;
}

/** How often one step can be put off (domain.md 7). */
export const MAX_SNOOZES = 2;

/** Days for which a reminder of something without an end can be put off at most. */
export const LONGEST_SNOOZE = 30;

export interface ReminderState {
  readonly sent: boolean;
  readonly failed: boolean;
  readonly acknowledged: boolean;
  readonly snoozed: number;
  /** Day to which it is put off; undefined once it came again. */
  readonly snoozedUntil: Day | undefined;
  /** The colleague who has it now. */
  readonly handedTo: string | undefined;
}

/** An escalation is for those above: it is answered, not put off. */
export function isEscalation(step: string): boolean {
  return step.startsWith('escalation-') || step.startsWith('round-');
}

export const reminder: Decider<ReminderState, ReminderCommand, ReminderEvent, ReminderCircumstances> = {
  kind: 'reminder',
  initial: {
    sent: false,
    failed: false,
    acknowledged: false,
    snoozed: 0,
    snoozedUntil: undefined,
    handedTo: undefined,
  },
  evolve(state, event) {
    switch (event.type) {
      case 'ReminderSent':
      case 'EscalationRaised':
        return { ...state, sent: true, snoozedUntil: undefined };
      case 'ReminderFailed':
        return { ...state, failed: true };
      case 'ReminderUncertain':
        return state;
      case 'ReminderAcknowledged':
        return { ...state, acknowledged: true };
      case 'ReminderSnoozed':
        return { ...state, snoozed: state.snoozed + 1, snoozedUntil: event.data.until, sent: false };
      case 'ReminderHandedOver':
        return { ...state, handedTo: event.data.to };
    }
  },
  /** Asking again after the fact yields nothing: a worker that dies between sending and recording simply repeats itself. */
  decide(state, command, around) {
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
        if (state.acknowledged) return [];
        mustBeTheirs(state);
        return [{ type: 'ReminderAcknowledged', data: command.data }];
      case 'SnoozeReminder':
        if (state.snoozedUntil === command.data.until) return [];
        mustBeTheirs(state);
        mustBeSnoozable(state, command.data.step);
        mustBeWithinReach(command.data.until, dayIn(command.zone, around.now), around.end);
        return [{ type: 'ReminderSnoozed', data: command.data }];
      case 'HandOverReminder':
        if (state.handedTo === command.data.to) return [];
        mustBeTheirs(state);
        mustBeAnother(command.data);
        return [{ type: 'ReminderHandedOver', data: command.data }];
    }
  },
};

/**
 * The last day to which a reminder can be put off, seen from `today`: the end of the time agreed or, where there is none,
 * {@link LONGEST_SNOOZE} days on. Undefined when no day is left.
 */
export function lastSnoozeDay(today: Day, end: Day | undefined): Day | undefined {
  const last = end ?? addDays(today, LONGEST_SNOOZE);
  return last > today ? last : undefined;
}

function mustBeTheirs({ handedTo }: ReminderState): void {
  if (handedTo !== undefined)
    throw new Refusal('handed-over', 'This reminder was handed to a colleague, who has it now.');
}

function mustBeSnoozable({ snoozed, acknowledged }: ReminderState, step: string): void {
  if (isEscalation(step))
    throw new Refusal('escalation-not-snoozed', 'An escalation cannot be put off; it ends with an answer.');
  if (acknowledged)
    throw new Refusal(
      'acknowledged',
      'This reminder was acknowledged and does not come again; there is nothing to put off.',
    );
  if (snoozed >= MAX_SNOOZES)
    throw new Refusal('snoozed-twice', 'This reminder was put off twice; it cannot be put off again.');
}

function mustBeWithinReach(until: Day, today: Day, end: Day | undefined): void {
  windowOf(until, '/until');
  if (until <= today)
    throw new Refusal('snooze-not-later', 'A reminder is put off to a day after today.', '/until');
  const last = lastSnoozeDay(today, end);
  if (last === undefined)
    throw new Refusal(
      'snooze-past-end',
      'The time agreed has ended; a reminder of it cannot be put off.',
      '/until',
    );
  if (until <= last) return;
  throw end === undefined
    ? new Refusal('snooze-too-far', `It can be put off by ${LONGEST_SNOOZE} days, to ${last}.`, '/until')
    : new Refusal(
        'snooze-past-end',
        `The time agreed ends on ${last}; it can be put off to that day at most.`,
        '/until',
      );
}

function mustBeAnother({ recipient, to }: { recipient: string; to: string }): void {
  if (to === recipient)
    throw new Malformed('own-reminder', 'A reminder is handed over to someone else.', '/to');
}
