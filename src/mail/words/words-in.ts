import type { MailLanguage } from '../reminder-content.js';
import { english } from './english.js';
import { hindi } from './hindi.js';
import { japanese } from './japanese.js';
import type { MailWords } from './mail-words.js';

const words: Readonly<Record<MailLanguage, MailWords>> = { en: english, ja: japanese, hi: hindi };

/** What mails say in a language. */
export function wordsIn(language: MailLanguage): MailWords {
  return words[language];
}
