import { MemberOrder } from './member-order.js';

/**
 * Canonical JSON of a value (RFC 8785): members in the order of their names' UTF-16 code units (3.2.3), no blanks, strings
 * as ECMAScript writes them (3.2.2.2). Stricter than that, since what is on record must read the same for ever: strings
 * and names are in NFC, and numbers are integers that every reader keeps exactly. Members that are undefined are left out.
 * Throws a TypeError for anything else.
 */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not an integer.`);
      return String(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? elementsOf(value) : membersOf(value);
    default:
      throw new TypeError('Only JSON values can be put on record.');
  }
}

function elementsOf(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += text === '' ? canonicalText(value) : `,${canonicalText(value)}`;
  return `[${text}]`;
}

function membersOf(value: object): string {
  let text = '';
  for (const { name, written } of order.of(Object.keys(value))) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${written}:${canonicalText(member)}`;
  }
  return `{${text}}`;
}

/** Of names that differ only before they are composed the last one counts. */
const order = new MemberOrder((names) => {
  const members = new Map(names.map((name) => [composed(name), name]));
  return [...members.keys()]
    .sort()
    .map((written) => ({ name: members.get(written)!, written: quoted(written) }));
});

/** Below U+0300 every text is composed already (UAX #15, quick check); most texts are. */
const maybeDecomposed = /[\u0300-\uffff]/;

function composed(text: string): string {
  return maybeDecomposed.test(text) ? text.normalize('NFC') : text;
}

/** What JSON writes as it is, and NFC leaves as it is: printable ASCII without quote and backslash. */
const plain = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  const whole = composed(text);
  if (!whole.isWellFormed()) throw new TypeError('Half of a character cannot be put on record.');
  return JSON.stringify(whole);
}
