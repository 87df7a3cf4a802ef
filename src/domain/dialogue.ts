import { isZone } from './calendar.js';
import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Malformed, NotFound, Refusal } from './refusal.js';

/** A government or organisation that takes part and can hold a key. */
export interface Party {
  /** Short code within the dialogue, for a state its ISO 3166 alpha-2 code. */
  readonly code: string;
  readonly names: LanguageMap;
  /** IANA zone in which the party's days end. */
  readonly zone: string;
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

export type DialogueEvent = Fact<'DialogueAnnounced', Announcement>;
export type DialogueCommand = { readonly type: 'AnnounceDialogue'; readonly data: Announcement };

export type DialogueState = { readonly announced: false } | ({ readonly announced: true } & Announcement);

/** Slugs that cannot name a dialogue: `registry` is the log of what all dialogues share. */
const reservedSlugs = ['registry'];

export const dialogue: Decider<DialogueState, DialogueCommand, DialogueEvent> = {
  kind: 'dialogue',
  initial: { announced: false },
  evolve: (_state, event) => ({ announced: true, ...event.data }),
  decide(state, { data }) {
    if (state.announced) {
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
      throw new Malformed(
        'party-named-twice',
        'Each party is named once, with a code of its own.',
        '/parties',
      );
    }
    if (data.parties.length < 2) {
      throw new Malformed('too-few-parties', 'A dialogue has at least two parties.', '/parties');
    }
    data.parties.forEach((party, index) => {
      if (!isZone(party.zone)) {
        throw new Malformed(
          'unknown-zone',
          `${party.zone} is not an IANA time zone.`,
          `/parties/${index}/zone`,
        );
      }
    });
    return [{ type: 'DialogueAnnounced', data }];
  },
};

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
