import { type Day, daysBetween, type PartialDate, windowOf } from '../domain/calendar.js';
import type { Dialogue } from '../domain/dialogue.js';
import { verificationRuleFor } from '../domain/verification-rule.js';

/**
 * Days that a claim has waited for its keys, once they are more than the rule of the day it was made allows; a claim
 * that no rule speaks of is never called unanswered (domain.md 6.6).
 */
export function unansweredForDays(
  dialogue: Dialogue,
  claimedOn: PartialDate,
  today: Day,
): number | undefined {
  const allowed = verificationRuleFor(dialogue, claimedOn)?.answerWithinDays;
  const waited = daysBetween(windowOf(claimedOn).end, today);
  return allowed !== undefined && waited > allowed ? waited : undefined;
}
