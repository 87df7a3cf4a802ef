import { meaningOf, type StepMeaning } from '../domain/reminder-step.js';
import { days } from './due-phrases.js';

type Numbered = Extract<StepMeaning, { readonly number: number }>['is'];

const AFTER_THE_END = 'After the end of the time agreed';

/** What a step of the reminder policy stands for; each takes the number in its name. */
const meanings: Readonly<Record<Numbered, (number: number) => string>> = {
  before: (number) =>
    number === 1
      ? 'The day before the end of the time agreed'
      : `${days(number)} before the end of the time agreed`,
  overdue: () => AFTER_THE_END,
  week: (number) => `${number === 1 ? '1 week' : `${number} weeks`} after the end of the time agreed`,
  month: (number) => `After the end of the time agreed, month ${number}`,
  review: () => 'No day follows from the words agreed: how does it stand?',
  silent: () => 'Nothing was reported for long: confirm or update',
  'confirm-text': () => 'The text waits to be confirmed',
  'answer-extension': () => 'A request for more time waits for an answer',
  attest: () => 'Delivery was claimed and waits to be confirmed',
  escalation: (number) => `Put before those above, ${days(number)} after the end of the time agreed`,
  round: (number) => `Put before those above, ${days(number)} before the next round`,
};

/** What a step such as `T-7` or `week-3` stands for; its name where that says nothing. */
export function stepInWords(step: string): string {
  const meaning = meaningOf(step);
  if (meaning.is === 'day-after') return AFTER_THE_END;
  return meaning.is === 'unknown' ? step : meanings[meaning.is](meaning.number);
}

/** What a contact is to its party. */
export function roleInWords(role: string): string {
  return role.replaceAll('-', ' ');
}
