import type { Actor } from '../actor.js';
import { isMarked, type Marking } from '../confidentiality.js';
import type { Due } from '../due.js';
import type { CommitmentEvent, Rewording } from './events.js';
import { restsAfter } from './due-history.js';
import { withEvidence, withoutEvidence } from './evidence.js';
import { decided, withProposal } from './joint-decision.js';
import { secrecyAfter } from './secrecy.js';
import { statusAfter } from './life-cycle.js';
import type { Commitment, DueChange } from './state.js';
import type { Undertaking } from './statement.js';
import { corrected } from './wording.js';

/** A commitment event with who stated it and when: the two-key rule compares persons, a due date keeps its times. */
export type StatedEvent = CommitmentEvent & {
  readonly actor?: Actor;
  readonly occurredOn?: string;
  readonly recordedAt?: string;
  readonly confidentiality?: Marking;
};

/** The first state of a commitment. */
export function proposedFrom(event: Extract<StatedEvent, { type: 'CommitmentProposed' }>): Commitment {
  const { due, ...statement } = event.data;
  return {
    status: 'proposed',
    statement,
    amendments: [],
    translations: [],
    text: { revision: 1, by: event.actor?.id ?? '', keys: [], objections: [] },
    voices: event.actor?.party ? [event.actor.party] : [],
    agreed: false,
    due: { current: due, changes: [], rests: [] },
    delivery: { revision: 1, evidence: [], claims: [], keys: [], criteria: [] },
    disputes: [],
    withdrawalProposedBy: [],
    proposals: [],
    successors: [],
    carriedOver: [],
    assessments: [],
    secrecy: secrecyAfter(undefined, event)!,
  };
}

/** The state after an event. */
export function evolveKnown(before: Commitment, event: StatedEvent): Commitment {
  const status = statusAfter(before.status, event);
  const rests = restsAfter(before.due.rests, before.status, status, event.occurredOn ?? '');
  const stands = status === before.status && rests === before.due.rests;
  const state = stands ? before : { ...before, status, due: { ...before.due, rests } };
  const by = event.actor?.id ?? '';
  const { text, due, delivery } = state;
  switch (event.type) {
    case 'CommitmentTextConfirmed': {
      const { party } = event.data;
      const keys = [...text.keys, { party, by, revision: text.revision }];
      return {
        ...state,
        voices: [...state.voices, party],
        text: { ...text, keys, objections: text.objections.filter((each) => each !== party) },
      };
    }
    case 'CommitmentTextObjected': {
      const { party } = event.data;
      const objections = [...text.objections, party];
      return { ...state, voices: [...state.voices, party], text: { ...text, objections } };
    }
    case 'CommitmentAgreed':
      // Who would have dropped the proposal has not asked to end what is agreed.
      return moved({ ...state, agreed: true, withdrawalProposedBy: [] }, event, 'agreed', due.current);
    case 'JointDecisionProposed':
      return { ...state, proposals: withProposal(state, event.data) };
    case 'CommitmentAmended': {
      const { from, changes } = event.data;
      const amended = { ...state, amendments: [...state.amendments, { from, changes }] };
      return decided(reworded(amended, changes, by), event.type);
    }
    case 'CommitmentCorrected':
      return reworded({ ...state, ...corrected(state, event.data.changes) }, event.data.changes, by);
    case 'CommitmentReclassified':
      return { ...state, ...corrected(state, event.data) };
    case 'CommitmentTranslated': {
      const others = state.translations.filter(({ language }) => language !== event.data.language);
      return { ...state, translations: [...others, { ...event.data, revision: text.revision }] };
    }
    case 'CommitmentMovedToFocusArea':
      return { ...state, statement: { ...state.statement, focusAreas: event.data.to } };
    case 'UndertakingAssigned':
      return withUndertaking(state, event.data);
    case 'UndertakingTransferred':
      return withUndertaking(state, { party: event.data.party, lead: event.data.to });
    case 'FocalPointNamed':
      return withUndertaking(state, event.data);
    case 'DueDateSet':
      if (!state.agreed) return moved(dateShownAnew(state, by), event, 'set', event.data.due);
      return decided(moved(state, event, 'set', event.data.due), event.type);
    case 'DueDateResolved': {
      const { window: _before, ...waiting } = due.current;
      const { window, round } = event.data;
      const resolved = moved(state, event, 'resolved', window ? { ...waiting, window } : waiting);
      return round === undefined ? resolved : { ...resolved, due: { ...resolved.due, round } };
    }
    case 'ExtensionRequested':
      return { ...state, due: { ...due, request: { ...event.data, grantedBy: [] } } };
    case 'ExtensionGranted': {
      const { party, grantedBy, reasonCode, complete } = event.data;
      if (complete) {
        const { request: _answered, ...rest } = due;
        const terms = { askedBy: party, grantedBy, reasonCode };
        return moved({ ...state, due: rest }, event, 'extended', event.data.due, terms);
      }
      if (!due.request) return state;
      const request = { ...due.request, grantedBy: [...due.request.grantedBy, grantedBy] };
      return { ...state, due: { ...due, request } };
    }
    case 'ExtensionRefused': {
      const { request: _answered, ...rest } = due;
      return { ...state, due: rest };
    }
    case 'DueDateBroughtForward':
      return decided(moved(state, event, 'brought-forward', event.data.due), event.type);
    case 'ProgressReported': {
      if (isMarked(event)) return state;
      const { party, criteria: judged = [] } = event.data;
      const before = delivery.criteria.filter(
        (each) => each.party !== party || !judged.some(({ criterion }) => criterion === each.criterion),
      );
      const criteria = [...before, ...judged.map((each) => ({ ...each, party }))];
      return { ...state, delivery: { ...delivery, criteria } };
    }
    case 'EvidenceSubmitted': {
      const { party, evidence } = event.data;
      const confidentiality = isMarked(event) ? event.confidentiality : undefined;
      const submitted = { ...evidence, party, ...(confidentiality && { confidentiality }) };
      return { ...state, delivery: withEvidence(delivery, submitted) };
    }
    case 'EvidenceWithdrawn':
      return { ...state, delivery: withoutEvidence(delivery, event.data.evidence) };
    case 'DeliveryClaimed': {
      const { party, evidence } = event.data;
      return shownAnew(state, { claims: [...delivery.claims, { party, by, evidence }] });
    }
    case 'DeliveryClaimRetracted': {
      const claims = delivery.claims.filter(({ party }) => party !== event.data.party);
      return shownAnew(state, { claims });
    }
    case 'AttestationDeclined':
      return shownAnew(state, { claims: [] });
    case 'DeliveryAttested': {
      const key = { party: event.data.party, by, revision: delivery.revision };
      return { ...state, delivery: { ...delivery, keys: [...delivery.keys, key] } };
    }
    case 'DisputeRaised':
      return { ...state, disputes: [...state.disputes, { ...event.data, settled: false }] };
    case 'DisputeSettled': {
      const settle = (each: Commitment['disputes'][number]) =>
        each.id === event.data.id ? { ...each, settled: true } : each;
      return { ...state, disputes: state.disputes.map(settle) };
    }
    case 'WithdrawalProposed':
      return { ...state, withdrawalProposedBy: [...state.withdrawalProposedBy, event.data.party] };
    case 'CommitmentSuperseded':
      return decided({ ...state, successors: event.data.by }, event.type);
    case 'CommitmentSplit':
    case 'CommitmentMerged':
      return decided(state, event.type);
    case 'CommitmentCarriedOver':
      return { ...state, carriedOver: [...state.carriedOver, event.data.round] };
    case 'CommitmentReopened': {
      // What was asked before the end is answered by it: nothing of it waits any more.
      const { request: _unanswered, ...rest } = due;
      const open = { ...state, due: rest, successors: [], withdrawalProposedBy: [], proposals: [] };
      return moved(shownAnew(open, { claims: [] }), event, 'reopened', event.data.due);
    }
    case 'AssessmentRecorded':
    case 'AssessmentRevised': {
      const others = state.assessments.filter(({ id }) => id !== event.data.id);
      return { ...state, assessments: [...others, event.data] };
    }
    case 'ConfidentialityChanged':
    case 'PublicationProposed':
    case 'EmbargoSet':
    case 'ReleasedToPublic':
      return { ...state, secrecy: secrecyAfter(state.secrecy, event)! };
    case 'CommitmentProposed':
    case 'CommitmentReaffirmed':
    case 'WorkStarted':
    case 'NoProgressReported':
    case 'CommitmentPaused':
    case 'CommitmentResumed':
    case 'CommitmentVerified':
    case 'CommitmentWithdrawn':
    case 'CommitmentLapsed':
      // The state at most: what else they say stands in the history.
      return state;
  }
}

function moved(
  state: Commitment,
  event: StatedEvent,
  how: DueChange['how'],
  due: Due,
  terms: Pick<DueChange, 'askedBy' | 'grantedBy' | 'reasonCode'> = {},
): Commitment {
  const { round: _before, ...kept } = state.due;
  const { baseline, changes } = kept;
  if (!state.agreed) return { ...state, due: { ...kept, current: due } };
  const change = { how, due, on: event.occurredOn ?? '', recordedAt: event.recordedAt ?? '', ...terms };
  // The first date that could be counted to is the baseline, also where the words agreed gave none yet.
  const first = baseline?.window ? baseline : due;
  return { ...state, due: { ...kept, current: due, baseline: first, changes: [...changes, change] } };
}

/** What keys to the text refer to is no longer what was shown. */
function reworded(state: Commitment, changes: Rewording, by: string): Commitment {
  return 'text' in changes || 'criteria' in changes ? textShownAnew(state, by) : state;
}

function textShownAnew(state: Commitment, by: string): Commitment {
  return { ...state, text: { ...state.text, by, revision: state.text.revision + 1 } };
}

/** Keys to the text refer to the date, too. Its words are as they were, and so is a translation of them. */
function dateShownAnew(before: Commitment, by: string): Commitment {
  const state = textShownAnew(before, by);
  const { revision } = state.text;
  const translations = state.translations.map((each) =>
    each.revision === before.text.revision ? { ...each, revision } : each,
  );
  return { ...state, translations };
}

/** Claims or evidence have changed: what keys refer to is no longer what was shown. */
function shownAnew(state: Commitment, change: Partial<Commitment['delivery']>): Commitment {
  const { delivery } = state;
  return { ...state, delivery: { ...delivery, ...change, revision: delivery.revision + 1 } };
}

function withUndertaking(state: Commitment, changed: Undertaking): Commitment {
  const undertakings = state.statement.undertakings.map((each) =>
    each.party === changed.party ? { ...each, ...changed } : each,
  );
  return { ...state, statement: { ...state.statement, undertakings } };
}
