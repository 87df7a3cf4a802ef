import type { LanguageMap } from '../domain/event.js';

/** The text that an English page shows of a map of languages, and the language that it is in. */
export function chosen(texts: LanguageMap): { readonly language: string; readonly words: string } {
  const [language, words] =
    texts['en'] === undefined ? (Object.entries(texts)[0] ?? []) : ['en', texts['en']];
  return { language: language ?? 'en', words: words ?? '' };
}

/** A text of the record, marked with its language, so that it is pronounced and set as what it is. */
export function Text({ of }: { of: LanguageMap }) {
  const { language, words } = chosen(of);
  return <span lang={language}>{words}</span>;
}

/** Every language that a text is on record in, the one of the page first. */
export function everyLanguage(texts: LanguageMap): { language: string; words: string }[] {
  const first = chosen(texts).language;
  return Object.entries(texts)
    .map(([language, words]) => ({ language, words }))
    .toSorted((a, b) => Number(b.language === first) - Number(a.language === first));
}

/** Name of a language in English: "Japanese" for `ja`. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Well-formed by its letters, and yet none that exists: a variant twice, or in the wrong place.
    return tag;
  }
}
