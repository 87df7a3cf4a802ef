import { type Day, type PartialDate, isZone, mustHaveBegun, windowOf } from './calendar.js';
import type { Circumstances, Decider } from './decider.js';
import { type Party, partyOf } from './dialogue.js';
import type { Fact, LanguageMap } from './event.js';
import { Forbidden, Malformed, mustGiveReason, NotFound, Refusal } from './refusal.js';
import { type CarryOver, closeList, type Review, type RoundClose } from './round-close.js';

export interface RoundPlan {
  readonly number: number;
  readonly plannedFor: PartialDate;
  /** IANA zone of the place. */
  readonly zone: string;
  readonly place: LanguageMap;
}

/** A new time, and a new place where that changes, too. */
export interface RoundMove {
  readonly plannedFor: PartialDate;
  readonly zone?: string | undefined;
  readonly place?: LanguageMap | undefined;
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

export interface Adoption {
  /** Id of a registered source document that all parties put their name to. */
  readonly document: string;
}

export type RoundEvent =
  | Fact<'RoundScheduled', RoundPlan>
  | Fact<'RoundRescheduled', RoundMove>
  | Fact<'RoundPostponed', Record<string, never>>
  | Fact<'RoundHeld', RoundHolding>
  | Fact<'CoChairNamed', CoChair>
  | Fact<'OutcomeDocumentAdopted', Adoption>
  | Fact<'RoundClosed', RoundClose & CarryOver>
  | Fact<'RoundCancelled', Record<string, never>>;

export type RoundCommand =
  | { readonly type: 'ScheduleRound'; readonly data: RoundPlan }
  | { readonly type: 'RescheduleRound'; readonly data: RoundMove }
  | { readonly type: 'PostponeRound'; readonly data: Record<string, never> }
  | { readonly type: 'HoldRound'; readonly data: RoundHolding }
  | { readonly type: 'NameCoChair'; readonly data: CoChair }
  | { readonly type: 'AdoptOutcomeDocument'; readonly data: Adoption }
  | { readonly type: 'CloseRound'; readonly data: RoundClose }
  | { readonly type: 'CancelRound'; readonly data: Record<string, never> };

export type RoundStatus = 'scheduled' | 'postponed' | 'held' | 'closed' | 'cancelled';

interface Round {
  readonly status: RoundStatus;
  readonly number: number;
  readonly plannedFor: PartialDate;
  readonly heldOn?: Day | undefined;
  /** Parties that have named theirs. */
  readonly coChairs: readonly string[];
  readonly outcomeDocuments: readonly string[];
  /** What its close decided of each open commitment. */
  readonly close?: (RoundClose & CarryOver) | undefined;
}

export type RoundState = { readonly status: 'unknown' } | Round;

export interface RoundCircumstances extends Circumstances {
  readonly parties: readonly Party[];
  readonly reason: string | undefined;
  /** The document that is adopted is one that all parties put their name to. */
  readonly jointDocument: boolean;
  /** One of the cited sources speaks for all parties. */
  readonly jointSource: boolean;
  /** The dialogue's commitments, for a close. */
  readonly review: Review;
}

/** In which states a command is allowed (domain.md 6.2), and how a refusal words it. */
const rules: Readonly<
  Record<Exclude<RoundCommand['type'], 'ScheduleRound'>, { in: readonly RoundStatus[]; words: string }>
> = {
  RescheduleRound: { in: ['scheduled', 'postponed'], words: 'be rescheduled' },
  PostponeRound: { in: ['scheduled'], words: 'be postponed' },
  // What took place is recorded, also when the last that was heard of it was that it would not yet.
  HoldRound: { in: ['scheduled', 'postponed'], words: 'be held' },
  NameCoChair: { in: ['scheduled', 'postponed', 'held', 'closed'], words: 'name a co-chair' },
  // Outcome documents are often signed or published after the session.
  AdoptOutcomeDocument: { in: ['held', 'closed'], words: 'adopt an outcome document' },
  CloseRound: { in: ['held'], words: 'be closed' },
  CancelRound: { in: ['scheduled', 'postponed'], words: 'be cancelled' },
};

export const round: Decider<RoundState, RoundCommand, RoundEvent, RoundCircumstances> = {
  kind: 'round',
  initial: { status: 'unknown' },
  evolve(state, event) {
    if (event.type === 'RoundScheduled') {
      return {
        status: 'scheduled',
        number: event.data.number,
        plannedFor: event.data.plannedFor,
        coChairs: [],
        outcomeDocuments: [],
      };
    }
    return state.status === 'unknown' ? state : evolveKnown(state, event);
  },
  decide(state, command, around) {
    if (command.type === 'ScheduleRound') return schedule(state, command.data);
    if (state.status === 'unknown') throw new NotFound('no-such-round', 'This round has not been scheduled.');
    mustAllow(state.status, command.type);
    switch (command.type) {
      case 'RescheduleRound':
        mustGiveReason(around.reason, 'Say why the round is moved.');
        mustBePlannable(command.data);
        return [{ type: 'RoundRescheduled', data: command.data }];
      case 'PostponeRound':
        mustGiveReason(around.reason, 'Say why the round is postponed.');
        return [{ type: 'RoundPostponed', data: {} }];
      case 'HoldRound':
        mustHaveBegun(command.data.on, around.now, '/on');
        return [{ type: 'RoundHeld', data: command.data }];
      case 'NameCoChair':
        return nameCoChair(state, command.data, around.parties);
      case 'AdoptOutcomeDocument':
        return adopt(state, command.data, around.jointDocument);
      case 'CloseRound':
        return close(state, command.data, around);
      case 'CancelRound':
        mustGiveReason(around.reason, 'Say why the round is cancelled.');
        return [{ type: 'RoundCancelled', data: {} }];
    }
  },
};

function evolveKnown(state: Round, event: Exclude<RoundEvent, Fact<'RoundScheduled'>>): Round {
  switch (event.type) {
    case 'RoundRescheduled':
      return { ...state, status: 'scheduled', plannedFor: event.data.plannedFor };
    case 'RoundPostponed':
      return { ...state, status: 'postponed' };
    case 'RoundHeld':
      return { ...state, status: 'held', heldOn: event.data.on };
    case 'CoChairNamed':
      return { ...state, coChairs: [...state.coChairs, event.data.party] };
    case 'OutcomeDocumentAdopted':
      return { ...state, outcomeDocuments: [...state.outcomeDocuments, event.data.document] };
    case 'RoundClosed':
      return { ...state, status: 'closed', close: event.data };
    case 'RoundCancelled':
      return { ...state, status: 'cancelled' };
  }
}

function schedule(state: RoundState, plan: RoundPlan): RoundEvent[] {
  if (state.status !== 'unknown') {
    throw new Refusal('round-number-taken', `Round ${plan.number} is already on record.`, '/number');
  }
  mustBePlannable(plan);
  return [{ type: 'RoundScheduled', data: plan }];
}

function mustAllow(status: RoundStatus, command: keyof typeof rules): void {
  const rule = rules[command];
  if (rule.in.includes(status)) return;
  throw new Refusal(`round-${status}`, `A round that is ${status} cannot ${rule.words}.`);
}

function mustBePlannable({ plannedFor, zone }: RoundMove): void {
  windowOf(plannedFor, '/plannedFor');
  if (zone && !isZone(zone)) {
    throw new Malformed('unknown-zone', `${zone} is not an IANA time zone.`, '/zone');
  }
}

function nameCoChair(state: Round, coChair: CoChair, parties: readonly Party[]): RoundEvent[] {
  partyOf(parties, coChair.party, '/party');
  if (state.coChairs.includes(coChair.party)) {
    throw new Refusal('co-chair-already-named', `${coChair.party} has already named its co-chair.`, '/party');
  }
  return [{ type: 'CoChairNamed', data: coChair }];
}

function adopt(state: Round, adoption: Adoption, isJoint: boolean): RoundEvent[] {
  if (!isJoint) {
    throw new Refusal(
      'document-not-joint',
      `${adoption.document} is one side’s word, or a third party’s; a round adopts what all parties put their name to, on the word of more than one side.`,
      '/document',
    );
  }
  if (state.outcomeDocuments.includes(adoption.document)) {
    throw new Refusal('outcome-already-adopted', `${adoption.document} was already adopted.`, '/document');
  }
  return [{ type: 'OutcomeDocumentAdopted', data: adoption }];
}

function close(state: Round, closing: RoundClose, around: RoundCircumstances): RoundEvent[] {
  const { actor, now, review, jointSource } = around;
  mustHaveBegun(closing.on, now, '/on');
  if (state.heldOn && closing.on < state.heldOn) {
    throw new Refusal('closed-before-held', `The round was held on ${state.heldOn}, after that day.`, '/on');
  }
  // Else a side would end what it owes by closing the round alone.
  if (closing.lapsed.length > 0 && actor.party && !jointSource) {
    throw new Forbidden(
      'takes-every-side',
      `What lapses is every side’s decision; cite the joint document that says so. You speak for ${actor.party}.`,
      '/lapsed',
    );
  }
  return [{ type: 'RoundClosed', data: { ...closing, ...closeList(state.number, closing.lapsed, review) } }];
}
