import type { Day } from '../calendar.js';
import type { Circumstances } from '../decider.js';
import type { Party } from '../dialogue.js';
import type { Circumstance } from '../event.js';
import type { CommitmentStatus } from './life-cycle.js';

/** What a decision about a commitment knows beside its history. */
export interface CommitmentCircumstances extends Circumstances {
  readonly parties: readonly Party[];
  readonly sources: Circumstance['sources'];
  readonly reason: string | undefined;
  /** One of the cited sources is a document that all parties put their name to, and more than the actor’s side says so. */
  readonly jointSource: boolean;
  /** SHA-256 of the canonical JSON of a value, lower-case hex; handed in because the domain does no hashing. */
  readonly digestOf: (value: unknown) => string;
  /** How other commitments stand that the command names, and what they are succeeded by in the end. */
  readonly others?: ReadonlyMap<string, OtherCommitment>;
  /** The first round after the commitment's own that is not held or cancelled. */
  readonly nextRound?: { readonly number: number; readonly startsOn?: Day | undefined } | undefined;
  /** What the close of the named round decided; absent where it is not closed. */
  readonly close?: { readonly carryOver: readonly string[]; readonly lapsed: readonly string[] } | undefined;
}

export interface OtherCommitment {
  readonly status: CommitmentStatus;
  /** Ids of all that it was superseded by, and those by, and so on. */
  readonly successors: readonly string[];
}
