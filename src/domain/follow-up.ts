import { type PartialDate, mustHaveBegun, windowOf } from './calendar.js';
import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { NotFound, Refusal } from './refusal.js';

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

export interface FollowUpHolding {
  readonly on: PartialDate;
  readonly subject?: LanguageMap | undefined;
  readonly with: readonly Attendee[];
}

/** What a follow-up is about, repeated on every event of it, so that each can be found from either side. */
type Subjects = Pick<FollowUpPlan, 'commitments' | 'focusAreas'>;

export type FollowUpEvent =
  Fact<'FollowUpScheduled', FollowUpPlan> | Fact<'FollowUpHeld', FollowUpHolding & Subjects>;

export type FollowUpCommand =
  | { readonly type: 'ScheduleFollowUp'; readonly data: FollowUpPlan }
  | { readonly type: 'HoldFollowUp'; readonly data: FollowUpHolding };

export type FollowUpState =
  { readonly status: 'unknown' } | ({ readonly status: 'scheduled' | 'held' } & Subjects);

export const followUp: Decider<FollowUpState, FollowUpCommand, FollowUpEvent> = {
  kind: 'follow-up',
  initial: { status: 'unknown' },
  evolve: (_state, { type, data: { commitments, focusAreas } }) => ({
    status: type === 'FollowUpScheduled' ? 'scheduled' : 'held',
    commitments,
    focusAreas,
  }),
  decide(state, command, { now }) {
    if (command.type === 'ScheduleFollowUp') {
      if (state.status !== 'unknown') {
        throw new Refusal(
          'follow-up-already-scheduled',
          `A follow-up ${command.data.id} is already on record.`,
          '/id',
        );
      }
      if (command.data.plannedFor) windowOf(command.data.plannedFor, '/plannedFor');
      return [{ type: 'FollowUpScheduled', data: command.data }];
    }
    if (state.status === 'unknown')
      throw new NotFound('no-such-follow-up', 'This follow-up has not been scheduled.');
    if (state.status === 'held')
      throw new Refusal('follow-up-already-held', 'This follow-up was already held.');
    mustHaveBegun(command.data.on, now, '/on');
    const { commitments, focusAreas } = state;
    return [{ type: 'FollowUpHeld', data: { ...command.data, commitments, focusAreas } }];
  },
};
