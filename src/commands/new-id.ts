import { randomInt } from 'node:crypto';

/** Digits and letters that cannot be taken for one another when read aloud. */
const alphabet = '23456789abcdefghjkmnpqrstvwxyz';

/** A reference for something whose recorder chose none: eight characters, one of 6 × 10¹¹. */
export function newId(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
