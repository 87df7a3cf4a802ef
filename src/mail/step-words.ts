import type { MailLanguage } from './reminder-content.js';
import { meaningOf } from '../domain/reminder-step.js';
import { wordsIn } from './words/words-in.js';

/** A step of the reminder policy in words: `T-7` is "7 days ahead of the date". */
export function stepInWords(language: MailLanguage, step: string): string {
  const { step: words } = wordsIn(language);
  const meaning = meaningOf(step);
  if (meaning.is === 'unknown') return words.unknown(step);
  return meaning.is === 'day-after' ? words['day-after'] : words[meaning.is](meaning.number);
}
