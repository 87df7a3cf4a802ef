import type { Actor } from '../../src/domain/actor.js';
import type { CommitmentCircumstances } from '../../src/domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent, Evidence } from '../../src/domain/commitment/events.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { fold } from '../../src/domain/decider.js';
import { dueFrom } from '../../src/domain/due.js';
import { asked, given, parties } from './scenario.js';

/** Both parties share it; each holds a key. */
export const jointProposal: Proposal = {
  id: 'ENV-3',
  titles: { en: 'Joint soil survey' },
  text: { en: 'The two sides will survey the soil of three pilot districts.' },
  nature: 'joint',
  type: 'action',
  strength: 'political',
  focusAreas: ['soil'],
  undertakings: [{ party: 'IN' }, { party: 'JP' }],
  due: { precision: 'day', day: '2026-03-31' },
};

/** Japan owes it to India, which holds the key. */
export const unilateralProposal: Proposal = {
  ...jointProposal,
  nature: 'unilateral',
  undertakings: [{ party: 'JP' }],
  towards: 'IN',
};

export function proposed(proposal: Proposal): CommitmentEvent {
  return { type: 'CommitmentProposed', data: { ...proposal, due: dueFrom(proposal.due) } };
}

/** A commitment whose text is agreed, with what came after. */
export const open = (proposal: Proposal, ...more: StatedEvent[]) =>
  given(commitment, proposed(proposal), agreed, ...more);

export const agreed: CommitmentEvent = { type: 'CommitmentAgreed', data: { basis: 'joint-document' } };

/** Circumstances in which `actor` speaks. A digest is here the very text of what it stands for. */
export function says(actor: Actor, besides: Partial<CommitmentCircumstances> = {}): CommitmentCircumstances {
  return {
    ...asked,
    parties,
    sources: undefined,
    reason: undefined,
    jointSource: false,
    digestOf: (value) => JSON.stringify(value),
    actor,
    ...besides,
  };
}

/** What a key to a text refers to, as the digest of the tests spells it out. */
export function textShown(text = jointProposal.text): string {
  return JSON.stringify({ text, due: jointProposal.due });
}

/** What a key to a delivery refers to: who claims what by which bytes. */
export function shown(...claims: (readonly [Actor, ...string[]])[]): string {
  return JSON.stringify(
    claims.map(([{ party, id: by }, ...ids]) => ({
      party,
      by,
      rests: ids,
      evidence: ids.map((id) => ({ id, digest: `bytes of ${id}` })),
    })),
  );
}

/** A source with its words. */
export const quoted: CommitmentCircumstances['sources'] = [
  { document: 'jp-readout', quotation: { text: 'will survey', language: 'en', verbatim: true } },
];

export function evidence(id: string, digest = `bytes of ${id}`): Evidence {
  return { id, titles: { en: `Report ${id}` }, digest };
}

export function submitted(party: string, id: string): CommitmentEvent {
  return { type: 'EvidenceSubmitted', data: { party, evidence: evidence(id) } };
}

/** A claim as the person who made it put it on record. */
export function claimed(actor: Actor, evidenceId: string, claimDigest: string, complete: boolean) {
  return {
    type: 'DeliveryClaimed',
    data: { party: actor.party!, evidence: [evidenceId], claimDigest, complete },
    actor,
  } as const;
}

export function attested(actor: Actor, claimDigest: string) {
  return { type: 'DeliveryAttested', data: { party: actor.party!, claimDigest }, actor } as const;
}

/** Something asked of a commitment, and by whom in which circumstances. */
export type Turn = readonly [CommitmentCommand, CommitmentCircumstances];

/** The history that real decisions lead to, each fact with who stated it and when. */
export function played(turns: readonly Turn[], history: readonly StatedEvent[] = []): StatedEvent[] {
  return turns.reduce<StatedEvent[]>(
    (before, [command, around]) => {
      const facts = commitment.decide(fold(commitment, before), command, around);
      const { actor, now } = around;
      return [
        ...before,
        ...facts.map((fact) => ({ ...fact, actor, occurredOn: now.slice(0, 10), recordedAt: now })),
      ];
    },
    [...history],
  );
}
