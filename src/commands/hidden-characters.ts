/** Characters that nobody sees, and which of them a script cannot do without. */

/**
 * Signs that drop the vowel of a letter (canonical combining class Virama of Unicode 15.1), first of the scripts
 * in everyday use, then of the others.
 */
const virama =
  '[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e3a\u0eba\u0f84\u1039\u103a\u17d2' +
  '\u1714\u1715\u1734\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\u2d7f\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed]';

/** Scripts whose letters join, so that ZWNJ shows between them: Persian and Urdu are full of it. */
const joining =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Mandaic}\\p{Script=Adlam}]';

const emoji = '\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?';

/** Places where one invisible character makes a difference that is seen or is part of how a word is written. */
const needed = new RegExp(
  [
    // UAX #31, A1: ZWNJ between letters that would join. Coarser: also after a letter that joins only backwards,
    // as Persian is written.
    `(?<=${joining}\\p{M}*)\\u200c(?=${joining})`,
    // UAX #31, A2: ZWNJ after a virama, before a letter: the conjunct is not formed.
    `(?<=\\p{L}\\p{M}*${virama})\\u200c(?=\\p{L})`,
    // UAX #31, B: ZWJ after a virama and not before a vowel sign: the half form, as in क्‍ष.
    `(?<=\\p{L}\\p{M}*${virama})\\u200d(?!\\p{M})`,
    // Bengali and Kannada ra that keeps its form before the virama (Unicode, chapter 12).
    '(?<=[\\u09b0\\u0cb0])\\u200d(?=[\\u09cd\\u0ccd])',
    // Emoji made of several (UTS #51).
    `(?<=${emoji})\\u200d(?=\\p{Extended_Pictographic})`,
    '(?<=\\p{Emoji})[\\ufe0e\\ufe0f]',
    // Forms of Han characters that names of persons and places are written in (UTS #37).
    '(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
    // Forms of Mongolian letters.
    '(?<=\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]',
  ].join('|'),
  'gu',
);

/**
 * Format characters (zero width, soft hyphen, bidirectional controls, tags), fillers and others that are ignored
 * when shown; private use, of which everyone sees something else; and what is not assigned, whose composed form
 * is not known yet.
 */
const hidden = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}\p{Cn}]/u;

/** True when the text has a character that a reader does not see, other than where its script needs it. */
export function hasHidden(text: string): boolean {
  return hidden.test(text) && hidden.test(text.replace(needed, ''));
}
