import { mustSpeakFor } from '../actor.js';
import { addDays, mustHaveBegun, type Window } from '../calendar.js';
import { type Due, dueFrom } from '../due.js';
import { Forbidden, Malformed, mustGiveReason, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf } from './events.js';
import { decideJointly } from './joint-decision.js';
import {
  type Commitment,
  concernedParties,
  mustAnswerFor,
  mustBeConcerned,
  responsibleParties,
} from './state.js';

/**
 * Gives a due date to what has none. Before the text is agreed any other terms may still be set; once there
 * is a calendar date it moves only by an extension or by being brought forward, so that the first stays visible.
 */
export function setDueDate(
  commitment: Commitment,
  { due: terms }: DataOf<CommitmentCommand, 'SetDueDate'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  const due = dueFrom(terms);
  if (!commitment.agreed) return [{ type: 'DueDateSet', data: { due } }];
  if (commitment.due.current.window) {
    throw new Refusal(
      'due-date-set',
      'There is a due date; ask for an extension, or bring it forward.',
      '/due',
    );
  }
  return decideJointly(commitment, [{ type: 'DueDateSet', data: { due } }], around);
}

/**
 * Fixes the days that words mean which wait for something: the day before the next round, or so many days after an
 * event. A round that moves resolves them again; one without a date leaves no window. Asked again, it changes nothing.
 * No side alone moves the day of an event that is on record, and no owner says it: that would be to move its own date.
 */
export function resolveDueDate(
  commitment: Commitment,
  { happenedOn }: DataOf<CommitmentCommand, 'ResolveDueDate'>,
  { actor, nextRound, now, jointSource }: CommitmentCircumstances,
): CommitmentEvent[] {
  const { current } = commitment.due;
  if (current.precision === 'event-bound') {
    if (!happenedOn) throw new Malformed('day-missing', 'Say on which day it happened.', '/happenedOn');
    mustHaveBegun(happenedOn, now, '/happenedOn');
    const window = { start: happenedOn, end: addDays(happenedOn, current.withinDays) };
    if (current.window && current.window.end !== window.end && !jointSource) {
      throw new Refusal(
        'event-has-happened',
        'The day of the event is on record; another day takes a joint document, or an extension.',
        '/happenedOn',
      );
    }
    const facts = resolved(current, window);
    if (facts.length > 0 && !jointSource && responsibleParties(commitment).includes(actor.party ?? '')) {
      throw new Forbidden(
        'own-date',
        'Your time runs from this day: the other side, a recorder or a joint document says which it is.',
      );
    }
    return facts;
  }
  if (current.precision !== 'next-round') {
    throw new Refusal('nothing-to-resolve', 'Its due date waits for no round and no event.');
  }
  const starts = nextRound?.startsOn;
  const before = starts ? addDays(starts, -1) : undefined;
  return resolved(current, before ? { start: before, end: before } : null, nextRound?.number);
}

function resolved(current: Due, window: Window | null, round?: number): CommitmentEvent[] {
  if ((current.window?.end ?? null) === (window?.end ?? null)) return [];
  return [{ type: 'DueDateResolved', data: { window, ...(round !== undefined && { round }) } }];
}

/** A responsible side asks for more time. Owners never move their own date (domain.md 6.5). */
export function requestExtension(
  commitment: Commitment,
  { party, due: terms, reasonCode }: DataOf<CommitmentCommand, 'RequestExtension'>,
  { actor }: CommitmentCircumstances,
): CommitmentEvent[] {
  mustAnswerFor(commitment, actor, party);
  const { current, request } = commitment.due;
  if (request) {
    throw new Refusal(
      'extension-pending',
      `${request.party} has asked for an extension that is not answered yet.`,
    );
  }
  const due = dueFrom(terms);
  if (!current.window) {
    throw new Refusal(
      'nothing-to-extend',
      'It has no calendar date that could be extended; set one.',
      '/due',
    );
  }
  if (!due.window && due.precision !== 'next-round') {
    throw new Malformed('window-missing', 'Say until when: a date that can be counted to.', '/due');
  }
  mustBeLater(due, current, '/due');
  return [{ type: 'ExtensionRequested', data: { party, due, reasonCode } }];
}

/** Another side than the one that asked agrees; with the last side's word the date moves. */
export function grantExtension(
  commitment: Commitment,
  { party }: DataOf<CommitmentCommand, 'GrantExtension'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  const request = mustAnswer(commitment, party, around);
  if (request.grantedBy.includes(party)) {
    throw new Refusal('extension-already-granted', `${party} has already granted it.`, '/party');
  }
  const complete = concernedParties(commitment).every(
    (side) => side === request.party || side === party || request.grantedBy.includes(side),
  );
  const { due, reasonCode } = request;
  mustBeLater(due, commitment.due.current);
  return [
    {
      type: 'ExtensionGranted',
      data: { party: request.party, due, reasonCode, grantedBy: party, complete },
    },
  ];
}

/** Another side than the one that asked says no, and why; the date stays. */
export function refuseExtension(
  commitment: Commitment,
  { party }: DataOf<CommitmentCommand, 'RefuseExtension'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  const request = mustAnswer(commitment, party, around);
  mustGiveReason(around.reason, 'Say why the extension is refused.');
  return [{ type: 'ExtensionRefused', data: { party: request.party, refusedBy: party } }];
}

/** The sides agree on an earlier date. */
export function bringDueDateForward(
  commitment: Commitment,
  { due: terms }: DataOf<CommitmentCommand, 'BringDueDateForward'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  const due = dueFrom(terms);
  const { window } = commitment.due.current;
  if (!window) throw new Refusal('nothing-to-move', 'It has no calendar date; set one.', '/due');
  if (!due.window || due.window.end >= window.end) {
    throw new Refusal('not-earlier', `It is due by ${window.end}; bring it forward to a day before.`, '/due');
  }
  return decideJointly(commitment, [{ type: 'DueDateBroughtForward', data: { due } }], around);
}

/** An extension is later than the date that holds: when it is asked for, and still when it is granted. */
function mustBeLater(due: Due, current: Due, field?: string): void {
  if (due.window && current.window && due.window.end <= current.window.end) {
    throw new Refusal(
      'not-later',
      `It is due by ${current.window.end} already; an extension is later.`,
      field,
    );
  }
}

function mustAnswer(commitment: Commitment, party: string, { actor }: CommitmentCircumstances) {
  mustBeConcerned(commitment, party);
  mustSpeakFor(actor, party);
  const { request } = commitment.due;
  if (!request) throw new Refusal('no-extension-asked', 'Nobody has asked for an extension.');
  if (request.party === party) {
    throw new Forbidden('own-extension', `${party} asked for it; the answer is the other side's.`);
  }
  return request;
}
