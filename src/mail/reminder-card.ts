import { dateAskedFor, dayCounted, howCounted, stateOf } from './due-words.js';
import type { Action, Card, Part } from './mail-page.js';
import type {
  Recipient,
  ReminderContent,
  ReminderItem,
  ReminderActions,
  WithheldItem,
} from './reminder-content.js';
import { inLanguageOf, joined, type Line } from './said.js';
import { stepInWords } from './step-words.js';
import { textOf, titlesOf } from './titles.js';
import type { MailWords } from './words/mail-words.js';

/** To whom it is told, and of which dialogue. */
type Told = Pick<ReminderContent, 'recipient' | 'dialogue'>;

/** One commitment at full length, for a mail of its own: what and when, what to do, who, what was agreed, why. */
export function wholeCard(item: ReminderItem, told: Told, words: MailWords): Card {
  const { headings } = words;
  const { recipient } = told;
  return {
    ...top(item, words),
    counting: [...dateAskedFor(item, words), ...howCounted(item, recipient.zone, words)],
    sections: [
      { heading: headings.toDo, parts: whatToDoParts(item, recipient, words) },
      {
        heading: headings.who,
        parts: [{ list: shares(item, recipient, words) }, { text: turnOf(item, words) }],
      },
      { heading: headings.text, parts: [{ quotation: textOf(item.commitment, words) }] },
      { heading: headings.why, parts: [{ text: why(item, told, words) }] },
    ],
  };
}

/** One commitment among others: enough to see whose turn it is and to go there. */
export function shortCard(item: ReminderItem, recipient: Recipient, words: MailWords): Card {
  const agreed = item.due.words && words.quoted(inLanguageOf(words.language, item.due.words));
  return {
    ...top(item, words),
    counting: [...dateAskedFor(item, words), ...(agreed ? [words.due.agreedWords(agreed)] : [])],
    sections: [
      {
        parts: [
          { text: turnOf(item, words) },
          { links: [linkTo(item, recipient, words), ...others(item, words)] },
        ],
      },
    ],
  };
}

/** What may be said of a commitment that is not public. */
export function withheldCard({ commitment: { id, url } }: WithheldItem, words: MailWords): Card {
  return {
    reference: id,
    title: { text: { words: words.withheld.title, language: words.language }, mark: '' },
    state: [words.state.withheld],
    day: words.withheld.note,
    counting: [],
    isLate: false,
    sections: [
      {
        heading: words.headings.toDo,
        parts: [{ text: [words.toDo.withheld] }, { action: { label: words.links.open(id), url } }],
      },
    ],
  };
}

/** The same among others. */
export function shortWithheldCard(item: WithheldItem, words: MailWords): Card {
  const open = { label: words.links.open(item.commitment.id), url: item.commitment.url };
  return {
    ...withheldCard(item, words),
    sections: [{ parts: [{ text: [words.toDo.withheld] }, { links: [open] }] }],
  };
}

/** What was to be delivered by now and is not claimed. What is claimed in time is not overdue (domain.md 8). */
export function isOverdue({ turn, daysLeft }: ReminderItem): boolean {
  return turn.task === 'deliver' && daysLeft !== undefined && daysLeft < 0;
}

/** What this person is asked to do, in a sentence or two. */
export function whatToDo(item: ReminderItem, { party }: Recipient, { toDo }: MailWords): string {
  if (item.kind === 'escalation') return isTurnOf(item, party) ? toDo.escalatedOwn : toDo.escalatedOther;
  if (!isTurnOf(item, party)) return toDo.wait;
  switch (item.kind) {
    case 'due':
      return isOverdue(item) ? toDo.deliverLate : toDo.deliver;
    case 'review':
      return toDo.review;
    case 'silent':
      return toDo.silent;
    case 'confirm-text':
      return toDo.confirmText;
    case 'answer-extension':
      return toDo.answerExtension;
    case 'attest':
      return toDo.attest;
  }
}

function top(item: ReminderItem, words: MailWords): Omit<Card, 'sections' | 'counting'> {
  return {
    reference: item.commitment.id,
    ...titlesOf(item.commitment, words),
    state: stateOf(item, words),
    day: dayCounted(item, words),
    isLate: isOverdue(item),
  };
}

function whatToDoParts(item: ReminderItem, recipient: Recipient, words: MailWords): Part[] {
  const further = others(item, words);
  return [
    { text: [whatToDo(item, recipient, words)] },
    { action: linkTo(item, recipient, words) },
    ...(further.length > 0 ? [{ otherActions: further }] : []),
  ];
}

function linkTo({ commitment, turn }: ReminderItem, { party }: Recipient, { links }: MailWords): Action {
  const isTheirs = turn.parties.some(({ code }) => code === party);
  return { label: (isTheirs ? links.open : links.see)(commitment.id), url: commitment.url };
}

const order = ['done', 'acknowledge', 'snooze', 'handOver'] as const satisfies (keyof ReminderActions)[];

/**
 * What can be done besides: proof is for what is still to be delivered; neither an escalation is put off nor what is due today
 * or over.
 */
function others({ actions, kind, turn, daysLeft = Infinity }: ReminderItem, { links }: MailWords): Action[] {
  const isFit = {
    acknowledge: true,
    handOver: true,
    done: turn.task === 'deliver',
    snooze: kind !== 'escalation' && daysLeft > 0,
  };
  return order.flatMap((name) => {
    const url = actions[name];
    return url === undefined || !isFit[name] ? [] : [{ label: links[name], url }];
  });
}

function shares({ undertakings }: ReminderItem, recipient: Recipient, words: MailWords): Line[] {
  return undertakings.map(({ party, partyNames, leadNames, claimed }) =>
    words.share({
      party: inLanguageOf(words.language, partyNames),
      yours: party === recipient.party,
      lead: leadNames && inLanguageOf(words.language, leadNames),
      claimed,
    }),
  );
}

function turnOf({ turn }: ReminderItem, words: MailWords): Line {
  const parties = turn.parties.map(({ names }) => [inLanguageOf(words.language, names)]);
  return words.turn[turn.task](joined(parties, words.and));
}

function why(item: ReminderItem, { recipient, dialogue }: Told, words: MailWords): Line {
  const { kind, step } = item;
  const { role, partyNames } = recipient;
  const party = inLanguageOf(words.language, partyNames);
  const rule = words.rule(stepInWords(words.language, step), dialogue.hasOwnPolicy);
  return joined([words.role[role](party), [words.cause[kind]], [rule], [words.stops[kind]]], words.gap);
}

function isTurnOf({ turn }: ReminderItem, party: string): boolean {
  return turn.parties.some(({ code }) => code === party);
}
