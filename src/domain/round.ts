import { type Day, type PartialDate, isZone, mustHaveBegun, windowOf } from './calendar.js';
import type { Decider } from './decider.js';
import { type Party, partyOf } from './dialogue.js';
import type { Circumstances } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Malformed, NotFound, Refusal } from './refusal.js';

export interface RoundPlan {
  readonly number: number;
  readonly plannedFor: PartialDate;
  /** IANA zone of the place. */
  readonly zone: string;
  readonly place: LanguageMap;
}

export interface RoundHolding {
  readonly on: Day;
  readonly place?: LanguageMap | undefined;
  readonly topics?: LanguageMap | undefined;
}

/** A co-chair as a source names them: a quoted fact, true on the day of the round. */
export interface CoChair {
  readonly party: string;
  readonly name: string;
  readonly office: LanguageMap;
  readonly organisation?: string | undefined;
  readonly note?: LanguageMap | undefined;
}

export type RoundEvent =
  Fact<'RoundScheduled', RoundPlan> | Fact<'RoundHeld', RoundHolding> | Fact<'CoChairNamed', CoChair>;

export type RoundCommand =
  | { readonly type: 'ScheduleRound'; readonly data: RoundPlan }
  | { readonly type: 'HoldRound'; readonly data: RoundHolding }
  | { readonly type: 'NameCoChair'; readonly data: CoChair };

export type RoundState =
  | { readonly status: 'unknown' }
  | { readonly status: 'scheduled' | 'held'; readonly coChairs: readonly string[] };

export interface RoundCircumstances extends Circumstances {
  readonly parties: readonly Party[];
}

export const round: Decider<RoundState, RoundCommand, RoundEvent, RoundCircumstances> = {
  kind: 'round',
  initial: { status: 'unknown' },
  evolve(state, event) {
    if (event.type === 'RoundScheduled') return { status: 'scheduled', coChairs: [] };
    if (state.status === 'unknown') return state;
    if (event.type === 'RoundHeld') return { ...state, status: 'held' };
    return { ...state, coChairs: [...state.coChairs, event.data.party] };
  },
  decide(state, command, { now, parties }) {
    if (command.type === 'ScheduleRound') return scheduleRound(state, command.data);
    if (state.status === 'unknown') throw new NotFound('no-such-round', 'This round has not been scheduled.');
    return command.type === 'HoldRound'
      ? holdRound(state, command.data, now)
      : nameCoChair(state, command.data, parties);
  },
};

function scheduleRound(state: RoundState, plan: RoundPlan): RoundEvent[] {
  if (state.status !== 'unknown') {
    throw new Refusal('round-number-taken', `Round ${plan.number} is already on record.`, '/number');
  }
  windowOf(plan.plannedFor, '/plannedFor');
  if (!isZone(plan.zone))
    throw new Malformed('unknown-zone', `${plan.zone} is not an IANA time zone.`, '/zone');
  return [{ type: 'RoundScheduled', data: plan }];
}

function holdRound(state: RoundState, holding: RoundHolding, now: string): RoundEvent[] {
  if (state.status === 'held') throw new Refusal('round-already-held', 'This round was already held.');
  mustHaveBegun(holding.on, now, '/on');
  return [{ type: 'RoundHeld', data: holding }];
}

function nameCoChair(
  state: RoundState & { coChairs: readonly string[] },
  coChair: CoChair,
  parties: readonly Party[],
): RoundEvent[] {
  partyOf(parties, coChair.party, '/party');
  if (state.coChairs.includes(coChair.party)) {
    throw new Refusal('co-chair-already-named', `${coChair.party} has already named its co-chair.`, '/party');
  }
  return [{ type: 'CoChairNamed', data: coChair }];
}
