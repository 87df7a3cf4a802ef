import { type Day, addDays } from './calendar.js';
import type { EscalationPolicy } from './reminder-policy.js';
import type { SeriesStep } from './reminder-series.js';

export interface EscalationStep extends SeriesStep {
  /** Whom it is put before, and of which side. */
  readonly to: 'head-of-division' | 'secretariat' | 'co-chair';
  readonly of: 'owing' | 'both';
}

/**
 * What is overdue and unanswered goes up (domain.md 7): to the head of division of each party that owes it, to the secretariats
 * of both sides, to the co-chairs' offices. These hear of it before the next round if that comes first, yet never
 * before the head of division, and not at all "before" a round that is over by then: the days after the end count.
 */
export function escalationSteps(
  end: Day,
  policy: EscalationPolicy,
  nextRound: Day | undefined,
): EscalationStep[] {
  const { headOfDivision, secretariats, coChairs } = policy;
  return [
    {
      ...level(1, `escalation-${headOfDivision}`, addDays(end, headOfDivision)),
      to: 'head-of-division',
      of: 'owing',
    },
    { ...level(2, `escalation-${secretariats}`, addDays(end, secretariats)), to: 'secretariat', of: 'both' },
    {
      ...(beforeRound(end, policy, nextRound) ?? level(3, `escalation-${coChairs}`, addDays(end, coChairs))),
      to: 'co-chair',
      of: 'both',
    },
  ];
}

function beforeRound(
  end: Day,
  { headOfDivision, coChairs, coChairsBeforeRound }: EscalationPolicy,
  round: Day | undefined,
): SeriesStep | undefined {
  if (!round) return undefined;
  const wanted = addDays(round, -coChairsBeforeRound);
  const earliest = addDays(end, headOfDivision);
  const day = wanted < earliest ? earliest : wanted;
  return day < round && day < addDays(end, coChairs)
    ? level(3, `round-${coChairsBeforeRound}`, day)
    : undefined;
}

function level(strength: number, name: string, day: Day): SeriesStep {
  return { name, day, strength };
}
