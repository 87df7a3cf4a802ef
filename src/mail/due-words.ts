import type { ReminderItem, Task } from './reminder-content.js';
import { inLanguageOf, type Line, line, plain } from './said.js';
import type { MailWords } from './words/mail-words.js';

type Dated = Pick<ReminderItem, 'kind' | 'due' | 'daysLeft'>;

/** Agreed words longer than this stay out of the subject line. */
const MAX_WORDS_IN_SUBJECT = 30;

/** What the matter is, in a few words: "due in 7 days", "delivery claimed, not yet confirmed". */
export function stateOf(item: ReminderItem, words: MailWords): Line {
  switch (item.kind) {
    case 'due':
      return timeLeft(item, words);
    case 'review':
      return [words.state.undated];
    case 'silent':
      return item.silentDays === undefined ? timeLeft(item, words) : [words.state.silent(item.silentDays)];
    case 'confirm-text':
    case 'answer-extension':
    case 'attest':
      return waitingFor(item.kind, item, words);
    case 'escalation':
      return words.state.escalated(waitingFor(item.turn.task, item, words));
  }
}

function waitingFor(task: Task, item: ReminderItem, words: MailWords): Line {
  const { state, language } = words;
  if (task === 'confirm-text') return [state.confirmText];
  if (task === 'attest') return [state.attest];
  if (task === 'answer-extension' && item.asked) {
    return state.asksForMoreTime([inLanguageOf(language, item.asked.partyNames)]);
  }
  return timeLeft(item, words);
}

function timeLeft({ daysLeft }: Dated, { state }: MailWords): Line {
  return [daysLeft === undefined ? state.undated : state.left(daysLeft)];
}

/** The state with the day that it is about, for the end of a subject. */
export function dueInSubject(item: ReminderItem, words: MailWords): string {
  const state = plain(stateOf(item, words));
  const { end, precision } = item.due;
  if (!end || item.daysLeft === undefined || !(item.kind === 'due' || item.kind === 'escalation'))
    return state;
  const day = words.day(end);
  if (isCoarse(precision)) return `${state} (${agreedShort(item, words)}${words.due.countedToShort(day)})`;
  return `${state} (${item.daysLeft < 0 ? words.due.wasShort(day) : day})`;
}

function agreedShort({ due }: Dated, { language, separator }: MailWords): string {
  const agreed = due.words ? inLanguageOf(language, due.words).words : '';
  return agreed && agreed.length <= MAX_WORDS_IN_SUBJECT ? `${agreed}${separator}` : '';
}

/** The day that belongs to the state. It does not pass for agreed where the agreed words are coarser. */
export function dayCounted({ kind, due, daysLeft }: Dated, words: MailWords): string {
  if (!due.end) return whyUndated(due, words);
  if (isCoarse(due.precision)) return words.due.countedTo(words.day(due.end));
  const day = words.dayWithWeekday(due.end);
  if (daysLeft !== undefined && daysLeft < 0) return words.due.was(day);
  return kind === 'due' ? day : words.due.on(day);
}

function whyUndated({ precision, kind }: ReminderItem['due'], { due }: MailWords): string {
  if (kind === 'target') return due.target;
  if (precision === 'next-round') return due.nextRound;
  return precision === 'event-bound' ? due.eventBound : due.undated;
}

/** What the day rests on and where it is counted, so that a reader elsewhere can follow. */
export function howCounted({ due }: Dated, zone: string, words: MailWords): Line[] {
  const agreed = due.words && words.quoted(inLanguageOf(words.language, due.words));
  if (!due.end) return agreed ? [words.due.agreedWords(agreed)] : [];
  const basis = isCoarse(due.precision)
    ? words.due.coarse(agreed, words.day(due.end))
    : agreed && words.due.agreedWords(agreed);
  const elsewhere = due.zones.some((each) => each !== zone);
  return [
    ...(basis ? [basis] : []),
    line`${words.due.zone(zone)}${elsewhere ? line`${words.gap}${words.due.endsIn(due.zones.join(words.and))}` : ''}`,
  ];
}

/** The date that more time is asked to, in the words of those who ask where they gave any. */
export function dateAskedFor({ asked }: ReminderItem, words: MailWords): Line[] {
  const until = asked?.words
    ? words.quoted(inLanguageOf(words.language, asked.words))
    : asked?.end && [words.day(asked.end)];
  return until ? [words.due.askedFor(until)] : [];
}

function isCoarse(precision: string): boolean {
  return precision !== 'day';
}
