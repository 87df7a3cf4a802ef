import fc from 'fast-check';
import type { z } from 'zod';
import {
  address,
  change,
  day,
  digest,
  id,
  line,
  partialDate,
  partyCode,
  roundNumber,
  slug,
  takeApart,
  text,
  title,
  words,
  zone,
} from '../../src/commands/fields.js';

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('text for people', () => {
  const line = text(20);

  test('is kept in composed form (NFC), so that equal words are equal', () => {
    expect(line.parse('re\u0301sume\u0301')).toBe('r\u00e9sum\u00e9');
    expect(line.parse('\u30ab\u3099')).toBe('\u30ac');
  });

  test('may have line breaks and tabs, and no other control character', () => {
    expect(line.parse('one\r\n\ttwo')).toBe('one\r\n\ttwo');
    const controls = Array.from({ length: 0xa0 }, (_each, code) => String.fromCharCode(code)).filter(
      (character) => /\p{Cc}/u.test(character) && !'\t\n\r'.includes(character),
    );
    expect(controls).toHaveLength(62);
    expect(controls.filter((character) => takes(line, `a${character}b`))).toEqual([]);
  });

  test.each([
    ['half of a character (a lone surrogate)', 'a\ud800b'],
    ['the other half', 'a\udc00b'],
    ['nothing', ''],
    ['blanks', ' \t\n\u3000'],
    ['more than its length', 'x'.repeat(21)],
  ])('is not %s', (_what, value) => {
    expect(takes(line, value)).toBe(false);
  });

  test('may be as long as is said, in any script', () => {
    expect(takes(line, 'x'.repeat(20))).toBe(true);
    expect(takes(line, 'サプライチェーン आपूर्ति 😀')).toBe(true);
  });

  test('never changes when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), (value) => {
        const once = text(1000).safeParse(value);
        if (once.success) expect(text(1000).parse(once.data)).toBe(once.data);
      }),
    );
  });
});

describe('what is read in one line', () => {
  const name = line(40);

  test.each([
    ['Japanese', 'サプライチェーンの強靱化'],
    ['Japanese with a form of a character that a name needs', '葛\u{e0100}城市・邉\u{e0102}'],
    ['Hindi', 'आपूर्ति शृंखला का लचीलापन'],
    ['Hindi with a half form (ZWJ after a virama)', 'क्\u200dष'],
    ['Hindi with two letters that are kept apart (ZWNJ after a virama)', 'क्\u200cष'],
    ['Nepali with a half form at its end', 'गर्\u200d'],
    ['Bengali with a ra that keeps its form', 'র\u200d্যাব'],
    ['Sinhala', 'ශ්\u200dරී ලංකා'],
    ['Malayalam with a chillu of old', 'ന്\u200d'],
    ['Persian', 'می\u200cخواهم کشور\u200cها'],
    ['Mongolian', 'ᠠ\u180b'],
    ['Arabic, German, Korean and Vietnamese', 'سلسلة Ära 공급망 chuỗi'],
    ['emoji of several parts', '👩\u200d💻 🤝🏽 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3'],
    ['blanks of its script', '経済\u3000安全\u00a0保障'],
  ])('may be %s', (_what, value) => {
    expect(name.parse(value)).toBe(value.normalize('NFC'));
  });

  test.each([
    ['ZWSP', 'a\u200bb'],
    ['ZWNJ between Latin letters', 'a\u200cb'],
    ['ZWJ between Latin letters', 'a\u200db'],
    ['ZWJ between Japanese letters', 'サ\u200dプ'],
    ['ZWJ between Hindi letters without a virama', 'क\u200dष'],
    ['ZWJ before a vowel sign', 'क्\u200dि'],
    ['ZWNJ at the end of a Hindi word', 'क्\u200c'],
    ['ZWJ after a ZWJ', 'क्\u200d\u200dष'],
    ['ZWJ at the end of an emoji', '👩\u200d'],
    ['ZWNJ at the end of a Persian word', 'می\u200c'],
    ['a word joiner', 'a\u2060b'],
    ['a byte order mark', 'a\ufeffb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a mark of direction (LRM)', 'a\u200e'],
    ['a mark of direction (RLM)', 'a\u200f'],
    ['a mark of direction (ALM)', 'a\u061c'],
    ['an embedding', '\u202aa\u202c'],
    ['an override, which turns the order of reading', '\u202etxt.exe'],
    ['an isolate', '\u2066a\u2069'],
    ['a variation selector after a Latin letter', 'a\ufe0f'],
    ['a variation selector of names after a Latin letter', 'a\u{e0100}'],
    ['a filler that looks blank', 'a\u3164'],
    ['a tag', '🏴\u{e0067}\u{e007f}'],
    ['private use', 'a\ue000'],
    ['private use beyond the first plane', '\u{10fffd}'],
    ['a code point that is not assigned', 'a\u0378'],
    ['a code point that never will be', 'a\uffff'],
    ['a line break', 'a\nb'],
    ['a tab', 'a\tb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['NUL', 'a\0b'],
    ['half of a character', 'a\ud800'],
    ['nothing but blanks', ' \u3000\u2800'],
  ])('has no %s', (_what, value) => {
    expect(takes(name, value)).toBe(false);
    expect(takes(title, { en: value })).toBe(false);
  });

  test('is as long as it is once it is composed', () => {
    expect(takes(line(3), 'e\u0301'.repeat(3))).toBe(true);
    expect(takes(line(3), 'e\u0301'.repeat(4))).toBe(false);
    // These never compose: the other form is the longer one.
    expect(takes(line(3), '\u0958'.repeat(2))).toBe(false);
  });

  test('never changes when it is read again, and takes no longer for a hostile text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }), (value) => {
        const once = line(1000).safeParse(value);
        if (once.success) expect(line(1000).parse(once.data)).toBe(once.data);
      }),
    );
    expect(takes(line(300), 'क' + '\u093c'.repeat(100_000) + '\u200d'.repeat(100_000))).toBe(false);
  });
});

describe('texts by language', () => {
  test.each(['en', 'ja', 'hi', 'zh-Hant', 'sr-Latn-RS', 'haw'])('may be in %s', (tag) => {
    expect(takes(title, { [tag]: 'x' })).toBe(true);
  });

  test.each(['EN', 'e', 'engl', 'en_GB', 'en-', 'en-G', '', 'en-ABCDEFGHI', '日本語', '__proto__x'])(
    'are not in %j',
    (tag) => {
      expect(takes(title, { [tag]: 'x' })).toBe(false);
    },
  );

  test('are in at least one language', () => {
    expect(takes(title, {})).toBe(false);
  });

  test('are each text for people, of a length that fits their use', () => {
    expect(takes(title, { en: 'x'.repeat(300), ja: ' ' })).toBe(false);
    expect(takes(title, { en: 'x'.repeat(301) })).toBe(false);
    expect(takes(words, { en: 'x'.repeat(10_000) })).toBe(true);
    expect(title.parse({ en: 're\u0301sume\u0301' })).toEqual({ en: 'r\u00e9sum\u00e9' });
  });
});

describe('what names something', () => {
  test.each<[string, z.ZodType, readonly string[], readonly string[]]>([
    [
      'a slug',
      slug,
      ['river-and-soil', 'g7'],
      ['River', '-a', 'a-', 'a--b', 'a b', '', 'x'.repeat(65), 'a\n'],
    ],
    ['a reference', id, ['ENV-3', 'mea-2024-11-27', 'a.b_c'], ['-a', 'a/b', 'a..b', 'ä', '', 'x'.repeat(65)]],
    ['a party', partyCode, ['IN', 'JP', 'EU-27'], ['in', 'I', '1N', 'IN ', 'X'.repeat(13)]],
    ['a time zone', zone, ['Asia/Tokyo'], ['Asia/Edo', '+09:00', '']],
    ['a digest', digest, ['0a'.repeat(32)], ['0A'.repeat(32), '0a'.repeat(31), `${'0a'.repeat(32)}\n`]],
    [
      'an address',
      address,
      ['https://example.org/a?b=c', 'http://example.org'],
      ['javascript:alert(1)', '/a', 'ftp://a'],
    ],
    ['a day', day, ['2026-03-31'], ['2026-3-31', '2026-03', '2026-03-31T00:00', '+02026-03-31']],
    [
      'a date as far as it is known',
      partialDate,
      ['2026', '2026-03', '2026-03-31'],
      ['26', '2026-3', '2026-03-'],
    ],
  ])('as %s', (_what, schema, good, bad) => {
    expect(good.filter((value) => !takes(schema, value))).toEqual([]);
    expect(bad.filter((value) => takes(schema, value))).toEqual([]);
  });

  test('as the number of a round', () => {
    expect([1, 9999].filter((value) => !takes(roundNumber, value))).toEqual([]);
    expect([0, -1, 1.5, 10_000, '1', Number.NaN].filter((value) => takes(roundNumber, value))).toEqual([]);
  });
});

describe('the body of a change', () => {
  const body = change({ place: text(20).optional() });
  const source = {
    document: 'jp-readout',
    quotation: { text: 'will survey', language: 'en', verbatim: true },
  };

  test.each<[string, object]>([
    ['itself', { palce: 'Tokyo' }],
    ['a source', { sources: [{ ...source, page: 3 }] }],
    ['a quotation', { sources: [{ ...source, quotation: { ...source.quotation, bold: true } }] }],
  ])('is refused when it has a member that is not known in %s', (_where, value) => {
    expect(body.safeParse(value).error?.issues).toEqual([
      expect.objectContaining({ code: 'unrecognized_keys' }),
    ]);
  });

  test('says what every change may say, and takes it apart from its own data', () => {
    const said = {
      occurredOn: '2026-01',
      onBehalfOf: 'JP',
      reason: 'As told on the phone.',
      sources: [source],
    };
    expect(takeApart(body.parse({ place: 'Tokyo', ...said }))).toEqual({ data: { place: 'Tokyo' }, said });
  });

  test('may say nothing', () => {
    expect(takeApart(body.parse({}))).toEqual({ data: {}, said: {} });
  });

  test.each<[string, object]>([
    ['no sources where it begins to name some', { sources: [] }],
    [
      'a quotation in no language',
      { sources: [{ ...source, quotation: { ...source.quotation, language: '' } }] },
    ],
    ['a blank reason', { reason: ' ' }],
    ['an instant for a date', { occurredOn: '2026-01-15T12:00:00Z' }],
  ])('does not have %s', (_what, value) => {
    expect(takes(body, value)).toBe(false);
  });
});
