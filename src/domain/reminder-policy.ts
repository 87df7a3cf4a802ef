import { type Day, addDays, dayIn, instantAt } from './calendar.js';

/** When before or after the end of a due window a reminder goes out, in days; negative is before (domain.md 7). */
export interface ReminderStep {
  readonly name: 'T-30' | 'T-7' | 'T-1' | 'overdue';
  readonly days: number;
}

/** The default steps, from the weakest to the strongest. */
export const defaultSteps: readonly ReminderStep[] = [
  { name: 'T-30', days: -30 },
  { name: 'T-7', days: -7 },
  { name: 'T-1', days: -1 },
  { name: 'overdue', days: 1 },
];

/** Local hour at which a reminder reaches someone who has not chosen one. */
export const DEFAULT_HOUR = 9;

export interface PlannedReminder {
  readonly step: ReminderStep['name'];
  readonly day: Day;
  /** The instant to send it at, ISO 8601 in UTC. */
  readonly dueAt: string;
}

/**
 * The reminders that one recipient gets for a due window that ends on `end`, at their own local `hour`.
 * A coarse window is counted from its end and drops T-1, whose precision would be false (domain.md 7).
 * Nobody is told that something is overdue before its last day has ended in each of `zones`, those of the
 * responsible parties (domain.md 6.5): where the recipient's day begins earlier, it is told a day later.
 */
export function planReminders(
  due: { readonly end: Day; readonly precision: string; readonly zones: readonly string[] },
  recipient: { readonly zone: string; readonly hour: number },
): PlannedReminder[] {
  return defaultSteps
    .filter((step) => step.name !== 'T-1' || due.precision === 'day')
    .map(({ name, days }) => {
      const at = (day: Day) => ({ step: name, day, dueAt: instantAt(day, recipient.hour, recipient.zone) });
      let planned = at(addDays(due.end, days));
      while (days > 0 && due.zones.some((zone) => dayIn(zone, planned.dueAt) <= due.end)) {
        planned = at(addDays(planned.day, 1));
      }
      return planned;
    });
}
