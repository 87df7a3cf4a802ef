import { type Model, unclaimed, wordsOf } from './model.js';
import { type Level, may } from './people.js';
import { type Draw, notAnswering, partyFor, type Rule } from './rule.js';

/** True in the world today, or long ago: an old report says nothing of now. */
const reportedOn = (draw: Draw) => (draw.chance(80) ? undefined : '2025-06-30');

/** A report that is true of an earlier day than the latest one changes nothing. */
function isNews(model: Model, party: string, on: string): boolean {
  const before = (model.reports as Record<string, { on: string }>)[party];
  return before === undefined || before.on <= on;
}

/** Commands about the work. */
export const progressRules: Readonly<Record<string, Rule>> = {
  StartWork: {
    method: 'PUT',
    path: 'start',
    by: may.report,
    in: ['agreed'],
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      return {
        body: { party },
        refused: notAnswering(model, who, party),
        follows(now) {
          now.status = 'in-progress';
          return ['WorkStarted'];
        },
      };
    },
  },
  ReportProgress: {
    method: 'POST',
    path: 'progress-reports',
    by: may.report,
    in: unclaimed,
    weight: 5,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const health = draw.of('on-track', 'at-risk', 'off-track');
      const on = reportedOn(draw);
      const isNote = draw.chance(15);
      const criterion = draw.of(undefined, 'map', 'other');
      const is = draw.of('met', 'not-met', 'not-assessed');
      const level: Level = isNote ? { level: 'own-side', party } : { level: 'public' };
      const judges = criterion !== undefined && draw.chance(50);
      return {
        body: {
          party,
          health,
          ...(on && { occurredOn: on }),
          ...(judges && { criteria: [{ criterion, is }] }),
          ...(isNote && { confidentiality: level }),
        },
        refused: [
          ...notAnswering(model, who, party),
          judges && !wordsOf(model).criteria.some(({ id }) => id === criterion) && [404, 'no-such-criterion'],
        ],
        follows(now) {
          if (!isNote) {
            if (now.status === 'agreed') now.status = 'in-progress';
            const today = on ?? 'today';
            if (isNews(now, party, today)) now.reports[party] = { health, on: today };
            if (judges) {
              now.judged = now.judged.filter((each) => each.party !== party || each.criterion !== criterion);
              now.judged.push({ party, criterion, is });
            }
          }
          return [{ type: 'ProgressReported', level }];
        },
      };
    },
  },
  ReportNoProgress: {
    method: 'POST',
    path: 'no-progress-reports',
    by: may.report,
    in: unclaimed,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      return {
        body: { party, text: { hi: 'कुछ नया नहीं' } },
        refused: notAnswering(model, who, party),
        follows: () => ['NoProgressReported'],
      };
    },
  },
  PauseCommitment: {
    method: 'POST',
    path: 'pauses',
    by: may.report,
    in: ['agreed', 'in-progress'],
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      return {
        body: { party, reasonCode: draw.of('resources-short', 'force-majeure') },
        refused: notAnswering(model, who, party),
        follows(now) {
          now.status = 'paused';
          return ['CommitmentPaused'];
        },
      };
    },
  },
  ResumeCommitment: {
    method: 'POST',
    path: 'resumptions',
    by: may.report,
    in: ['paused'],
    weight: 5,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      return {
        body: { party },
        refused: notAnswering(model, who, party),
        follows(now) {
          now.status = 'in-progress';
          return ['CommitmentResumed'];
        },
      };
    },
  },
};
