import { Malformed } from './refusal.js';

/** When a dialogue reminds, in days (domain.md 7). */
export interface ReminderPolicy {
  /** Before the end of the due window, the farthest first. */
  readonly daysBefore: readonly number[];
  /** After that end; the first of them says that it is overdue. */
  readonly daysAfter: readonly number[];
  /** How many weekly reminders follow. */
  readonly weeks: number;
  /** Whether monthly ones follow these until there is an answer. */
  readonly monthly: boolean;
  /** What has no date to count to is looked at again this often. */
  readonly reviewEveryDays: number;
  /** A side that has reported nothing for so long is asked to confirm or update. */
  readonly silentAfterDays: number;
  readonly escalation: EscalationPolicy;
}

/** When what is overdue and unanswered is put before those above, in days after the end. */
export interface EscalationPolicy {
  readonly headOfDivision: number;
  readonly secretariats: number;
  readonly coChairs: number;
  /** Days before the next round at which it is put before the co-chairs' offices, where that comes first. */
  readonly coChairsBeforeRound: number;
}

/** Holds in a dialogue that has set none of its own. */
export const defaultPolicy: ReminderPolicy = {
  daysBefore: [30, 7, 1],
  daysAfter: [1],
  weeks: 8,
  monthly: true,
  reviewEveryDays: 90,
  silentAfterDays: 60,
  escalation: { headOfDivision: 7, secretariats: 21, coChairs: 45, coChairsBeforeRound: 14 },
};

/** Local hour at which a reminder reaches someone who has not chosen one. */
export const DEFAULT_HOUR = 9;

/** Refuses a policy whose steps are in no order: {@link Malformed} `steps-out-of-order`, with the field at fault. */
export function mustBeOrdered({ daysBefore, daysAfter, escalation }: ReminderPolicy): void {
  if (!rises([...daysBefore].reverse())) {
    throw outOfOrder(
      'Name the days before the end from the farthest to the nearest, each once.',
      '/daysBefore',
    );
  }
  if (!rises(daysAfter)) {
    throw outOfOrder('Name the days after the end from the first to the last, each once.', '/daysAfter');
  }
  if (escalation.secretariats <= escalation.headOfDivision) {
    throw outOfOrder('The secretariats are told after the head of division.', '/escalation/secretariats');
  }
  if (escalation.coChairs <= escalation.secretariats) {
    throw outOfOrder('The co-chairs’ offices are told after the secretariats.', '/escalation/coChairs');
  }
}

function rises(days: readonly number[]): boolean {
  return days.every((day, index) => index === 0 || day > days[index - 1]!);
}

function outOfOrder(words: string, field: string): Malformed {
  return new Malformed('steps-out-of-order', words, field);
}
