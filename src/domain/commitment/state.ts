import type { Restriction } from '../confidentiality.js';
import { Refusal } from '../refusal.js';
import type { CommitmentEvent, DataOf, Evidence } from './events.js';
import type { Secrecy } from './secrecy.js';

export type CommitmentStatus =
  'proposed' | 'agreed' | 'in-progress' | 'delivery-claimed' | 'verified' | 'withdrawn';

/** Agreed and not ended: what the metric "open" counts (domain.md 8). */
export const openStatuses: readonly CommitmentStatus[] = ['agreed', 'in-progress', 'delivery-claimed'];

export interface Claim {
  readonly party: string;
  /** The person who claimed, by reference; the same person may not turn a key. */
  readonly by: string;
  readonly evidence: readonly string[];
}

export interface Key {
  readonly party: string;
  readonly by: string;
}

/** What the rules need to remember of a commitment's history. */
export interface Commitment {
  readonly status: CommitmentStatus;
  readonly proposal: DataOf<CommitmentEvent, 'CommitmentProposed'>;
  readonly textConfirmedBy: readonly string[];
  readonly withdrawalProposedBy: readonly string[];
  readonly evidence: readonly (Evidence & {
    readonly party: string;
    /** Who may read it, where fewer may than read the commitment. */
    readonly confidentiality?: Restriction | undefined;
  })[];
  readonly claims: readonly Claim[];
  /** Digest of the claims and their evidence as last claimed; a key refers to it. */
  readonly claimDigest?: string | undefined;
  readonly keys: readonly Key[];
  readonly secrecy: Secrecy;
}

/** Codes of the parties that have undertaken something. */
export function responsibleParties(commitment: Commitment): string[] {
  return commitment.proposal.undertakings.map((undertaking) => undertaking.party);
}

/** Refuses unless the commitment is in one of `statuses`. `doing` completes "cannot be …". */
export function mustBe(commitment: Commitment, statuses: readonly CommitmentStatus[], doing: string): void {
  if (!statuses.includes(commitment.status)) {
    throw new Refusal(
      `commitment-${commitment.status}`,
      `A commitment that is ${commitment.status.replace('-', ' ')} cannot be ${doing}.`,
    );
  }
}

/** Refuses a party that has no share in the commitment. */
export function mustBeResponsible(commitment: Commitment, party: string): void {
  const responsible = responsibleParties(commitment);
  if (!responsible.includes(party)) {
    throw new Refusal(
      'not-responsible',
      `${party} has undertaken nothing here; responsible: ${responsible.join(', ')}.`,
      '/party',
    );
  }
}
