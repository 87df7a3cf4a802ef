import { type PartialDate, mustHaveBegun, mustHaveEnded, windowOf } from './calendar.js';
import type { Circumstances, Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { mustGiveReason, NotFound, Refusal } from './refusal.js';

export const followUpKinds = ['engagement', 'working-level', 'review', 'visit', 'other'] as const;

/** Someone met, as a source names them: a quoted fact. A body without a named person is recorded by its office alone. */
export interface Attendee {
  readonly name?: string | undefined;
  readonly office?: LanguageMap | undefined;
  readonly organisation?: string | undefined;
}

export interface FollowUpPlan {
  readonly id: string;
  readonly kind: (typeof followUpKinds)[number];
  readonly titles: LanguageMap;
  readonly plannedFor?: PartialDate | undefined;
  readonly place?: LanguageMap | undefined;
  /** Number of the round at whose margin it takes place. */
  readonly round?: number | undefined;
  /** Ids of the commitments and codes of the focus areas that it is about; some touch a focus area only. */
  readonly commitments: readonly string[];
  readonly focusAreas: readonly string[];
}

/** A new time, and a new place where that changes, too. */
export interface FollowUpMove {
  readonly plannedFor: PartialDate;
  readonly place?: LanguageMap | undefined;
}

export interface FollowUpHolding {
  readonly on: PartialDate;
  readonly subject?: LanguageMap | undefined;
  readonly with: readonly Attendee[];
}

export interface FollowUpOutcome {
  readonly outcome: LanguageMap;
  readonly nextStep?: LanguageMap | undefined;
}

/** What a follow-up is about, repeated on every event of it, so that each can be found from either side. */
export type FollowUpSubjects = Pick<FollowUpPlan, 'commitments' | 'focusAreas'>;

export type FollowUpEvent =
  | Fact<'FollowUpScheduled', FollowUpPlan>
  | Fact<'FollowUpRescheduled', FollowUpMove & FollowUpSubjects>
  | Fact<'FollowUpHeld', FollowUpHolding & FollowUpSubjects>
  | Fact<'FollowUpOutcomeRecorded', FollowUpOutcome & FollowUpSubjects>
  | Fact<'FollowUpCancelled', FollowUpSubjects>
  | Fact<'FollowUpMissed', FollowUpSubjects>;

export type FollowUpCommand =
  | { readonly type: 'ScheduleFollowUp'; readonly data: FollowUpPlan }
  | { readonly type: 'RescheduleFollowUp'; readonly data: FollowUpMove }
  | { readonly type: 'HoldFollowUp'; readonly data: FollowUpHolding }
  | { readonly type: 'RecordFollowUpOutcome'; readonly data: FollowUpOutcome }
  | { readonly type: 'CancelFollowUp'; readonly data: Record<string, never> }
  | { readonly type: 'RecordFollowUpMissed'; readonly data: Record<string, never> };

export type FollowUpStatus = 'scheduled' | 'held' | 'cancelled' | 'missed';

interface FollowUp extends FollowUpSubjects {
  readonly status: FollowUpStatus;
  readonly plannedFor?: PartialDate | undefined;
}

export type FollowUpState = { readonly status: 'unknown' } | FollowUp;

export interface FollowUpCircumstances extends Circumstances {
  readonly reason: string | undefined;
}

/** In which states a command is allowed (domain.md 6.2), and how a refusal words it. */
const rules: Readonly<
  Record<
    Exclude<FollowUpCommand['type'], 'ScheduleFollowUp'>,
    { in: readonly FollowUpStatus[]; words: string }
  >
> = {
  RescheduleFollowUp: { in: ['scheduled', 'missed'], words: 'be rescheduled' },
  // What took place is recorded, also when it was believed to have been missed.
  HoldFollowUp: { in: ['scheduled', 'missed'], words: 'be held' },
  // More than once: each side may record its own account.
  RecordFollowUpOutcome: { in: ['held'], words: 'have an outcome' },
  CancelFollowUp: { in: ['scheduled', 'missed'], words: 'be cancelled' },
  RecordFollowUpMissed: { in: ['scheduled'], words: 'be missed' },
};

const statusAfter: Readonly<Record<FollowUpEvent['type'], FollowUpStatus>> = {
  FollowUpScheduled: 'scheduled',
  FollowUpRescheduled: 'scheduled',
  FollowUpHeld: 'held',
  FollowUpOutcomeRecorded: 'held',
  FollowUpCancelled: 'cancelled',
  FollowUpMissed: 'missed',
};

export const followUp: Decider<FollowUpState, FollowUpCommand, FollowUpEvent, FollowUpCircumstances> = {
  kind: 'follow-up',
  initial: { status: 'unknown' },
  evolve: (state, { type, data }) => ({
    ...state,
    ...('plannedFor' in data && { plannedFor: data.plannedFor }),
    commitments: data.commitments,
    focusAreas: data.focusAreas,
    status: statusAfter[type],
  }),
  decide(state, command, { now, reason }) {
    if (command.type === 'ScheduleFollowUp') return schedule(state, command.data);
    if (state.status === 'unknown') {
      throw new NotFound('no-such-follow-up', 'This follow-up has not been scheduled.');
    }
    mustAllow(state.status, command.type);
    const { commitments, focusAreas } = state;
    const subjects = { commitments, focusAreas };
    switch (command.type) {
      case 'RescheduleFollowUp':
        windowOf(command.data.plannedFor, '/plannedFor');
        return [{ type: 'FollowUpRescheduled', data: { ...command.data, ...subjects } }];
      case 'HoldFollowUp':
        mustHaveBegun(command.data.on, now, '/on');
        return [{ type: 'FollowUpHeld', data: { ...command.data, ...subjects } }];
      case 'RecordFollowUpOutcome':
        return [{ type: 'FollowUpOutcomeRecorded', data: { ...command.data, ...subjects } }];
      case 'CancelFollowUp':
        mustGiveReason(reason, 'Say why the follow-up is cancelled.');
        return [{ type: 'FollowUpCancelled', data: subjects }];
      case 'RecordFollowUpMissed':
        mustHavePassed(state.plannedFor, now);
        return [{ type: 'FollowUpMissed', data: subjects }];
    }
  },
};

function schedule(state: FollowUpState, plan: FollowUpPlan): FollowUpEvent[] {
  if (state.status !== 'unknown') {
    throw new Refusal('follow-up-already-scheduled', `A follow-up ${plan.id} is already on record.`, '/id');
  }
  if (plan.plannedFor) windowOf(plan.plannedFor, '/plannedFor');
  return [{ type: 'FollowUpScheduled', data: plan }];
}

function mustAllow(status: FollowUpStatus, command: keyof typeof rules): void {
  const rule = rules[command];
  if (rule.in.includes(status)) return;
  throw new Refusal(`follow-up-${status}`, `A follow-up that is ${status} cannot ${rule.words}.`);
}

/** Nobody missed what may still take place: its time has to have passed everywhere. */
function mustHavePassed(plannedFor: PartialDate | undefined, now: string): void {
  if (!plannedFor)
    throw new Refusal('no-planned-time', 'This follow-up has no planned time that could pass.');
  mustHaveEnded(plannedFor, now);
}
