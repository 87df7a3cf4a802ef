import { windowOf } from '../domain/calendar.js';
import type { Party } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { dateInWords } from './date-words.js';
import { days, timeLeft } from './due-phrases.js';
import { nameOf } from './names.js';

/** How loudly a standing is shown; the words say it all without it. */
export type Tone = 'calm' | 'warning' | 'pressing' | 'done' | 'quiet';

export interface StandingWords {
  readonly words: string;
  readonly tone: Tone;
  /** The facts that stand beside the word: one word alone would lose some of them. */
  readonly besides: readonly string[];
}

const healths = {
  'on-track': { words: 'On track', tone: 'calm' },
  'at-risk': { words: 'At risk', tone: 'warning' },
  'off-track': { words: 'Off track', tone: 'pressing' },
  'not-reported': { words: 'Not reported', tone: 'quiet' },
} as const satisfies Record<string, { words: string; tone: Tone }>;

const statuses: Readonly<Record<CommitmentAnswer['status'], string>> = {
  proposed: 'Proposed',
  agreed: 'Agreed',
  'in-progress': 'In progress',
  'delivery-claimed': 'Claimed, awaiting confirmation',
  verified: 'Verified',
  paused: 'Paused',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
  lapsed: 'Lapsed',
};

/** The one word for how a commitment stands, by the order of domain.md 6.4, with the facts beside it. */
export function standingOf(commitment: CommitmentAnswer, parties: readonly Party[]): StandingWords {
  const undisputed = undisputedStanding(commitment, parties);
  if (commitment.disputes.every(({ settled }) => settled)) return undisputed;
  return { words: 'Disputed', tone: 'pressing', besides: [undisputed.words, ...undisputed.besides] };
}

function undisputedStanding(commitment: CommitmentAnswer, parties: readonly Party[]): StandingWords {
  const { status, timeliness } = commitment;
  switch (status) {
    case 'withdrawn':
    case 'superseded':
    case 'lapsed':
      return { words: statuses[status], tone: 'quiet', besides: endedFor(commitment) };
    case 'verified':
      return { words: verified(commitment), tone: 'done', besides: [] };
    case 'delivery-claimed':
      return { ...claimed(commitment), besides: [missingKeys(commitment, parties)] };
    case 'proposed':
      return { words: 'Proposed', tone: 'quiet', besides: [textStanding(commitment, parties)] };
  }
  const health = healths[commitment.health.is ?? 'not-reported'];
  const time = timeLeft(commitment);
  const dates = [...askedFor(commitment), ...overdueBefore(commitment)];
  const known = [statuses[status], ...(time ? [time] : []), ...dates];
  if (timeliness?.is === 'overdue') {
    return {
      words: 'Overdue',
      tone: 'pressing',
      besides: [time!, statuses[status], health.words, ...askedFor(commitment)],
    };
  }
  if (status === 'paused' && !isGrave(health)) {
    return {
      words: statuses[status],
      tone: 'warning',
      besides: [...(time ? [time] : []), health.words, ...dates],
    };
  }
  if (timeliness?.is === 'due-soon' && !isGrave(health)) {
    return { words: 'Due soon', tone: 'warning', besides: [time!, statuses[status], health.words, ...dates] };
  }
  return { ...health, besides: known };
}

function askedFor({ dueHistory: { requested } }: CommitmentAnswer): string[] {
  return requested ? ['More time asked'] : [];
}

/** An extension granted after the end does not make it punctual (domain.md 6.5). */
function overdueBefore({ dueHistory: { daysOverdue } }: CommitmentAnswer): string[] {
  return daysOverdue > 0 ? [`${days(daysOverdue)} overdue before`] : [];
}

function isGrave({ tone }: { tone: Tone }): boolean {
  return tone === 'warning' || tone === 'pressing';
}

function endedFor({ successors, status, reached }: CommitmentAnswer): string[] {
  const on = reached[status];
  return [
    ...(successors.length > 0 ? [`Replaced by ${successors.join(' and ')}`] : []),
    ...(on ? [dateInWords(on)] : []),
  ];
}

function textStanding({ text: { objectedToBy } }: CommitmentAnswer, parties: readonly Party[]): string {
  if (objectedToBy.length === 0) return 'Text not agreed yet';
  return `Text objected to by ${objectedToBy.map((party) => nameOf(party, parties)).join(' and ')}`;
}

/** What a side has reported, in words. */
export function healthWords(health: keyof typeof healths): { readonly words: string; readonly tone: Tone } {
  return healths[health];
}

/** Silence never turns a key; where the dialogue has a rule for it, it is said (domain.md 6.6). */
function claimed({ delivery }: CommitmentAnswer): { words: string; tone: Tone } {
  const days = delivery.unansweredForDays;
  if (!days) return { words: statuses['delivery-claimed'], tone: 'calm' };
  return { words: `Claimed, unanswered for ${days} days`, tone: 'warning' };
}

function missingKeys({ delivery }: CommitmentAnswer, parties: readonly Party[]): string {
  const missing = delivery.keysNeeded.filter((party) => !delivery.keysTurned.includes(party));
  return `Waits for the key of ${missing.map((party) => nameOf(party, parties)).join(' and ')}`;
}

/**
 * Late or on time against the date first agreed (domain.md 8), and said only where the dates on record leave
 * no doubt.
 */
function verified({ reached, dueHistory }: CommitmentAnswer): string {
  const claimed = reached['delivery-claimed'];
  const deadline = dueHistory.baseline?.window?.end;
  if (!claimed || !deadline) return statuses.verified;
  const { start, end } = windowOf(claimed);
  if (end <= deadline) return 'Verified, on time';
  return start > deadline ? 'Verified, late' : statuses.verified;
}
