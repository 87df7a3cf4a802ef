import { isZone, mustHaveBegun, type PartialDate } from './calendar.js';
import type { Circumstances, Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Malformed, mustGiveReason, NotFound, Refusal } from './refusal.js';
import { mustBeOrdered, type ReminderPolicy } from './reminder-policy.js';
import { type VerificationRule, verificationRuleFrom } from './verification-rule.js';

/** A government or organisation that takes part and can hold a key. */
export interface Party {
  /** Short code within the dialogue, for a state its ISO 3166 alpha-2 code. */
  readonly code: string;
  readonly names: LanguageMap;
  /** IANA zone in which the party's days end. */
  readonly zone: string;
}

/** A party that takes part or did: what it undertook before it left stays its own. */
export interface KnownParty extends Party {
  /** When it left; absent while it takes part. */
  readonly left?: PartialDate | undefined;
}

export interface Announcement {
  readonly slug: string;
  readonly titles: LanguageMap;
  readonly parties: readonly Party[];
  readonly level: string;
  readonly cadence?: string | undefined;
  /** The partnership or treaty that the dialogue belongs to. */
  readonly umbrella?: LanguageMap | undefined;
  /** Who takes part besides the co-chairs, in general words. */
  readonly participants?: LanguageMap | undefined;
  /** Where and on what occasion it was announced. */
  readonly announcedAt?: LanguageMap | undefined;
  /** True for an example that never happened; pages say so wherever it is shown. */
  readonly invented: boolean;
}

export interface Departure {
  readonly code: string;
  readonly on: PartialDate;
}

export interface Conclusion {
  readonly on: PartialDate;
}

/** A dialogue as it stands. */
export interface Dialogue extends Announcement {
  /** All that take part or ever did. */
  readonly parties: readonly KnownParty[];
  /** In the order in which they were set. */
  readonly verificationRules?: readonly VerificationRule[] | undefined;
  /** The one set last; absent while the default holds. */
  readonly reminderPolicy?: ReminderPolicy | undefined;
  readonly concluded?: (Conclusion & { readonly reason?: string | undefined }) | undefined;
}

export type DialogueEvent =
  | Fact<'DialogueAnnounced', Announcement>
  | Fact<'PartyJoined', Party>
  | Fact<'PartyLeft', Departure>
  | Fact<'CadenceChanged', { readonly cadence: string }>
  | Fact<'VerificationRuleSet', VerificationRule>
  | Fact<'ReminderPolicySet', ReminderPolicy>
  | Fact<'DialogueConcluded', Conclusion>;

export type DialogueCommand =
  | { readonly type: 'AnnounceDialogue'; readonly data: Announcement }
  | { readonly type: 'JoinDialogue'; readonly data: Party }
  | { readonly type: 'LeaveDialogue'; readonly data: Departure }
  | { readonly type: 'ChangeCadence'; readonly data: { readonly cadence: string } }
  | { readonly type: 'SetVerificationRule'; readonly data: VerificationRule }
  | { readonly type: 'SetReminderPolicy'; readonly data: ReminderPolicy }
  | { readonly type: 'ConcludeDialogue'; readonly data: Conclusion };

export type DialogueState = Dialogue | undefined;

export interface DialogueCircumstances extends Circumstances {
  readonly reason: string | undefined;
}

/** A dialogue event with why it was stated: readers ask why a dialogue ended. */
type StatedEvent = DialogueEvent & { readonly reason?: string | undefined };

/** Slugs that cannot name a dialogue: `registry` is the log of what all dialogues share. */
const reservedSlugs = ['registry'];

export const dialogue: Decider<DialogueState, DialogueCommand, StatedEvent, DialogueCircumstances> = {
  kind: 'dialogue',
  initial: undefined,
  evolve: (state, event) =>
    event.type === 'DialogueAnnounced' ? event.data : state && evolveKnown(state, event),
  decide(state, command, { now, reason }) {
    if (command.type === 'AnnounceDialogue') return announce(state, command.data);
    if (!state) throw new NotFound('no-such-dialogue', 'There is no such dialogue.');
    mustBeOngoing(state);
    switch (command.type) {
      case 'JoinDialogue':
        return join(state, command.data);
      case 'LeaveDialogue':
        return leave(state, command.data, now);
      case 'ChangeCadence':
        return changeCadence(state, command.data.cadence);
      case 'SetVerificationRule':
        return [{ type: 'VerificationRuleSet', data: verificationRuleFrom(command.data, now) }];
      case 'SetReminderPolicy':
        mustBeOrdered(command.data);
        return [{ type: 'ReminderPolicySet', data: command.data }];
      case 'ConcludeDialogue':
        mustGiveReason(reason, 'Say why the dialogue is concluded.');
        mustHaveBegun(command.data.on, now, '/on');
        return [{ type: 'DialogueConcluded', data: command.data }];
    }
  },
};

function evolveKnown(state: Dialogue, event: StatedEvent): Dialogue {
  const others = (code: string) => state.parties.filter((party) => party.code !== code);
  switch (event.type) {
    case 'DialogueAnnounced':
      return state;
    case 'PartyJoined':
      return { ...state, parties: [...others(event.data.code), event.data] };
    case 'PartyLeft': {
      const { code, on: left } = event.data;
      return {
        ...state,
        parties: state.parties.map((party) => (party.code === code ? { ...party, left } : party)),
      };
    }
    case 'CadenceChanged':
      return { ...state, cadence: event.data.cadence };
    case 'VerificationRuleSet':
      return { ...state, verificationRules: [...(state.verificationRules ?? []), event.data] };
    case 'ReminderPolicySet':
      return { ...state, reminderPolicy: event.data };
    case 'DialogueConcluded':
      return { ...state, concluded: { ...event.data, reason: event.reason } };
  }
}

function announce(state: DialogueState, data: Announcement): DialogueEvent[] {
  if (state) {
    throw new Refusal(
      'dialogue-already-announced',
      `The dialogue ${data.slug} is already on record.`,
      '/slug',
    );
  }
  if (reservedSlugs.includes(data.slug)) {
    throw new Malformed('slug-reserved', `"${data.slug}" cannot name a dialogue.`, '/slug');
  }
  if (new Set(data.parties.map((party) => party.code)).size < data.parties.length) {
    throw new Malformed('party-named-twice', 'Each party is named once, with a code of its own.', '/parties');
  }
  if (data.parties.length < 2) {
    throw new Malformed('too-few-parties', 'A dialogue has at least two parties.', '/parties');
  }
  data.parties.forEach((party, index) => mustBeZone(party.zone, `/parties/${index}/zone`));
  return [{ type: 'DialogueAnnounced', data }];
}

function join(state: Dialogue, party: Party): DialogueEvent[] {
  if (partiesNow(state).some(({ code }) => code === party.code)) {
    throw new Refusal('already-a-party', `${party.code} is already a party of this dialogue.`, '/code');
  }
  mustBeZone(party.zone, '/zone');
  return [{ type: 'PartyJoined', data: party }];
}

/** Whether a party still owes something stands in other streams: it may leave, and owes it all the same. */
function leave(state: Dialogue, departure: Departure, now: string): DialogueEvent[] {
  const present = partiesNow(state);
  partyOf(present, departure.code, '/code');
  mustHaveBegun(departure.on, now, '/on');
  if (present.length <= 2) {
    throw new Refusal(
      'too-few-parties',
      'A dialogue has at least two parties; conclude it instead.',
      '/code',
    );
  }
  return [{ type: 'PartyLeft', data: departure }];
}

function changeCadence(state: Dialogue, cadence: string): DialogueEvent[] {
  if (state.cadence === cadence) {
    throw new Refusal('cadence-unchanged', `The dialogue meets "${cadence}" already.`, '/cadence');
  }
  return [{ type: 'CadenceChanged', data: { cadence } }];
}

function mustBeZone(zone: string, field: string): void {
  if (!isZone(zone)) throw new Malformed('unknown-zone', `${zone} is not an IANA time zone.`, field);
}

/** Those that take part: whoever left can no longer undertake anything new. */
export function partiesNow({ parties }: Pick<Dialogue, 'parties'>): KnownParty[] {
  return parties.filter(({ left }) => left === undefined);
}

/** Refuses anything new in a dialogue that was concluded: 409 `dialogue-concluded`. */
export function mustBeOngoing({ concluded }: Pick<Dialogue, 'concluded'>): void {
  if (!concluded) return;
  throw new Refusal(
    'dialogue-concluded',
    `The dialogue was concluded (${concluded.on}); nothing new is recorded in it.`,
  );
}

/** The party with this code, or a {@link NotFound} that names the field at fault. */
export function partyOf(parties: readonly Party[], code: string, field: string): Party {
  const party = parties.find((each) => each.code === code);
  if (party) return party;
  throw new NotFound(
    'unknown-party',
    `${code} is not a party of this dialogue (${parties.map((each) => each.code).join(', ')}).`,
    field,
  );
}
