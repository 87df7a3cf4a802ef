import { windowOf } from '../domain/calendar.js';
import type { Party } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answers.js';
import { timeLeft } from './due-phrases.js';
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
  withdrawn: 'Withdrawn',
};

/** The one word for how a commitment stands, by the order of domain.md 6.4, with the facts beside it. */
export function standingOf(commitment: CommitmentAnswer, parties: readonly Party[]): StandingWords {
  const { status, timeliness } = commitment;
  switch (status) {
    case 'withdrawn':
      return { words: 'Withdrawn', tone: 'quiet', besides: [] };
    case 'verified':
      return { words: verified(commitment), tone: 'done', besides: [] };
    case 'delivery-claimed':
      return { ...claimed(commitment), besides: [missingKeys(commitment, parties)] };
    case 'proposed':
      return { words: 'Proposed', tone: 'quiet', besides: ['Text not agreed yet'] };
  }
  const health = healths[commitment.health.is ?? 'not-reported'];
  const time = timeLeft(commitment);
  const known = [statuses[status], ...(time ? [time] : [])];
  if (timeliness?.is === 'overdue') {
    return { words: 'Overdue', tone: 'pressing', besides: [time!, statuses[status], health.words] };
  }
  if (timeliness?.is === 'due-soon' && health.tone !== 'warning' && health.tone !== 'pressing') {
    return { words: 'Due soon', tone: 'warning', besides: [time!, statuses[status], health.words] };
  }
  return { ...health, besides: known };
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

/** Late or on time is said only where the dates on record leave no doubt. */
function verified({ reached, due }: Pick<CommitmentAnswer, 'reached' | 'due'>): string {
  const claimed = reached['delivery-claimed'];
  if (!claimed || !due.window) return statuses.verified;
  const { start, end } = windowOf(claimed);
  if (end <= due.window.end) return 'Verified, on time';
  return start > due.window.end ? 'Verified, late' : statuses.verified;
}
