import { isUtf8 } from 'node:buffer';
import { BadRequest, invalid } from './problem.js';

/** Deepest nesting of lists and objects; no body that is known here has more than a third of it. */
const MAX_DEPTH = 32;

/** Longest name of a member, in UTF-16 code units: answers repeat names, so they must stay short. */
const MAX_NAME = 200;

/** Significant decimal digits that a double holds whatever they are (IEEE 754 binary64). */
const MAX_DIGITS = 15;

/** Names that reach an object's prototype in code which copies members carelessly. */
const poison = new Set(['__proto__', 'constructor', 'prototype']);

/** A list or an object that is being read, and where in it. */
interface Level {
  /** Members of an object so far; absent for a list. */
  readonly names?: Set<string>;
  /** Place in a list, or name of a member; undefined where a name comes next. */
  at: number | string | undefined;
}

/**
 * The value of a JSON text (RFC 8259, I-JSON of RFC 7493) as JSON.parse has it. Throws {@link BadRequest} for
 * whatever JSON.parse would bend or lose: bytes that are not UTF-8, a byte order mark, a name used twice, half a
 * character, NUL, a number that a double does not hold; and for nesting that no body needs.
 */
export function parseStrictJson(body: Buffer): unknown {
  const text = decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson('The body is not a JSON document.');
  }
  inspect(text);
  return value;
}

function decode(body: Buffer): string {
  if (body.length === 0) throw notJson('The body is empty; send a JSON document.');
  if (!isUtf8(body)) throw notJson('The body is not in UTF-8.');
  const text = body.toString('utf8');
  if (text.startsWith('\ufeff')) throw notJson('The body begins with a byte order mark; leave it out.');
  return text;
}

/** Looks at every token of a text that is known to be JSON. One pass, no recursion. */
function inspect(text: string): void {
  const levels: Level[] = [];
  const refuse = (why: string, name?: string): never => {
    const path = levels.flatMap(({ at }) => at ?? []);
    throw invalid([{ message: why, path: name === undefined ? path : [...path, name] }]);
  };
  // What is not escaped is as UTF-8 and JSON allow it: nothing can be wrong with it.
  const hasEscapes = text.includes('\\');
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1);
    const character = text[at]!;
    if (character === '{' || character === '[') {
      if (levels.length === MAX_DEPTH) refuse(`must not be nested deeper than ${MAX_DEPTH} levels`);
      levels.push(character === '{' ? { names: new Set(), at: undefined } : { at: 0 });
    } else if (character === '}' || character === ']') levels.pop();
    else if (character === ',' && level) level.at = level.names ? undefined : (level.at as number) + 1;
    else if (character === '"') {
      const end = endOfString(text, at);
      const isName = level?.names && level.at === undefined;
      if (isName || hasEscapes) {
        const string = unescaped(text.slice(at, end));
        const wrong =
          whatIsWrongWith(string) ?? (isName ? whatIsWrongWithName(string, level.names) : undefined);
        if (wrong) refuse(wrong, isName ? string.slice(0, MAX_NAME) : undefined);
        if (isName) {
          level.names.add(string);
          level.at = string;
        }
      }
      at = end - 1;
    } else if (character === '-' || isDigit(character)) {
      const end = endOfNumber(text, at);
      if (!isExact(text.slice(at, end))) refuse('must be a number that can be kept exactly');
      at = end - 1;
    }
  }
}

/** Place after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at + 1;
}

/** True of a character after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && (isDigit(text[at]!) || '.eE+-'.includes(text[at]!))) at++;
  return at;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function unescaped(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}

function whatIsWrongWith(string: string): string | undefined {
  if (string.includes('\0')) return 'must not contain NUL';
  return string.isWellFormed() ? undefined : 'must be well-formed Unicode';
}

function whatIsWrongWithName(name: string, names: ReadonlySet<string>): string | undefined {
  if (names.has(name)) return 'is there twice';
  if (poison.has(name)) return 'is not known here';
  return name.length > MAX_NAME ? `has a name of more than ${MAX_NAME} characters` : undefined;
}

/** False where the number read is another one than the one written. */
function isExact(token: string): boolean {
  const value = Number(token);
  if (!/[.eE]/.test(token)) return Number.isSafeInteger(value);
  const digits = token
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  if (digits === '') return true;
  const isSafe = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isSafe && value !== 0 && digits.length <= MAX_DIGITS;
}

function notJson(why: string): BadRequest {
  return new BadRequest('not-json', why);
}
