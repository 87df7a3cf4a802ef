import { type Day, dayIn, windowOf } from './calendar.js';
import { isShown } from './commitment/evidence.js';
import { statusAfter, type CommitmentStatus } from './commitment/life-cycle.js';
import { isMarked } from './confidentiality.js';
import type { Facts } from './vocabulary.js';
import type { Recorded } from './event.js';

/** When something became so: the version of the commitment's stream, and a day. */
export interface Moment {
  readonly version: number;
  readonly on: Day;
}

/** What of a commitment decides whom it is to be reminded of. */
export interface ReminderFacts {
  readonly status: CommitmentStatus;
  /** Parties that have undertaken something. */
  readonly responsible: readonly string[];
  /** Parties whose word counts: those responsible, and the one that it was made to. */
  readonly concerned: readonly string[];
  readonly keyHolders: readonly string[];
  /** Reference to who answers for a share, by party. */
  readonly focalPoints: Readonly<Record<string, string>>;
  /** Since when these are the words, the side that put them on record, and who has said yes or no to them. */
  readonly text: Moment & {
    readonly by?: string | undefined;
    readonly confirmed: readonly string[];
    readonly objected: readonly string[];
  };
  /** When it was agreed, or taken up again. */
  readonly since: Moment;
  readonly claimed: readonly string[];
  /** When all had claimed, or when keys were last asked for anew. */
  readonly claim?: Moment | undefined;
  readonly attested: readonly string[];
  /** An extension that is not answered yet. */
  readonly request?: (Moment & { readonly party: string; readonly grantedBy: readonly string[] }) | undefined;
  /** The last report of any kind, by party. */
  readonly heard: Readonly<Record<string, Moment>>;
  /** The last day on which a party said what becomes of it; a refusal of what it said undoes that. */
  readonly answered: Readonly<Record<string, Day>>;
}

type CommitmentEvent = Recorded<Facts['commitment']>;

/** Reports of a side, which break its silence. */
const reports: readonly CommitmentEvent['type'][] = [
  'WorkStarted',
  'ProgressReported',
  'NoProgressReported',
  'CommitmentPaused',
  'CommitmentResumed',
  'EvidenceSubmitted',
  'ExtensionRequested',
  'DeliveryClaimed',
  'DeliveryClaimRetracted',
  'WithdrawalProposed',
];

/**
 * An answer says what becomes of what is overdue, and ends the series and its escalation: every report but "nothing to report",
 * which breaks the silence and answers nothing. Opening a mail, or acknowledging it, is none.
 */
const answers: readonly CommitmentEvent['type'][] = reports.filter((type) => type !== 'NoProgressReported');

/** The facts after an event of the commitment; undefined as long as it was not proposed. */
export function factsAfter(
  facts: ReminderFacts | undefined,
  event: CommitmentEvent,
): ReminderFacts | undefined {
  if (event.type === 'CommitmentProposed') return proposed(event);
  if (!facts) return undefined;
  return saidAfter({ ...turnsAfter(facts, event), status: statusAfter(facts.status, event) }, event);
}

function proposed(event: Extract<CommitmentEvent, { type: 'CommitmentProposed' }>): ReminderFacts {
  const { undertakings, nature, towards } = event.data;
  const responsible = undertakings.map(({ party }) => party);
  return {
    status: 'proposed',
    responsible,
    concerned: [...responsible, ...(towards ? [towards] : [])],
    keyHolders: nature === 'joint' ? responsible : [towards!],
    focalPoints: Object.fromEntries(
      undertakings.flatMap(({ party, focalPoint }) => (focalPoint ? [[party, focalPoint]] : [])),
    ),
    text: textOf(event),
    since: momentOf(event),
    claimed: [],
    attested: [],
    heard: {},
    answered: {},
  };
}

/** Whose word is still missing, and on what. */
function turnsAfter(facts: ReminderFacts, event: CommitmentEvent): ReminderFacts {
  const { text } = facts;
  switch (event.type) {
    case 'CommitmentTextConfirmed': {
      const { party } = event.data;
      const objected = text.objected.filter((each) => each !== party);
      return { ...facts, text: { ...text, confirmed: [...text.confirmed, party], objected } };
    }
    case 'CommitmentTextObjected':
      return { ...facts, text: { ...text, objected: [...text.objected, event.data.party] } };
    case 'CommitmentAmended':
    case 'CommitmentCorrected':
      if (!('text' in event.data.changes) && !('criteria' in event.data.changes)) return facts;
      return { ...facts, text: { ...textOf(event), objected: text.objected } };
    case 'DueDateSet':
      return { ...facts, text: { ...textOf(event), objected: text.objected } };
    case 'CommitmentAgreed':
      return { ...facts, since: saidOn(event) };
    case 'FocalPointNamed': {
      const { party, focalPoint } = event.data;
      return { ...facts, focalPoints: { ...facts.focalPoints, [party]: focalPoint } };
    }
    case 'ExtensionRequested':
      return { ...facts, request: { ...momentOf(event), party: event.data.party, grantedBy: [] } };
    case 'ExtensionGranted': {
      const { request } = facts;
      if (!request || event.data.complete) return { ...facts, request: undefined };
      return { ...facts, request: { ...request, grantedBy: [...request.grantedBy, event.data.grantedBy] } };
    }
    case 'ExtensionRefused':
      return { ...facts, request: undefined, answered: without(facts.answered, [event.data.party]) };
    case 'EvidenceSubmitted':
    case 'EvidenceWithdrawn': {
      const isSeen = isShown({
        confidentiality: isMarked(event) ? event.confidentiality : undefined,
      } as never);
      if (!isSeen || facts.attested.length === 0) return facts;
      return { ...facts, attested: [], claim: momentOf(event) };
    }
    case 'DeliveryClaimed': {
      const claimed = [...facts.claimed, event.data.party];
      return { ...facts, claimed, attested: [], ...(event.data.complete && { claim: momentOf(event) }) };
    }
    case 'DeliveryClaimRetracted': {
      const claimed = facts.claimed.filter((party) => party !== event.data.party);
      return { ...facts, claimed, attested: [], claim: undefined };
    }
    case 'DeliveryAttested':
      return { ...facts, attested: [...facts.attested, event.data.party] };
    case 'AttestationDeclined':
      return {
        ...facts,
        claimed: [],
        attested: [],
        claim: undefined,
        answered: without(facts.answered, facts.claimed),
      };
    case 'CommitmentReopened':
      return {
        ...facts,
        since: momentOf(event),
        claimed: [],
        attested: [],
        claim: undefined,
        request: undefined,
        answered: {},
      };
    default:
      return facts;
  }
}

function saidAfter(facts: ReminderFacts, event: CommitmentEvent): ReminderFacts {
  if (!reports.includes(event.type)) return facts;
  const { party } = event.data as { readonly party: string };
  const said = saidOn(event);
  return {
    ...facts,
    heard: { ...facts.heard, [party]: said },
    ...(answers.includes(event.type) && { answered: { ...facts.answered, [party]: said.on } }),
  };
}

function without(answered: ReminderFacts['answered'], parties: readonly string[]): ReminderFacts['answered'] {
  return Object.fromEntries(Object.entries(answered).filter(([party]) => !parties.includes(party)));
}

function textOf(event: CommitmentEvent): ReminderFacts['text'] {
  return { ...momentOf(event), by: event.actor.party, confirmed: [], objected: [] };
}

/** A turn begins when what makes it one is on record. */
export function momentOf({ version, recordedAt }: CommitmentEvent): Moment {
  return { version, on: recordedAt.slice(0, 'YYYY-MM-DD'.length) };
}

/** What was said counts from when it was so, and where that is known coarsely from the last day that it can have been. */
function saidOn({ version, recordedAt, occurredOn }: CommitmentEvent): Moment {
  const { end } = windowOf(occurredOn);
  const latest = dayIn('Pacific/Kiritimati', recordedAt);
  return { version, on: end < latest ? end : latest };
}
