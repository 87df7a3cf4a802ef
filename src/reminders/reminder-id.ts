import { hash } from 'node:crypto';
import type { Day } from '../domain/calendar.js';

/**
 * One send per commitment, due version, step and recipient (domain.md 6.2): the same reminder has the same id.
 * @param step a step's name, such as `T-7`
 * @param contact id of the recipient in the directory
 */
export function reminderId(
  log: string,
  commitment: string,
  dueVersion: number,
  step: string,
  contact: string,
): string {
  return digested([log, commitment, dueVersion, step, contact]);
}

/** The mail that carries all that one person is reminded of on one of their days: also what is put off to that day. */
export function digestId(log: string, contact: string, day: Day): string {
  return digested(['digest', log, contact, day]);
}

function digested(parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}
