import { mustSpeakFor } from '../actor.js';
import { partyOf } from '../dialogue.js';
import { dueFrom } from '../due.js';
import type { Circumstance } from '../event.js';
import { Forbidden, Malformed, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf } from './events.js';
import type { Proposal } from './statement.js';
import {
  type Commitment,
  mustBeConcerned,
  mustBeOnlyKeyOf,
  mustHaveAPart,
  responsibleParties,
} from './state.js';
import { latestWording, mustNameCriteriaOnce } from './wording.js';

/** Puts a statement on record as proposed. It needs a source with its words (domain.md 6.4). */
export function propose(
  data: Proposal,
  { actor, parties, sources }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustBeQuoted(sources);
  data.undertakings.forEach(({ party }, index) => partyOf(parties, party, `/undertakings/${index}/party`));
  const responsible = data.undertakings.map((undertaking) => undertaking.party);
  if (new Set(responsible).size < responsible.length) {
    throw new Malformed('undertaking-twice', 'Each party has one undertaking.', '/undertakings');
  }
  const own = data.undertakings.find(({ party }) => party === actor.party);
  if (own) mustHaveAPart(actor, own);
  mustNameCriteriaOnce(data);
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

/**
 * One party's key to the text: these are the words we agreed to. It refers to the words as they were shown, by
 * their digest, and is never turned by the person who put them on record (domain.md 6.6).
 */
export function confirmText(
  commitment: Commitment,
  { party, textDigest }: DataOf<CommitmentCommand, 'ConfirmCommitmentText'>,
  { actor, parties, digestOf }: CommitmentCircumstances,
): CommitmentEvent[] {
  partyOf(parties, party, '/party');
  mustSpeakFor(actor, party);
  mustBeConcerned(commitment, party);
  if (actor.id === commitment.text.by) {
    throw new Forbidden('own-text', 'Whoever put the text on record cannot confirm it.');
  }
  if (textConfirmedBy(commitment).includes(party)) {
    throw new Refusal('text-already-confirmed', `${party} has already confirmed the text.`, '/party');
  }
  if (textDigest !== textDigestOf(commitment, digestOf)) {
    throw new Refusal('text-changed', 'The text is not the one you were shown; look again.', '/textDigest');
  }
  mustBeOnlyKeyOf(actor, party, commitment.text);
  return [{ type: 'CommitmentTextConfirmed', data: { party, textDigest } }];
}

/** A party says that these are not the words. Its objection stands until it confirms the text. */
export function objectToText(
  commitment: Commitment,
  { party, objection }: DataOf<CommitmentCommand, 'ObjectToCommitmentText'>,
  { actor, parties }: CommitmentCircumstances,
): CommitmentEvent[] {
  partyOf(parties, party, '/party');
  mustSpeakFor(actor, party);
  mustBeConcerned(commitment, party);
  if (commitment.text.objections.includes(party)) {
    throw new Refusal('already-objected', `${party}'s objection already stands.`, '/party');
  }
  return [{ type: 'CommitmentTextObjected', data: { party, objection } }];
}

/**
 * Records the text as agreed: by a document all parties put their name to, or because every party whose
 * word it is has confirmed it. One side's readout is not enough (domain.md 6.4).
 */
export function agree(commitment: Commitment, { jointSource }: CommitmentCircumstances): CommitmentEvent[] {
  const { objections } = commitment.text;
  if (objections.length > 0) {
    throw new Refusal(
      'text-objected-to',
      `${objections.join(' and ')} objected to this text; correct it, or let them confirm it.`,
    );
  }
  if (jointSource) return [{ type: 'CommitmentAgreed', data: { basis: 'joint-document' } }];
  const confirmed = textConfirmedBy(commitment);
  const missing = responsibleParties(commitment).filter((party) => !confirmed.includes(party));
  if (missing.length > 0) {
    throw new Refusal(
      'text-not-confirmed',
      `The text rests on one side's word: cite a joint document that another side or a recorder put on record, or let ${missing.join(' and ')} confirm it first.`,
    );
  }
  return [{ type: 'CommitmentAgreed', data: { basis: 'confirmed-by-every-party' } }];
}

/** Parties whose key to the words of today is turned; keys to earlier words are stale, and those of a party that objects. */
export function textConfirmedBy({ text }: Commitment): string[] {
  const turned = text.keys.filter((key) => key.revision === text.revision).map((key) => key.party);
  return [...new Set(turned)].filter((party) => !text.objections.includes(party));
}

/** What a key to the text refers to, by its digest: the words, what counts as delivery, and the date as first agreed. */
export function textDigestOf(commitment: Commitment, digestOf: (value: unknown) => string): string {
  const { text, criteria } = latestWording(commitment);
  const { window: _counted, ...due } = commitment.due.changes[0]?.due ?? commitment.due.current;
  return digestOf({ text, criteria, due });
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
