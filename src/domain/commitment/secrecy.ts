import type { Confidentiality, Restriction } from '../confidentiality.js';
import type { CommitmentEvent } from './events.js';

/** What one party has said about making a commitment public. */
export interface PublicationWish {
  readonly party: string;
  /** The instant from which; at once when absent. */
  readonly from?: string | undefined;
}

/** Who may read a commitment, and until when. */
export interface Secrecy {
  readonly confidentiality: Confidentiality;
  readonly ground?: string | undefined;
  /** The instant from which it is public by itself. */
  readonly until?: string | undefined;
  /** Parties that would have it public; it takes all that share it. */
  readonly wishes: readonly PublicationWish[];
}

const open: Secrecy = { confidentiality: { level: 'public' }, wishes: [] };

/** Level of whatever has an embargo that has not ended. */
const embargoed: Restriction = { level: 'parties' };

/** The secrecy of a commitment after one more of its events; undefined before it is proposed. */
export function secrecyAfter(
  secrecy: Secrecy | undefined,
  { type, data }: Pick<CommitmentEvent, 'type' | 'data'>,
): Secrecy | undefined {
  const event = { type, data } as CommitmentEvent;
  switch (event.type) {
    case 'CommitmentProposed':
      return secrecy ?? { ...open, ...event.data.classification };
    case 'ConfidentialityChanged':
      return { confidentiality: event.data.confidentiality, ground: event.data.ground, wishes: [] };
    case 'PublicationProposed': {
      if (!secrecy) return undefined;
      const { party, from } = event.data;
      const others = secrecy.wishes.filter((wish) => wish.party !== party);
      const wish = from === undefined ? { party } : { party, from };
      return { ...secrecy, wishes: [...others, wish] };
    }
    case 'EmbargoSet':
      return { ...secrecy, confidentiality: embargoed, until: event.data.until, wishes: [] };
    case 'ReleasedToPublic':
      return open;
    default:
      return secrecy;
  }
}

/** Types of the events that {@link secrecyAfter} looks at. */
export const secrecyEvents: readonly CommitmentEvent['type'][] = [
  'CommitmentProposed',
  'ConfidentialityChanged',
  'PublicationProposed',
  'EmbargoSet',
  'ReleasedToPublic',
];

/** Who may read it at the instant `now`: an embargo ends by the clock, and nothing records that it did. */
export function confidentialityAt({ confidentiality, until }: Secrecy, now: string): Confidentiality {
  return until !== undefined && Date.parse(now) >= Date.parse(until) ? open.confidentiality : confidentiality;
}
