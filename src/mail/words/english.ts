import { line } from '../said.js';
import type { MailWords } from './mail-words.js';
import { dayMonthYear, writtenDay } from './written-day.js';

const day = (on: string) => writtenDay('en-GB', on, dayMonthYear);
const days = (number: number) => (number === 1 ? '1 day' : `${number} days`);

function left(daysLeft: number): string {
  if (daysLeft < 0) return `${days(-daysLeft)} overdue`;
  if (daysLeft === 0) return 'due today';
  return daysLeft === 1 ? 'due tomorrow' : `due in ${days(daysLeft)}`;
}

export const english: MailWords = {
  language: 'en',
  and: ' and ',
  separator: ', ',
  gap: ' ',
  quoted: (text) => line`“${text}”`,
  day,
  dayWithWeekday: (on) => `${writtenDay('en-GB', on, { weekday: 'long' })} ${day(on)}`,
  inAnother: (name) => ` (${name})`,
  standings: {
    authentic: 'authentic text',
    official: 'official translation',
    unofficial: 'unofficial translation',
    machine: 'machine translation',
    outdated: 'translation of earlier words',
  },
  state: {
    left,
    undated: 'no date yet',
    silent: (number) => `nothing reported for ${days(number)}`,
    confirmText: 'the text awaits an answer',
    asksForMoreTime: (party) => line`${party} asks for more time`,
    attest: 'delivery claimed, not yet confirmed',
    escalated: (state) => line`escalated: ${state}`,
    withheld: 'an answer is awaited',
  },
  due: {
    on: (on) => `Due on ${on}`,
    was: (on) => `It was due on ${on}`,
    wasShort: (on) => `was due ${on}`,
    countedTo: (on) => `We count to ${on}`,
    countedToShort: (on) => `counted to ${on}`,
    agreedWords: (quoted) => line`Agreed words: ${quoted}.`,
    coarse: (quoted, on) =>
      quoted
        ? line`The agreed words, ${quoted}, name no single day; ${on} is the last day that they cover.`
        : line`The agreed words name no single day; ${on} is the last day that they cover.`,
    nextRound: 'It is due by the next round, which has no date yet.',
    eventBound: 'Its time runs from an event that is not on record yet.',
    target: 'It is a target: it is reviewed from time to time, and never overdue.',
    undated: 'No calendar date was agreed.',
    zone: (zone) => `Days are counted in your time zone, ${zone}.`,
    endsIn: (zones) => `The day is over when it has ended in ${zones}.`,
    askedFor: (until) => line`The new date asked for: ${until}.`,
  },
  headings: {
    toDo: 'What to do now',
    who: 'Who must do what',
    text: 'What was agreed',
    why: 'Why you get this',
  },
  toDo: {
    deliver: 'Report progress, or claim delivery if it is done. If the date is at risk, say so.',
    deliverLate: 'If it is done, claim delivery. If not, report where it stands and when it will be done.',
    review: 'Report where it stands. If a date can be agreed now, put it on record.',
    silent: 'Confirm what is on record, or update it: report progress, or that there is nothing to report.',
    confirmText: 'Read the text. Confirm it, or object to it and say why.',
    answerExtension: 'Grant the request or refuse it. Until you answer, the date stays as it is.',
    attest: 'Look at the evidence. Confirm delivery, or decline and say what is missing.',
    escalatedOwn: 'See to it that your side answers on the record.',
    escalatedOther: 'It is the other side’s turn. Raise it with your counterpart.',
    wait: 'Your side has nothing to deliver here. See where it stands, and ask the other side if nothing is reported.',
    withheld: 'Open it with your key to see what is awaited, from whom, and by when.',
  },
  turn: {
    deliver: (parties) => line`It is the turn of ${parties}: deliver, or report where it stands`,
    'confirm-text': (parties) => line`It is the turn of ${parties}: confirm the text or object to it`,
    'answer-extension': (parties) => line`It is the turn of ${parties}: grant more time or refuse it`,
    attest: (parties) => line`It is the turn of ${parties}: confirm delivery or decline`,
  },
  share: ({ party, yours, lead, claimed }) =>
    line`${party}${yours ? ' (your side)' : ''}: ${lead ? line`${lead} leads` : 'no lead named yet'}${claimed ? '; delivery claimed' : ''}`,
  role: {
    'focal-point': (party) => line`You are the focal point of ${party} in this dialogue.`,
    'head-of-division': (party) => line`You head the division that answers for this on the side of ${party}.`,
    secretariat: (party) => line`You are the secretariat of ${party} in this dialogue.`,
    'co-chair': (party) => line`You are the office of the co-chair of ${party}.`,
  },
  cause: {
    due: 'Your side has not yet claimed delivery of its share.',
    review: 'It has no calendar date, and your side has not yet claimed delivery.',
    silent: 'Your side answers for it, and nothing was reported for long.',
    'confirm-text': 'The text is on record from one side, and your side has not yet said yes or no.',
    'answer-extension': 'More time was asked for, and your side has not yet answered.',
    attest: 'Delivery is claimed, and your side holds a key that is not turned.',
    escalation: 'Those who were reminded have not answered.',
  },
  rule: (step, isOfDialogue) =>
    `The rule: ${step}, by the ${isOfDialogue ? 'reminder policy that this dialogue has set' : 'default reminder policy'}.`,
  stops: {
    due: 'It stops when your side claims delivery, when the date moves, or when the commitment ends.',
    review: 'It stops when there is a date, when your side claims delivery, or when the commitment ends.',
    silent: 'It stops with the next report, also one that says there is nothing to report.',
    'confirm-text': 'It stops when your side confirms the text or objects to it.',
    'answer-extension': 'It stops when your side grants the request or refuses it.',
    attest: 'It stops when your side confirms delivery or declines.',
    escalation: 'It stops with an answer on the record, not by opening this mail.',
  },
  step: {
    before: (number) => (number === 1 ? 'the day before the date' : `${number} days ahead of the date`),
    'day-after': 'the day after the date',
    overdue: (number) => `${days(number)} after the date`,
    week: (number) => `week ${number} after the date`,
    month: (number) => `once a month after the weekly ones, the ${ordinal(number)} time`,
    review: (number) => `a review of what has no date, the ${ordinal(number)} time`,
    silent: (number) => `confirm or update, the ${ordinal(number)} time`,
    'confirm-text': (number) => `the text awaits an answer, the ${ordinal(number)} time`,
    'answer-extension': (number) => `a request for more time awaits an answer, the ${ordinal(number)} time`,
    attest: (number) => `a claim awaits a key, the ${ordinal(number)} time`,
    escalation: (number) => `escalation ${days(number)} after the date`,
    round: (number) => `escalation ${days(number)} before the next round`,
    unknown: (name) => `step ${name}`,
  },
  links: {
    open: (id) => `Open ${id}`,
    see: (id) => `See where ${id} stands`,
    acknowledge: 'Acknowledge',
    snooze: 'Remind me later',
    handOver: 'Hand over',
    done: 'It is done: attach proof',
    preferences: 'Change hour, zone, language, daily or single mails, or who stands in for you',
    unsubscribe: 'Stop these mails',
  },
  digest: {
    overdue: (number) => `${number} overdue`,
    dueIn: (number, left_) => `${number} ${left(left_)}`,
    dueLater: (number) => `${number} due later`,
    awaited: (number) => `${number} awaiting an answer`,
    undated: (number) => `${number} without a date`,
    withheld: (number) => `${number} not public`,
    otherAreas: 'Under no focus area',
    withheldHeading: 'Not public',
    why: (party) =>
      line`You are a contact of ${party}, and get one mail a day with all that awaits an answer.`,
  },
  withheld: {
    title: 'A commitment that is not public',
    note: 'Mails can be read on their way, so this one says no more.',
    why: 'The record awaits an answer; you are told by the reminder policy of this dialogue.',
  },
  undelivered: (name) =>
    `The mail about this to ${name} could not be delivered. Please see that it reaches somebody, and that the address is corrected.`,
  late: (plannedFor) => `This mail is late: it was planned for ${plannedFor}. What it says is as of today.`,
  invented: 'This is an invented example. The dialogue and its commitments are not real.',
  inventedMark: 'invented example',
  addressee: (name, party) => line`For ${name}, ${party}.`,
  automatic: 'Sent automatically by Pacta, the record of what the parties have promised each other.',
};

function ordinal(number: number): string {
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return `${number}${{ one: 'st', two: 'nd', few: 'rd', many: 'th', other: 'th', zero: 'th' }[rule]}`;
}
