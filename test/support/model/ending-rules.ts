import { moveDate } from './date-rules.js';
import { dues, unclear } from './due-dates.js';
import { closed, living, makeStale, type Model, open } from './model.js';
import { may, type Person } from './people.js';
import {
  citing,
  decidedBy,
  type Draw,
  type Perhaps,
  isJoint,
  jointly,
  noReason,
  notDeciding,
  partyFor,
  reasonOf,
  type Rule,
} from './rule.js';

/** Two that are agreed and one that is not are on record beside it. */
const others = ['AGREED-1', 'AGREED-2'] as const;
const undecided = 'UNDECIDED';

/** What may succeed it: agreed, not ended, and no way back (domain.md 6.4). */
function notSucceeding(model: Model, ids: readonly string[]): Perhaps[] {
  return [
    model.disputes.some(({ settled }) => !settled) && [409, 'dispute-open'],
    ids.includes(model.id) && [409, 'supersession-cycle'],
    ids.includes(undecided) && [409, 'successor-not-agreed'],
  ];
}

/** One that ends in favour of others, by a decision of all sides. */
function replacing(
  path: string,
  successors: (model: Model, draw: Draw) => readonly string[],
  decision: string,
  bodyOf: (ids: readonly string[]) => object,
): Rule {
  return {
    method: 'PUT',
    path,
    by: may.settle,
    in: open,
    weight: 1,
    plan(model: Model, who: Person, draw: Draw) {
      const ids = successors(model, draw);
      const said = citing(draw);
      const joint = jointly(model, who, said, decision, bodyOf(ids));
      return {
        body: { ...bodyOf(ids), ...said },
        missing: ids.includes('NOWHERE') && [404, 'no-such-commitment'],
        refused: [
          ids.length < 2 && decision === 'CommitmentSplit' && [400, 'too-few-parts'],
          ...notSucceeding(model, ids),
          ...joint.refused,
        ],
        follows: (now) =>
          decidedBy(joint.decide(now), () => {
            now.status = 'superseded';
            now.successors = ids;
            now.proposals = now.proposals.filter((each) => each.decision !== 'CommitmentSuperseded');
            return [...(decision === 'CommitmentSuperseded' ? [] : [decision]), 'CommitmentSuperseded'];
          }),
      };
    },
  };
}

/** Commands with which a commitment ends, and returns. */
export const endingRules: Readonly<Record<string, Rule>> = {
  SplitCommitment: replacing(
    'split',
    (model, draw) => draw.of([...others], [...others], ['AGREED-1'], ['AGREED-1', model.id]),
    'CommitmentSplit',
    (into) => ({ into }),
  ),
  MergeCommitment: replacing(
    'merger',
    (model, draw) => [draw.of(...others, model.id, undecided, 'NOWHERE')],
    'CommitmentMerged',
    ([into]) => ({ into }),
  ),
  SupersedeCommitment: replacing(
    'supersession',
    (model, draw) => draw.of(['AGREED-1'], [...others], [undecided], ['AGREED-2', model.id]),
    'CommitmentSuperseded',
    (by) => ({ by }),
  ),
  WithdrawCommitment: {
    method: 'PUT',
    path: 'withdrawal',
    by: may.decide,
    in: living,
    weight: 2,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const reason = reasonOf(draw);
      return {
        body: { party, ...reason },
        refused: [
          ...notDeciding(model, who, party),
          noReason(reason),
          model.withdrawalAskedBy.includes(party) && [409, 'withdrawal-already-proposed'],
        ],
        follows(now) {
          now.withdrawalAskedBy.push(party);
          const all = now.shape.responsible.every((each) => now.withdrawalAskedBy.includes(each));
          if (!all) return ['WithdrawalProposed'];
          now.status = 'withdrawn';
          return ['WithdrawalProposed', 'CommitmentWithdrawn'];
        },
      };
    },
  },
  ReaffirmCommitment: {
    method: 'POST',
    path: 'reaffirmations',
    by: may.settle,
    in: open,
    plan(_model, _who, draw) {
      const said = citing(draw, 60);
      return {
        body: said,
        refused: [!isJoint(said) && [400, 'joint-document-missing']],
        follows: () => ['CommitmentReaffirmed'],
      };
    },
  },
  ReopenCommitment: {
    method: 'POST',
    path: 'reopenings',
    by: may.settle,
    in: closed,
    weight: 10,
    plan(model, who, draw) {
      const due = draw.of(...dues, unclear);
      const said = citing(draw, 60);
      const reason = reasonOf(draw);
      const joint = jointly(model, who, said, 'CommitmentReopened', due.terms);
      return {
        body: { due: due.terms, ...said, ...reason },
        refused: [
          noReason(reason),
          !said.sources && [400, 'source-missing'],
          !model.firstDue && [409, 'never-agreed'],
          due === unclear && [400, 'calendar-missing'],
          ...joint.refused,
        ],
        follows: (now) =>
          decidedBy(joint.decide(now), () => {
            now.status = 'in-progress';
            now.successors = [];
            now.withdrawalAskedBy = [];
            now.proposals = [];
            now.request = undefined;
            now.claims = [];
            makeStale(now.deliveryKeys);
            moveDate(now, due, 'reopened');
            return ['CommitmentReopened'];
          }),
      };
    },
  },
};
