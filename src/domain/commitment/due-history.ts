import { addDays, type Day, daysBetween, windowOf } from '../calendar.js';
import { deadlineOf } from '../due.js';
import type { DueChange } from './state.js';

/**
 * Days on which the commitment was overdue, from its first due date until `until` (a day, exclusive): today, or the day
 * of the claim or decision that ended the wait. Each date counts for the time in which it held, so that an
 * extension granted after the end erases nothing (domain.md 6.5).
 */
export function daysOverdue(changes: readonly DueChange[], until: Day): number {
  return changes.reduce((sum, { due, on }, index) => {
    const end = deadlineOf(due);
    if (!end) return sum;
    const next = changes[index + 1];
    const heldUntil = next && windowOf(next.on).start < until ? windowOf(next.on).start : until;
    const first = [addDays(end, 1), windowOf(on).start].reduce((a, b) => (a > b ? a : b));
    return sum + Math.max(0, daysBetween(first, heldUntil));
  }, 0);
}
