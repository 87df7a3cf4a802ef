import type { Circumstances } from '../decider.js';
import type { Party } from '../dialogue.js';
import type { Circumstance } from '../event.js';

/** What a decision about a commitment knows beside its history. */
export interface CommitmentCircumstances extends Circumstances {
  readonly parties: readonly Party[];
  readonly sources: Circumstance['sources'];
  readonly reason: string | undefined;
  /** One of the cited sources is a document that all parties put their name to. */
  readonly jointSource: boolean;
  /** SHA-256 of the canonical JSON of a value, lower-case hex; handed in because the domain does no hashing. */
  readonly digestOf: (value: unknown) => string;
}
