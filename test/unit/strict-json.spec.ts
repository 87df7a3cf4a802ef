import fc from 'fast-check';
import { BadRequest } from '../../src/http/problem.js';
import { parseStrictJson } from '../../src/http/strict-json.js';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

/** What is answered to a text that is refused. */
function refused(text: string | Uint8Array): { code: string; pointer?: string | undefined; detail: string } {
  try {
    parseStrictJson(Buffer.from(text as string));
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    const { pointer, detail } = error.errors?.[0] ?? {};
    return { code: error.code, pointer, detail: detail ?? error.message };
  }
  throw new Error(`It was taken: ${String(text).slice(0, 100)}`);
}

const pointerTo = (path: readonly (string | number)[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Values of JSON without anything that is refused. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21 / 1e10, Number.MAX_SAFE_INTEGER, 1e-7),
    fc.integer(),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', '/', '~', ' ', 'é', '😀', '{', '[', ',', ':') }),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

/** Every path in a value, the one to the whole first. */
function pathsIn(whole: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (whole === null || typeof whole !== 'object') return [path];
  const members: [string | number, unknown][] = Array.isArray(whole)
    ? whole.map((item, index) => [index, item])
    : Object.entries(whole);
  return [path, ...members.flatMap(([name, member]) => pathsIn(member, [...path, name]))];
}

function withAt(whole: unknown, path: readonly (string | number)[], put: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return put;
  if (Array.isArray(whole)) return whole.with(first as number, withAt(whole[first as number], rest, put));
  const object = whole as Record<string, unknown>;
  return { ...object, [first]: withAt(object[first], rest, put) };
}

describe('a JSON text', () => {
  test('that is taken has the value that JSON.parse gives it, however it is written', () => {
    fc.assert(
      fc.property(value, fc.nat(3), (whole, indent) => {
        const text = JSON.stringify(whole, null, indent);
        expect(parse(text)).toStrictEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('is refused when JSON.parse refuses it, and never ends in another error', () => {
    const scrap = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\\u12',
      'tru',
      '1e',
      '-',
      '0',
      ' ',
    );
    fc.assert(
      fc.property(value, fc.nat(), scrap, (whole, place, put) => {
        const text = JSON.stringify(whole);
        const at = place % (text.length + 1);
        const broken = (text.slice(0, at) + put + text.slice(at)).toWellFormed();
        let good: unknown;
        try {
          good = JSON.parse(broken);
        } catch {
          expect(refused(broken)).toMatchObject({ code: 'not-json' });
          return;
        }
        try {
          expect(parse(broken)).toStrictEqual(good);
        } catch (error) {
          if (!(error instanceof BadRequest)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  const faults: [string, string, string][] = [
    ['a number beyond all numbers', '1e400', ''],
    ['a number beyond all numbers, below zero', '-1e400', ''],
    ['a number too small to be told from zero', '1e-400', ''],
    ['an integer between those that can be kept', '9007199254740993', ''],
    ['such an integer written otherwise', '9.007199254740993e15', ''],
    ['more digits than are kept', '0.12345678901234567', ''],
    ['NUL', '"a\\u0000b"', ''],
    ['the first half of a character', '"\\ud800"', ''],
    ['the second half of a character', '"\\udc00x"', ''],
    ['a name used twice', '{"a": 1, "b": {"a": 2}, "a": 1}', '/a'],
    ['a name used twice in different spelling', '{"a": 1, "\\u0061": 1}', '/a'],
    ['a name with half a character', '{"\\ud800": 1}', '/\ud800'],
    ['a name with NUL', '{"\\u0000": 1}', '/\0'],
    ['__proto__', '{"__proto__": {"isAdmin": true}}', '/__proto__'],
    ['__proto__ in disguise', '{"\\u005f_proto__": 1}', '/__proto__'],
    ['constructor', '{"constructor": {"prototype": {}}}', '/constructor'],
    ['a name that has no end', `{"${'x'.repeat(201)}": 1}`, `/${'x'.repeat(200)}`],
  ];

  test.each(faults)('is refused for %s wherever it stands, with a pointer to it', (_what, fault, below) => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(3), (whole, place, indent) => {
        const paths = pathsIn(whole);
        const path = paths[place % paths.length]!;
        const text = JSON.stringify(withAt(whole, path, '§'), null, indent).replace('"§"', () => fault);
        expect(refused(text)).toMatchObject({ code: 'invalid', pointer: pointerTo(path) + below });
      }),
      { numRuns: 50 },
    );
  });

  test.each(['0', '-0', '0.0', '0e5', '1e2', '1.50', '9007199254740991', '-9007199254740991', '0.1'])(
    'may have the number %s',
    (token) => {
      expect(parse(`[${token}]`)).toEqual([Number(token)]);
    },
  );

  test('may be nested 32 deep, and not deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(32))).toEqual(JSON.parse(nested(32)));
    expect(refused(nested(33))).toMatchObject({ code: 'invalid', pointer: '/0'.repeat(32) });
    expect(refused('{"a":'.repeat(1000) + '1' + '}'.repeat(1000)).pointer).toBe('/a'.repeat(32));
  });

  test('overflows no stack, however deep it is', () => {
    expect(refused('['.repeat(131_072) + ']'.repeat(131_072)).code).toBe('invalid');
    expect(refused('['.repeat(262_144)).code).toBe('not-json');
    expect(refused('{"a":'.repeat(50_000)).code).toBe('not-json');
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /empty/],
    ['blanks', ' \n', /not a JSON document/],
    ['a byte order mark', '\ufeff{}', /byte order mark/],
    ['bytes that are not UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), /UTF-8/],
    ['a surrogate in bytes (CESU-8)', Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]), /UTF-8/],
    ['an overlong form of a character', Uint8Array.from([0x22, 0xc0, 0x80, 0x22]), /UTF-8/],
    ['a character that is cut off', Uint8Array.from([0x22, 0xe3, 0x82]), /UTF-8/],
    ['UTF-16', Buffer.from('{}', 'utf16le'), /not a JSON document/],
    ['a control character as it is', '"a\nb"', /not a JSON document/],
    ['two documents', '{}{}', /not a JSON document/],
    ['a comment', '{} // x', /not a JSON document/],
    ['a comma too many', '[1,]', /not a JSON document/],
    ['NaN', '[NaN]', /not a JSON document/],
  ])('is none when it is %s', (_what, text, why) => {
    const { code, detail } = refused(text);
    expect([code, detail]).toEqual(['not-json', expect.stringMatching(why)]);
  });

  test('has members that are its own, and nothing is added to other objects', () => {
    const toString = parse('{"toString": 1, "hasOwnProperty": 2}') as object;
    expect(Object.entries(toString)).toEqual([
      ['toString', 1],
      ['hasOwnProperty', 2],
    ]);
    expect(Object.getPrototypeOf(toString)).toBe(Object.prototype);
  });
});
