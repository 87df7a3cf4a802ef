import { confidentialityAt, type PublicationWish } from '../domain/commitment/secrecy.js';
import type { Commitment } from '../domain/commitment/state.js';
import type { Confidentiality } from '../domain/confidentiality.js';

interface SecrecyShown {
  readonly confidentiality: Confidentiality;
  readonly ground?: string;
  /** From then on it is public by itself. */
  readonly embargoUntil?: string;
  readonly publicationAskedBy?: readonly PublicationWish[];
}

/** Who may read it and why others may not, for those who may. */
export function secrecyShown({ secrecy }: Commitment, now: string): SecrecyShown {
  const confidentiality = confidentialityAt(secrecy, now);
  if (confidentiality.level === 'public') return { confidentiality };
  const { ground, until, wishes } = secrecy;
  return {
    confidentiality,
    ...(ground !== undefined && { ground }),
    ...(until !== undefined && { embargoUntil: until }),
    ...(wishes.length > 0 && { publicationAskedBy: wishes }),
  };
}
