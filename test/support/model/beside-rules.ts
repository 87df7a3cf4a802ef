import { agreedOnce, any, living, open } from './model.js';
import { may } from './people.js';
import { citing, isJoint, noReason, notASide, notDeciding, partyFor, reasonOf, type Rule } from './rule.js';

const nowhere = (organisation: string) =>
  organisation === 'nobody' && ([404, 'no-such-organisation'] as const);

/** Commands about what stands beside the state: who does it, disputes, grouping, assessments from outside. */
export const besideRules: Readonly<Record<string, Rule>> = {
  AssignUndertaking: {
    method: 'PUT',
    path: 'assignment',
    by: may.decide,
    in: living,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const lead = draw.of('meti', 'jogmec', 'nobody');
      return {
        body: { party, lead },
        missing: nowhere(lead),
        refused: [...notDeciding(model, who, party), model.leads[party] && [409, 'already-assigned']],
        follows(now) {
          now.leads[party] = lead;
          return ['UndertakingAssigned'];
        },
      };
    },
  },
  TransferUndertaking: {
    method: 'POST',
    path: 'transfers',
    by: may.decide,
    in: living,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const to = draw.of('meti', 'jogmec', 'nobody');
      const reason = reasonOf(draw);
      const lead = model.leads[party];
      return {
        body: { party, to, ...reason },
        missing: nowhere(to),
        refused: [
          ...notDeciding(model, who, party),
          noReason(reason),
          !lead && [409, 'not-assigned'],
          lead === to && [409, 'already-assigned'],
        ],
        follows(now) {
          now.leads[party] = to;
          return ['UndertakingTransferred'];
        },
      };
    },
  },
  NameFocalPoint: {
    method: 'PUT',
    path: 'focal-point',
    by: may.decide,
    in: living,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const focalPoint = draw.of('post-7', 'post-8');
      return {
        body: { party, focalPoint },
        refused: [
          ...notDeciding(model, who, party),
          model.focalPoints[party] === focalPoint && [409, 'already-focal-point'],
        ],
        follows(now) {
          now.focalPoints[party] = focalPoint;
          return ['FocalPointNamed'];
        },
      };
    },
  },
  RaiseDispute: {
    method: 'POST',
    path: 'disputes',
    by: may.decide,
    in: open,
    weight: 2,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const id = draw.of('D1', 'D2', 'D3');
      return {
        body: { party, id, about: draw.of('text', 'evidence'), text: { en: 'We see it otherwise.' } },
        refused: [
          ...notASide(model, who, party),
          model.disputes.some((each) => each.id === id) && [409, 'dispute-already-raised'],
        ],
        follows(now) {
          now.disputes.push({ id, party, settled: false });
          return ['DisputeRaised'];
        },
      };
    },
  },
  SettleDispute: {
    method: 'POST',
    path: 'settlements',
    by: may.settle,
    in: agreedOnce,
    weight: 5,
    plan(model, who, draw) {
      const id = draw.of(...model.disputes.map((each) => each.id), 'D1', 'D9');
      const said = citing(draw);
      const dispute = model.disputes.find((each) => each.id === id);
      return {
        body: { id, how: draw.of('reverted', 'agreed-text'), ...said },
        refused: [
          !dispute && [404, 'no-such-dispute'],
          dispute?.settled && [409, 'dispute-settled'],
          dispute && !isJoint(said) && who.party !== dispute.party && [403, 'not-your-dispute'],
        ],
        follows(now) {
          for (const each of now.disputes) if (each.id === id) each.settled = true;
          return ['DisputeSettled'];
        },
      };
    },
  },
  MoveCommitmentToFocusArea: {
    method: 'PUT',
    path: 'focus-areas',
    by: may.record,
    in: any,
    plan(model, _who, draw) {
      const focusAreas = draw.of(['SC'], ['ENV'], ['SC', 'ENV'], ['ENV', 'SC'], ['NOWHERE']);
      return {
        body: { focusAreas },
        missing: focusAreas.includes('NOWHERE') && [404, 'no-such-focus-area'],
        refused: [],
        follows(now) {
          if (JSON.stringify(now.focusAreas.toSorted()) === JSON.stringify(focusAreas.toSorted())) return [];
          now.focusAreas = focusAreas;
          return ['CommitmentMovedToFocusArea'];
        },
      };
    },
  },
  RecordAssessment: {
    method: 'POST',
    path: 'assessments',
    by: may.assess,
    in: agreedOnce,
    weight: 2,
    plan(model, _who, draw) {
      const [id, assessor] = [draw.of('A1', 'A2', 'A3'), draw.of('meti', 'jogmec')];
      return {
        body: { id, assessor, manual: '1', stage: 'final', scores: { JP: draw.of(-1, 0, 1) } },
        refused: [model.assessments[id] && [409, 'assessment-already-recorded']],
        follows(now) {
          now.assessments[id] = assessor;
          return ['AssessmentRecorded'];
        },
      };
    },
  },
  ReviseAssessment: {
    method: 'POST',
    path: 'assessment-revisions',
    by: may.assess,
    in: agreedOnce,
    weight: 2,
    plan(model, _who, draw) {
      const [id, assessor] = [draw.of('A1', 'A2'), draw.of('meti', 'jogmec')];
      const before = model.assessments[id];
      return {
        body: { id, assessor, manual: '2', stage: 'final', scores: { IN: draw.of(-1, 0, 1) } },
        refused: [
          !before && [404, 'no-such-assessment'],
          before && before !== assessor && [409, 'other-assessor'],
        ],
        follows: () => ['AssessmentRevised'],
      };
    },
  },
};
