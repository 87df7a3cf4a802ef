import { daysBetween, type PartialDate, windowOf } from '../domain/calendar.js';
import { verificationRuleFor } from '../domain/dialogue.js';
import type { KnownDialogue } from './status-answers.js';

/**
 * Days that a claim has waited for its keys, once they are more than the rule of the day it was made allows; a claim
 * that no rule speaks of is never called unanswered (domain.md 6.6). A day counts when it has ended for every party.
 */
export function unansweredForDays(
  { announcement, todays }: KnownDialogue,
  claimedOn: PartialDate,
): number | undefined {
  const allowed = verificationRuleFor(announcement, claimedOn)?.answerWithinDays;
  const today = todays.map((each) => each.today).toSorted()[0]!;
  const waited = daysBetween(windowOf(claimedOn).end, today);
  return allowed !== undefined && waited > allowed ? waited : undefined;
}
