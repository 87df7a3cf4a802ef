import { daysAfter, type Due, dues, unclear } from './due-dates.js';
import { living, makeStale, type Model, open, sidesOf, unclaimed } from './model.js';
import { may, type Person } from './people.js';
import {
  citing,
  decidedBy,
  type Draw,
  isJoint,
  jointly,
  noReason,
  notASide,
  notAnswering,
  partyFor,
  reasonOf,
  type Rule,
} from './rule.js';

const hasNoCalendar = (due: Due) => due === unclear && ([400, 'calendar-missing'] as const);

/** The date moves. The first that can be counted to is the baseline, for ever. */
export function moveDate(model: Model, due: Due, how: string): void {
  model.due = due;
  if (!model.firstDue) return;
  if (!model.baseline?.window) model.baseline = due;
  model.dueChanges.push(how);
}

/** An extension goes beyond the date that holds. */
function notLater(model: Model, due: Due) {
  const before = model.due.window?.end;
  return due.window && before && due.window.end <= before && ([409, 'not-later'] as const);
}

function notToAnswer(model: Model, who: Person, draw: Draw) {
  const party = partyFor(model, who, draw);
  const { request } = model;
  return {
    party,
    refused: [
      ...notASide(model, who, party),
      !request && ([409, 'no-extension-asked'] as const),
      request?.party === party && ([403, 'own-extension'] as const),
    ],
  };
}

/** Commands about the due date of a commitment. */
export const dateRules: Readonly<Record<string, Rule>> = {
  SetDueDate: {
    method: 'PUT',
    path: 'due-date',
    by: may.settle,
    in: living,
    plan(model, who, draw) {
      const due = draw.of(...dues, unclear);
      const said = citing(draw);
      const isAgreed = model.firstDue !== undefined;
      const joint = jointly(model, who, said, 'DueDateSet', due.terms);
      return {
        body: { due: due.terms, ...said },
        refused: [
          hasNoCalendar(due),
          ...(isAgreed ? [model.due.window && ([409, 'due-date-set'] as const), ...joint.refused] : []),
        ],
        follows(now) {
          if (isAgreed) {
            return decidedBy(joint.decide(now), () => {
              moveDate(now, due, 'set');
              return ['DueDateSet'];
            });
          }
          // Keys to the text refer to its date; a translation renders its words.
          now.textBy = who.name;
          makeStale(now.textKeys);
          moveDate(now, due, 'set');
          return ['DueDateSet'];
        },
      };
    },
  },
  ResolveDueDate: {
    method: 'POST',
    path: 'due-date-resolutions',
    by: may.record,
    in: living,
    plan(model, who, draw) {
      const isOwner = who.party !== undefined && model.shape.responsible.includes(who.party);
      const { terms, window: before } = model.due;
      const happenedOn = draw.of(undefined, '2025-02-01', '2025-02-01', '2025-03-01', '2099-01-01');
      const said = citing(draw);
      const waits = terms.precision === 'event-bound';
      const window = happenedOn && { start: happenedOn, end: daysAfter(happenedOn, 60) };
      const moves = waits && window && window.end !== before?.end;
      return {
        body: { ...(happenedOn && { happenedOn }), ...said },
        refused: [
          !waits && terms.precision !== 'next-round' && [409, 'nothing-to-resolve'],
          waits && !happenedOn && [400, 'day-missing'],
          waits && happenedOn === '2099-01-01' && [409, 'not-yet'],
          moves && before && !isJoint(said) && [409, 'event-has-happened'],
          // The day from which an owner's own time runs is not the owner's to say.
          moves && isOwner && !isJoint(said) && [403, 'own-date'],
        ],
        follows(now) {
          // No round is in sight here: what waits for the next one goes on waiting.
          if (!moves) return [];
          moveDate(now, { terms, window }, 'resolved');
          return ['DueDateResolved'];
        },
      };
    },
  },
  RequestExtension: {
    method: 'POST',
    path: 'extension-requests',
    by: may.report,
    in: open,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const due = draw.of(...dues, unclear);
      const isNextRound = due.terms.precision === 'next-round';
      return {
        body: { party, due: due.terms, reasonCode: draw.of('other', 'security-review') },
        refused: [
          ...notAnswering(model, who, party),
          model.request && [409, 'extension-pending'],
          !model.due.window && [409, 'nothing-to-extend'],
          hasNoCalendar(due),
          !due.window && !isNextRound && [400, 'window-missing'],
          notLater(model, due),
        ],
        follows(now) {
          now.request = { party, due, grantedBy: [] };
          return ['ExtensionRequested'];
        },
      };
    },
  },
  GrantExtension: {
    method: 'POST',
    path: 'extension-grants',
    by: may.decide,
    in: open,
    plan(model, who, draw) {
      const { party, refused } = notToAnswer(model, who, draw);
      const { request } = model;
      return {
        body: { party },
        refused: [
          ...refused,
          request?.grantedBy.includes(party) && [409, 'extension-already-granted'],
          request && notLater(model, request.due),
        ],
        follows(now) {
          const asked = now.request!;
          asked.grantedBy.push(party);
          const missing = sidesOf(now).filter(
            (side) => side !== asked.party && !asked.grantedBy.includes(side),
          );
          if (missing.length === 0) {
            now.request = undefined;
            moveDate(now, asked.due, 'extended');
          }
          return ['ExtensionGranted'];
        },
      };
    },
  },
  RefuseExtension: {
    method: 'POST',
    path: 'extension-refusals',
    by: may.decide,
    in: open,
    plan(model, who, draw) {
      const { party, refused } = notToAnswer(model, who, draw);
      const reason = reasonOf(draw);
      return {
        body: { party, ...reason },
        refused: [...refused, noReason(reason)],
        follows(now) {
          now.request = undefined;
          return ['ExtensionRefused'];
        },
      };
    },
  },
  BringDueDateForward: {
    method: 'POST',
    path: 'earlier-due-dates',
    by: may.settle,
    in: unclaimed,
    plan(model, who, draw) {
      const due = draw.of(...dues, unclear);
      const said = citing(draw);
      const before = model.due.window?.end;
      const joint = jointly(model, who, said, 'DueDateBroughtForward', due.terms);
      return {
        body: { due: due.terms, ...said },
        refused: [
          hasNoCalendar(due),
          !before && [409, 'nothing-to-move'],
          before && !(due.window && due.window.end < before) && [409, 'not-earlier'],
          ...joint.refused,
        ],
        follows: (now) =>
          decidedBy(joint.decide(now), () => {
            moveDate(now, due, 'brought-forward');
            return ['DueDateBroughtForward'];
          }),
      };
    },
  },
};
