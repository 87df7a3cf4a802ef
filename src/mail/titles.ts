import type { Quoted } from './mail-page.js';
import type { ReminderItem } from './reminder-content.js';
import { inLanguageOf, languageName, oneLine, type Text } from './said.js';
import type { MailWords } from './words/mail-words.js';

type Worded = ReminderItem['commitment'];

/** The title for this reader, and the English one beside it where the reader's language is another. */
export function titlesOf(commitment: Worded, words: MailWords): { title: Quoted; otherTitle?: Text } {
  const title = inReadersWords(commitment, 'title', words);
  const english = commitment.titles['en'];
  if (title.text.language === 'en' || english === undefined) return { title };
  return { title, otherTitle: { words: oneLine(english), language: 'en' } };
}

/** The words agreed, or a translation of them into the reader's language, marked as what it is. */
export function textOf(commitment: Worded, words: MailWords): Quoted {
  return inReadersWords(commitment, 'text', words);
}

function inReadersWords(commitment: Worded, what: 'title' | 'text', words: MailWords): Quoted {
  const agreed = what === 'title' ? commitment.titles : commitment.text;
  const best = inLanguageOf(words.language, agreed);
  if (isReaders(best.language, words)) return { text: exact(best, agreed, what), mark: '' };
  const translation = commitment.translations.find(
    (each) => isReaders(each.language, words) && each[what] !== undefined,
  );
  if (translation) {
    const { language, standing, outdated } = translation;
    const marks = [words.standings[standing], ...(outdated ? [words.standings.outdated] : [])];
    const text = exact({ words: '', language }, { [language]: translation[what]! }, what);
    return { text, mark: words.inAnother(marks.join(words.separator)) };
  }
  const name = languageName(words.language, best.language);
  return { text: exact(best, agreed, what), mark: words.inAnother(name) };
}

/** A title is one line; a text keeps the lines that it has. */
function exact({ language }: Text, among: Readonly<Record<string, string>>, what: 'title' | 'text'): Text {
  const words = among[language] ?? '';
  return { words: what === 'title' ? oneLine(words) : words.trim(), language };
}

function isReaders(tag: string, { language }: MailWords): boolean {
  return tag === language || tag.startsWith(`${language}-`);
}
