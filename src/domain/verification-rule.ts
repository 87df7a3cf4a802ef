import { addDays, type Day, dayIn, type PartialDate, windowOf } from './calendar.js';
import { Refusal } from './refusal.js';

/** How claims are verified beyond the two keys that always hold (domain.md 6.6). */
export interface VerificationRule {
  /** First day on which it holds: for claims made on it or later, never for earlier ones. */
  readonly from: Day;
  /** Days after which an unanswered claim is shown as such; absent: it never is. Silence turns no key either way. */
  readonly answerWithinDays?: number | undefined;
}

/**
 * Rules apply forward only (domain.md 6.2): a rule holds from a day that has begun nowhere on earth yet, so that no
 * claim that is on record can be dated on it (UTC+14 is the first to see a day): 409 `rule-reaches-back`.
 */
export function verificationRuleFrom(rule: VerificationRule, now: string): VerificationRule {
  windowOf(rule.from, '/from');
  const first = addDays(dayIn('Pacific/Kiritimati', now), 1);
  if (rule.from < first) {
    throw new Refusal(
      'rule-reaches-back',
      `A rule never applies to claims made before it was set; it can hold from ${first} at the earliest.`,
      '/from',
    );
  }
  return rule;
}

/** The rule that holds for a claim made on `claimedOn`: the last one set of those that held when it was surely made. */
export function verificationRuleFor(
  { verificationRules = [] }: { readonly verificationRules?: readonly VerificationRule[] | undefined },
  claimedOn: PartialDate,
): VerificationRule | undefined {
  return verificationRules.findLast(({ from }) => from <= windowOf(claimedOn).start);
}
