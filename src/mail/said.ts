import type { LanguageMap } from '../domain/event.js';
import type { MailLanguage } from './reminder-content.js';

/** Words of the record in the language that they are in. */
export interface Text {
  readonly words: string;
  /** BCP 47 tag. */
  readonly language: string;
}

/** What a mail says in one go: its own words, and in them words of the record that may be in another language. */
export type Line = readonly (string | Text)[];

/** Puts a line together: line`${party} must confirm the text.` */
export function line(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Text | Line)[]
): Line {
  return strings.flatMap((string, index) => [string, ...said(values[index])]).filter((part) => part !== '');
}

function said(value: string | number | Text | Line | undefined): Line {
  if (value === undefined) return [];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' || 'words' in value ? [value] : value;
}

/** Lines with something between them. */
export function joined(lines: readonly Line[], separator: string): Line {
  return lines.flatMap((each, index) => (index === 0 ? each : [separator, ...each]));
}

/** The line as one string, in the order in which it is written. */
export function plain(said: Line): string {
  return said.map((part) => (typeof part === 'string' ? part : part.words)).join('');
}

/** The words in the reader's language; where the record has none, in English, else in whichever it has. */
export function inLanguageOf(reader: MailLanguage, texts: LanguageMap): Text {
  const own = Object.keys(texts).find((tag) => tag === reader || tag.startsWith(`${reader}-`));
  const language = own ?? (texts['en'] === undefined ? Object.keys(texts)[0] : 'en') ?? reader;
  return { words: oneLine(texts[language] ?? ''), language };
}

/** A line break in a name or a title could pass for a new line of the mail itself. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Scripts in everyday use that run from right to left (ISO 15924). */
const rightToLeft = ['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'];

type Direction = 'ltr' | 'rtl';

const directions = new Map<string, Direction>();

/** The direction that a language is written in. */
export function directionOf(language: string): Direction {
  const direction = directions.get(language) ?? lookedUp(language);
  directions.set(language, direction);
  return direction;
}

function lookedUp(language: string): Direction {
  try {
    return rightToLeft.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
  } catch {
    // Well-formed by its letters, and yet no tag: it is set as it comes.
    return 'ltr';
  }
}

/** Name of a language in the reader's: "Persian" for `fa`. */
export function languageName(reader: MailLanguage, tag: string): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Marks around a quotation, where its language has others than English. */
const quotationMarks: Readonly<Record<string, readonly [string, string]>> = {
  ar: ['«', '»'],
  fa: ['«', '»'],
  ja: ['「', '」'],
};

/** The words between the quotation marks of their language. */
export function quoted({ words, language }: Text): Text {
  const [opening, closing] = quotationMarks[language.split('-')[0]!] ?? ['“', '”'];
  return { words: `${opening}${words}${closing}`, language };
}
