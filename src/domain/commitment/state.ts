import { type Actor, mustSpeakFor } from '../actor.js';
import type { Day, PartialDate } from '../calendar.js';
import type { Restriction } from '../confidentiality.js';
import type { Due } from '../due.js';
import { Forbidden, Refusal } from '../refusal.js';
import type { Assessment, CriterionJudged, Dispute, Evidence, ExtensionTerms, Rewording } from './events.js';
import type { CommitmentStatus } from './life-cycle.js';
import type { ReasonCode } from './reasons.js';
import type { Secrecy } from './secrecy.js';
import type { Statement, Translation, Undertaking } from './statement.js';

export interface Claim {
  readonly party: string;
  /** The person who claimed, by reference; the same person may not turn a key. */
  readonly by: string;
  readonly evidence: readonly string[];
}

/** A party's confirmation of a text or of a delivery, as it stood at one revision; stale at any later one. */
export interface Key {
  readonly party: string;
  readonly by: string;
  readonly revision: number;
}

/** One step in the life of a due date; all of them are kept (domain.md 6.5). */
export interface DueChange {
  readonly how: 'agreed' | 'set' | 'resolved' | 'extended' | 'brought-forward' | 'reopened';
  readonly due: Due;
  /** When it took effect, and when it was recorded. */
  readonly on: PartialDate;
  readonly recordedAt: string;
  readonly askedBy?: string | undefined;
  readonly grantedBy?: string | undefined;
  readonly reasonCode?: ReasonCode | undefined;
}

/** Time in which nothing was owed: claimed and not declined, or ended and not taken up again. */
export interface Rest {
  readonly from: PartialDate;
  readonly until?: PartialDate | undefined;
}

/** What the rules need to remember of a commitment's history. */
export interface Commitment {
  readonly status: CommitmentStatus;
  /** The statement as proposed and since corrected, grouped and assigned as now. */
  readonly statement: Statement;
  /** Changes of the words from a day on, in the order they were decided. */
  readonly amendments: readonly { readonly from: Day; readonly changes: Rewording }[];
  readonly translations: readonly (Translation & { readonly revision: number })[];
  readonly text: {
    /** Counts changes of the words: a key refers to the words of one revision. */
    readonly revision: number;
    /** Who put the words on record, by reference. */
    readonly by: string;
    readonly keys: readonly Key[];
    readonly objections: readonly string[];
  };
  /** Parties that have put it forward, confirmed its text or objected to it, in the order in which they did. */
  readonly voices: readonly string[];
  readonly agreed: boolean;
  readonly due: {
    readonly current: Due;
    /** First agreed; never changes. */
    readonly baseline?: Due | undefined;
    readonly changes: readonly DueChange[];
    /** Number of the round that "next round" was resolved by. */
    readonly round?: number | undefined;
    readonly rests: readonly Rest[];
    readonly request?: (ExtensionTerms & { readonly grantedBy: readonly string[] }) | undefined;
  };
  readonly delivery: {
    /** Counts changes of claims and evidence: a key refers to one revision. */
    readonly revision: number;
    readonly evidence: readonly (Evidence & {
      readonly party: string;
      /** Who may read it, where fewer may than read the commitment. */
      readonly confidentiality?: Restriction | undefined;
    })[];
    readonly claims: readonly Claim[];
    readonly keys: readonly Key[];
    /** Latest judgement of each criterion by each party. */
    readonly criteria: readonly (CriterionJudged & { readonly party: string })[];
  };
  readonly disputes: readonly (Dispute & { readonly settled: boolean })[];
  readonly withdrawalProposedBy: readonly string[];
  /** What one side has proposed and the other has not yet answered, by the digest of its terms. */
  readonly proposals: readonly {
    readonly decision: string;
    readonly digest: string;
    readonly by: readonly string[];
  }[];
  readonly successors: readonly string[];
  /** Numbers of the rounds at whose close it was carried over. */
  readonly carriedOver: readonly number[];
  readonly assessments: readonly Assessment[];
  readonly secrecy: Secrecy;
}

/** What says whose a commitment is. */
interface Sided {
  readonly statement: Pick<Statement, 'undertakings' | 'towards'>;
}

/** Codes of the parties that have undertaken something. */
export function responsibleParties({ statement }: Sided): string[] {
  return statement.undertakings.map((undertaking) => undertaking.party);
}

/** Codes of the parties whose word a joint decision takes: those responsible, and the one it is made to. */
export function concernedParties(commitment: Sided): string[] {
  const { towards } = commitment.statement;
  return [...responsibleParties(commitment), ...(towards ? [towards] : [])];
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

/**
 * Refuses an actor who does not answer for the party's share: someone of another party, or of an
 * organisation that neither leads nor supports it.
 */
export function mustAnswerFor(commitment: Commitment, actor: Actor, party: string): void {
  mustBeResponsible(commitment, party);
  mustSpeakFor(actor, party);
  const undertaking = commitment.statement.undertakings.find((each) => each.party === party)!;
  mustHaveAPart(actor, undertaking);
}

/** Refuses an actor bound to an organisation that neither leads nor supports the undertaking. */
export function mustHaveAPart({ organisation }: Actor, { lead, supporting = [] }: Undertaking): void {
  if (organisation && lead !== organisation && !supporting.includes(organisation)) {
    throw new Forbidden(
      'not-your-undertaking',
      `${lead ?? 'No organisation'} leads this undertaking; you answer for ${organisation}, which has no part in it.`,
    );
  }
}

/** Refuses a party that the commitment is nothing to. */
export function mustBeConcerned(commitment: Commitment, party: string): void {
  const concerned = concernedParties(commitment);
  if (!concerned.includes(party)) {
    throw new Refusal(
      'not-concerned',
      `${party} is no side of this commitment; its sides are ${concerned.join(' and ')}.`,
      '/party',
    );
  }
}

/**
 * Refuses a person who turned another party's key to the same thing, in whatever capacity they did: two keys in
 * one hand are one key (domain.md 6.6).
 */
export function mustBeOnlyKeyOf(
  { id }: Actor,
  party: string,
  { keys, revision }: { readonly keys: readonly Key[]; readonly revision: number },
): void {
  if (!keys.some((key) => key.by === id && key.party !== party && key.revision === revision)) return;
  throw new Forbidden('two-keys-in-one-hand', 'You have turned another party’s key to this already.');
}
