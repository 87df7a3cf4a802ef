import type { Circumstance } from '../event.js';
import { mustSpeakFor } from '../actor.js';
import { partyOf } from '../dialogue.js';
import { dueFrom } from '../due.js';
import { Malformed, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentEvent, PartyStatement, Proposal } from './events.js';
import { type Commitment, mustBe, responsibleParties } from './state.js';

/** Puts a statement on record as proposed. It needs a source with its words (domain.md 6.4). */
export function propose(data: Proposal, { parties, sources }: CommitmentCircumstances): CommitmentEvent[] {
  mustBeQuoted(sources);
  data.undertakings.forEach(({ party }, index) => partyOf(parties, party, `/undertakings/${index}/party`));
  const responsible = data.undertakings.map((undertaking) => undertaking.party);
  if (new Set(responsible).size < responsible.length) {
    throw new Malformed('undertaking-twice', 'Each party has one undertaking.', '/undertakings');
  }
  if (data.nature === 'joint') {
    if (responsible.length < 2) {
      throw new Malformed(
        'joint-by-one',
        'A joint commitment has an undertaking of at least two parties.',
        '/undertakings',
      );
    }
    if (data.towards)
      throw new Malformed(
        'joint-towards',
        'Only a unilateral commitment is made towards a party.',
        '/towards',
      );
  } else {
    if (responsible.length !== 1) {
      throw new Malformed(
        'unilateral-by-many',
        'A unilateral commitment has exactly one undertaking.',
        '/undertakings',
      );
    }
    if (!data.towards) {
      throw new Malformed(
        'towards-missing',
        'Say to which party it is made: that party holds the key.',
        '/towards',
      );
    }
    partyOf(parties, data.towards, '/towards');
    if (responsible.includes(data.towards)) {
      throw new Malformed('towards-itself', 'A party cannot hold the key to its own commitment.', '/towards');
    }
  }
  return [{ type: 'CommitmentProposed', data: { ...data, due: dueFrom(data.due) } }];
}

/** One party's key to the text: these are the words we agreed to. */
export function confirmText(
  commitment: Commitment,
  { party }: PartyStatement,
  { actor, parties }: CommitmentCircumstances,
): CommitmentEvent[] {
  partyOf(parties, party, '/party');
  mustSpeakFor(actor, party);
  mustBe(commitment, ['proposed'], 'confirmed in its text');
  if (commitment.textConfirmedBy.includes(party)) {
    throw new Refusal('text-already-confirmed', `${party} has already confirmed the text.`, '/party');
  }
  return [{ type: 'CommitmentTextConfirmed', data: { party } }];
}

/**
 * Records the text as agreed: by a document all parties put their name to, or because every party whose
 * word it is has confirmed it. One side's readout is not enough (domain.md 6.4).
 */
export function agree(commitment: Commitment, { jointSource }: CommitmentCircumstances): CommitmentEvent[] {
  mustBe(commitment, ['proposed'], 'agreed');
  if (jointSource) return [{ type: 'CommitmentAgreed', data: { basis: 'joint-document' } }];
  const missing = responsibleParties(commitment).filter(
    (party) => !commitment.textConfirmedBy.includes(party),
  );
  if (missing.length > 0) {
    throw new Refusal(
      'text-not-confirmed',
      `The text rests on one side's word: cite a joint document, or let ${missing.join(' and ')} confirm it first.`,
    );
  }
  return [{ type: 'CommitmentAgreed', data: { basis: 'confirmed-by-every-party' } }];
}

function mustBeQuoted(sources: Circumstance['sources']): void {
  if (!sources?.some((source) => source.quotation)) {
    throw new Malformed(
      'quotation-missing',
      'A commitment comes from somewhere: give at least one source document with its words.',
      '/sources',
    );
  }
}
