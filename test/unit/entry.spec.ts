import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalText } from '../../src/event-store/canonical-text.js';
import { digestOf, readEntry, seal } from '../../src/event-store/entry.js';
import type { Entry } from '../../src/domain/event.js';

const entry: Entry = {
  id: '0198c1d2-0000-4000-8000-000000000001',
  log: 'river-and-soil',
  stream: 'focus-area-soil',
  version: 1,
  type: 'FocusAreaDefined',
  schemaVersion: 1,
  data: { code: 'soil', names: { en: 'Soil' } },
  actor: { id: 'key-1', role: 'recorder' },
  occurredOn: '2026-01-15',
  causationId: 'c-1',
  correlationId: 'r-1',
  confidentiality: 'public',
  vocabularyVersion: 1,
};

describe('the canonical text of a value', () => {
  test('orders members by name, at every depth, and has no blanks', () => {
    expect(canonicalText({ b: 1, a: [{ d: null, c: true }] })).toBe('{"a":[{"c":true,"d":null}],"b":1}');
  });

  test('orders names by UTF-16 code units (RFC 8785, 3.2.3), not by alphabet or code point', () => {
    // The emoji comes before the wide tilde because its first half does, though its code point is higher.
    const ordered = ['1', 'Z', 'a', '\u00f6', '\u20ac', '\u{1f600}', '\uff5e'];
    const value = Object.fromEntries(ordered.toReversed().map((name) => [name, 0]));
    expect(canonicalText(value)).toBe(`{${ordered.map((name) => `"${name}":0`).join(',')}}`);
  });

  test('has strings and names in composed form (NFC)', () => {
    expect(canonicalText({ 're\u0301': ['e\u0301'] })).toBe('{"r\u00e9":["\u00e9"]}');
  });

  test('orders members of an object by name, however many objects with other names there were', () => {
    const names = Array.from({ length: 12_000 }, (_, count) => `n${count}`);
    const texts = names.map((name) => canonicalText({ [name]: 0, b: 1, a: 2 }));
    expect(texts).toEqual(names.map((name) => `{"a":2,"b":1,"${name}":0}`));
    const long = 'n'.repeat(100);
    expect(canonicalText({ [long]: 1, a: 2 })).toBe(`{"a":2,"${long}":1}`);
    expect(canonicalText({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
    expect(canonicalText({ a: 2, b: 1 })).toBe('{"a":2,"b":1}');
  });

  test('has the last one of names that are the same in composed form', () => {
    expect(canonicalText({ 'e\u0301': 1, '\u00e9': 2 })).toBe('{"\u00e9":2}');
    expect(canonicalText({ '\u00e9': 2, 'e\u0301': 1 })).toBe('{"\u00e9":1}');
  });

  test('leaves out what is not there', () => {
    expect(canonicalText({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
  });

  test('keeps the order of a list', () => {
    expect(canonicalText([3, 1, 2])).toBe('[3,1,2]');
  });

  test.each<[string, unknown]>([
    ['a fraction', 0.5],
    ['a number that is not exact', 2 ** 53],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
    ['half of a character (a lone surrogate)', 'a\ud800'],
    ['the other half', '\udc00a'],
    ['nothing', undefined],
    ['a function', () => 1],
  ])('does not exist for %s, wherever it stands', (_what, value) => {
    expect(() => canonicalText(value)).toThrow();
    if (value !== undefined && typeof value !== 'function') {
      expect(() => canonicalText({ deep: [{ in: value }] })).toThrow();
    }
  });

  test('does not exist for a name that is half of a character', () => {
    expect(() => canonicalText({ '\ud800': 1 })).toThrow();
  });
});

/** JSON as people and programs give it: integers, and texts in composed form. */
const json = fc.letrec<{ value: unknown; members: [string, unknown][] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    composed(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('members').map((members) => Object.fromEntries(members)),
  ),
  members: fc.uniqueArray(fc.tuple(composed(), tie('value')), {
    maxLength: 5,
    selector: ([name]) => name,
  }),
}));

function composed() {
  return fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.normalize('NFC'));
}

describe('whatever the value', () => {
  test('the order in which its members are given makes no difference', () => {
    const shuffled = json.members.chain((members) =>
      fc.tuple(
        fc.constant(members),
        fc.shuffledSubarray(members, { minLength: members.length, maxLength: members.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([members, others]) => {
        expect(digestOf({ deep: [Object.fromEntries(others)] })).toBe(
          digestOf({ deep: [Object.fromEntries(members)] }),
        );
      }),
    );
  });

  test('it reads back as it was', () => {
    fc.assert(
      fc.property(json.value, (value) => {
        expect(JSON.parse(canonicalText(value))).toEqual(value);
      }),
    );
  });

  test('it is what another implementation of RFC 8785 makes of it', () => {
    fc.assert(
      fc.property(json.value, (value) => {
        expect(canonicalText(value)).toBe(canonicalize(value));
      }),
    );
  });

  test('whether its texts were composed makes no difference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(digestOf({ text: text.normalize('NFD') })).toBe(digestOf({ text: text.normalize('NFC') }));
      }),
    );
  });

  test('another value has another digest', () => {
    fc.assert(
      fc.property(json.value, json.value, (one, other) => {
        expect(digestOf(one) === digestOf(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });
});

test('a digest is the SHA-256 of the canonical text, in lower-case hexadecimal digits', () => {
  const expected = createHash('sha256').update('{"a":"\u00e9"}', 'utf8').digest('hex');
  expect(digestOf({ a: 'e\u0301' })).toBe(expected);
});

describe('a sealed entry', () => {
  test('is committed to by a salt of its own, so that equal entries do not show as equal', () => {
    const [one, other] = [seal(entry), seal(entry)];
    expect(one.text).toBe(canonicalText(entry));
    expect(one.salt).toHaveLength(16);
    expect(one.salt.equals(other.salt)).toBe(false);
    expect(one.commitment.equals(other.commitment)).toBe(false);
    const again = createHash('sha256').update(one.salt).update(one.text, 'utf8').digest();
    expect(one.commitment.equals(again)).toBe(true);
  });

  test('reads back as the event it was, with what the log added', () => {
    const recordedAt = '2026-01-15T12:00:00.000000Z';
    expect(readEntry({ entry: seal(entry).text, position: 7, recorded_at: recordedAt })).toEqual({
      ...entry,
      position: 7,
      recordedAt,
    });
  });
});
