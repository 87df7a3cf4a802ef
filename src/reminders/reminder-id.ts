import { createHash } from 'node:crypto';

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
  const named = JSON.stringify([log, commitment, dueVersion, step, contact]);
  return createHash('sha256').update(named).digest('hex').slice(0, 32);
}
