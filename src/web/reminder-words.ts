import { days } from './due-phrases.js';

/** What a step of the reminder policy stands for; each takes the number in its name. */
const meanings: Readonly<Record<string, (number: number) => string>> = {
  T: (number) =>
    number === 1
      ? 'The day before the end of the time agreed'
      : `${days(number)} before the end of the time agreed`,
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
  if (step === 'overdue') return 'After the end of the time agreed';
  const [, name, number] = /^(T|[a-z]+(?:-[a-z]+)*)-(\d+)$/.exec(step) ?? [];
  const meaning = name !== undefined && Object.hasOwn(meanings, name) ? meanings[name] : undefined;
  return meaning ? meaning(Number(number)) : step;
}

/** What a contact is to its party. */
export function roleInWords(role: string): string {
  return role.replaceAll('-', ' ');
}
