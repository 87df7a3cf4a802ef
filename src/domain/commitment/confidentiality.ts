import { mustSpeakFor } from '../actor.js';
import { instantAt, instantFrom, isZone, windowOf } from '../calendar.js';
import { maySee, mustBeOwnToWithhold, readerIn, type Restriction } from '../confidentiality.js';
import { Malformed, NotFound, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf, PartyStatement } from './events.js';
import { isShown } from './evidence.js';
import { confidentialityAt } from './secrecy.js';
import { type Commitment, concernedParties, responsibleParties } from './state.js';
import type { EmbargoEnd, Proposal } from './statement.js';

type Seeing = Pick<CommitmentCircumstances, 'actor' | 'now' | 'parties'>;

/** Refuses an actor who may not see the commitment, in the words for one that does not exist. */
export function mustBeOpenTo(
  { secrecy }: Pick<Commitment, 'secrecy'>,
  { actor, now, parties }: Seeing,
): void {
  if (!maySee(readerIn(parties, actor), confidentialityAt(secrecy, now))) throw noSuchCommitment();
}

/** There is none, or none that the actor may know of: nobody can tell which. */
export function noSuchCommitment(): NotFound {
  return new NotFound('no-such-commitment', 'There is no such commitment in this dialogue.');
}

/** Who may withhold what when it is proposed: for the parties, whoever proposes; to one side, that side alone. */
export function mustBeWithholdable(proposal: Proposal, { actor }: Pick<Seeing, 'actor'>): void {
  const { classification, undertakings } = proposal;
  if (!classification) return;
  mustBeOwnToWithhold(actor, classification.confidentiality, '/classification/confidentiality/party');
  mustBeItsOwn(
    classification.confidentiality,
    undertakings.map(({ party }) => party),
  );
}

/**
 * Withholds a commitment, or opens it as far as the parties. Withholding takes one party that shares it; making it
 * public takes all of them (see {@link release}). A party keeps to its own side only what it alone has
 * undertaken and what is neither agreed nor shared in confidence: what the other side counts on is not taken from it,
 * and what it was told in confidence is not made one side’s to publish.
 */
export function classify(
  commitment: Commitment,
  { party, classification }: DataOf<CommitmentCommand, 'ClassifyCommitment'>,
  { actor, now }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustSpeakFor(actor, party);
  mustShare(commitment, party);
  const { confidentiality, ground } = classification;
  mustBeOwnToWithhold(actor, confidentiality, '/classification/confidentiality/party');
  const { secrecy } = commitment;
  const current = { level: confidentialityAt(secrecy, now), ground: secrecy.ground, until: secrecy.until };
  if (confidentiality.level !== 'parties') {
    mustBeItsOwn(confidentiality, responsibleParties(commitment));
    const isOthers = commitment.voices.some((voice) => voice !== party);
    if (isOthers || commitment.status !== 'proposed' || current.level.level === 'parties') {
      throw new Refusal(
        'shared-already',
        'What is agreed, withheld for the parties together, or spoken to by another side cannot be kept to one side any more.',
        '/classification/confidentiality/level',
      );
    }
  }
  if (isSame(current.level, confidentiality) && current.ground === ground && current.until === undefined) {
    throw new Refusal('classified-already', 'It is classified in this way already.', '/classification');
  }
  return [{ type: 'ConfidentialityChanged', data: { party, confidentiality, ground } }];
}

/**
 * Sets when the public may read it. Where that withholds longer than now, one party's word is enough; where it
 * makes something public that was not to become so, or sooner, every party that shares it has to name the same instant.
 */
export function setEmbargo(
  commitment: Commitment,
  { party, until }: DataOf<CommitmentCommand, 'SetEmbargo'>,
  { actor, now }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustSpeakFor(actor, party);
  mustShare(commitment, party);
  const end = endOf(until);
  if (Date.parse(end) <= Date.parse(now)) {
    throw new Refusal('embargo-past', 'An embargo ends in the future; to publish now, release it.', '/until');
  }
  const { secrecy } = commitment;
  const isPublic = confidentialityAt(secrecy, now).level === 'public';
  const withholds = isPublic || (secrecy.until !== undefined && end > secrecy.until);
  if (end === secrecy.until) throw new Refusal('embargoed-already', `The embargo ends at ${end} already.`);
  if (withholds) return [{ type: 'EmbargoSet', data: { until: end, by: [party] } }];
  return published(commitment, party, end);
}

/** Makes it public at once, when every party that shares it has said so. */
export function release(
  commitment: Commitment,
  { party }: PartyStatement,
  { actor, now }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustSpeakFor(actor, party);
  mustShare(commitment, party);
  if (confidentialityAt(commitment.secrecy, now).level === 'public') {
    throw new Refusal('public-already', 'Everyone may read this commitment already.');
  }
  return published(commitment, party, undefined);
}

/** True of what every party may read, or everyone. */
export function isShared({ secrecy }: Pick<Commitment, 'secrecy'>): boolean {
  return secrecy.confidentiality.level === 'public' || secrecy.confidentiality.level === 'parties';
}

/** Nothing becomes agreed with a party that may not read it. */
export function mustBeShared(commitment: Commitment): void {
  const { confidentiality } = commitment.secrecy;
  if (confidentiality.level !== 'own-side' && confidentiality.level !== 'restricted') return;
  throw new Refusal(
    'kept-to-one-side',
    `Only ${confidentiality.party} may read this; open it to the parties before it is agreed.`,
  );
}

/** Whoever holds a key turns it on what it was shown: evidence kept to one side proves nothing to the other. */
export function mustBeShowable({ evidence }: Commitment['delivery'], ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (evidence.some((each) => each.id === id && isShown(each))) return;
    throw new Refusal(
      'evidence-kept-to-one-side',
      `Evidence ${id} is kept to one side; the party that holds the key could not see it.`,
      `/evidence/${index}`,
    );
  });
}

/** Parties that share the commitment: those that undertook something, and the one that it is owed to. */
function sharing(commitment: Commitment): string[] {
  const { confidentiality } = commitment.secrecy;
  if (confidentiality.level === 'own-side' || confidentiality.level === 'restricted') {
    return [confidentiality.party];
  }
  return concernedParties(commitment);
}

function mustShare(commitment: Commitment, party: string): void {
  const concerned = sharing(commitment);
  if (concerned.includes(party)) return;
  throw new Refusal(
    'not-concerned',
    `Who may read this is for ${concerned.join(' and ')} to say: ${party} has no part in it.`,
    '/party',
  );
}

function mustBeItsOwn(restriction: Restriction, responsible: readonly string[]): void {
  if (restriction.level === 'parties') return;
  if (responsible.some((party) => party !== restriction.party)) {
    throw new Refusal(
      'not-its-own',
      `${restriction.party} can keep to its own side only what it alone undertakes.`,
      '/classification/confidentiality/level',
    );
  }
  if (restriction.level === 'restricted' && !restriction.roles.includes('secretariat')) {
    throw new Malformed(
      'secretariat-missing',
      'The secretariat is always among those who may read: only it can open what is restricted.',
      '/classification/confidentiality/roles',
    );
  }
}

/** One party's wish, and what it comes to when every other party has wished the same. */
function published(commitment: Commitment, party: string, from: string | undefined): CommitmentEvent[] {
  const { wishes } = commitment.secrecy;
  if (wishes.some((wish) => wish.party === party && wish.from === from)) {
    throw new Refusal('publication-already-proposed', `${party} has already asked for this.`, '/party');
  }
  const wish: CommitmentEvent = { type: 'PublicationProposed', data: { party, ...(from && { from }) } };
  const by = [...wishes.filter((each) => each.from === from).map((each) => each.party), party];
  if (!sharing(commitment).every((each) => by.includes(each))) return [wish];
  return [
    wish,
    from ? { type: 'EmbargoSet', data: { until: from, by } } : { type: 'ReleasedToPublic', data: { by } },
  ];
}

function endOf(until: EmbargoEnd): string {
  if (typeof until === 'string') return instantFrom(until, '/until');
  windowOf(until.day, '/until/day');
  if (!isZone(until.zone)) {
    throw new Malformed('unknown-zone', `${until.zone} is not an IANA time zone.`, '/until/zone');
  }
  return instantFrom(instantAt(until.day, 0, until.zone), '/until/day');
}

function isSame(one: { level: string }, other: Restriction): boolean {
  const spelled = (each: { level: string; party?: string; roles?: readonly string[] }) =>
    JSON.stringify([each.level, each.party, each.roles?.toSorted()]);
  return spelled(one) === spelled(other);
}
