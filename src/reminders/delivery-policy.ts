import type { MailOutcome } from '../mail/mailer.js';
import type { Attempted, ClaimedMail, ClaimedReminder, Ending } from './ledger.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is decided about mails that do not go as planned, in milliseconds where it is a time. */
export interface DeliveryPolicy {
  /** A mail that perhaps arrived is sent once more, with the same Message-ID and the same bytes, after this. */
  readonly resendAfter: number;
  /** A reminder that goes out this long after it was planned says that it is late. */
  readonly lateAfter: number;
  /** One that could not go out for this long is given up: what it says is no news any more. */
  readonly tooLateAfter: number;
  /** Pause where what is to be told cannot be read yet. */
  readonly readAfter: number;
  /** Pause after the first failure, doubled with each further one up to `longestPause`. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** How often a server may say "later" to the same mail, with pauses that add up to two days. */
  readonly mostTries: number;
}

export const defaultPolicy: DeliveryPolicy = {
  resendAfter: 15 * MINUTE,
  lateAfter: DAY,
  tooLateAfter: 45 * DAY,
  readAfter: 5 * SECOND,
  firstPause: 2 * MINUTE,
  longestPause: 6 * HOUR,
  mostTries: 12,
};

/** What its earlier attempts have to do with the next. */
type Tried = Pick<ClaimedMail, 'tries'> & {
  readonly perhapsSent?: unknown;
  readonly reminders: readonly Pick<ClaimedReminder, 'kind'>[];
};

/**
 * What an attempt means for the reminders of its mail.
 * @param dice at least 0 and below 1: spreads retries, so that what failed together is not tried again together.
 */
export function endingAfter(outcome: MailOutcome, mail: Tried, policy: DeliveryPolicy, dice: number): Ending {
  if (outcome.outcome === 'sent') return { state: 'sent' };
  if (outcome.outcome === 'uncertain') {
    return { state: 'uncertain', afterMs: isHeld(mail) ? undefined : policy.resendAfter };
  }
  // Of several tries one was perhaps accepted: that a later one is refused does not undo it.
  const givenUp = !outcome.passing || (outcome.code !== undefined && mail.tries >= policy.mostTries);
  if (mail.perhapsSent) {
    return { state: 'uncertain', afterMs: givenUp ? undefined : pauseAfter(mail.tries, policy, dice) };
  }
  if (givenUp) return { state: 'failed', why: outcome.passing ? 'gave-up' : 'refused' };
  return { state: 'planned', afterMs: pauseAfter(mail.tries, policy, dice) };
}

/** What a mail that cannot be written yet is left in. */
export function soon({ perhapsSent }: Tried, { readAfter }: DeliveryPolicy): Ending {
  return { state: perhapsSent ? 'uncertain' : 'planned', afterMs: readAfter };
}

/**
 * What perhaps arrived twice is for a person to decide, and an escalation the first time: heads of division are not to be
 * told twice by a machine. Whoever else is reminded rather gets the same mail again than none.
 */
function isHeld({ perhapsSent, reminders }: Tried): boolean {
  return perhapsSent !== undefined || reminders.some(({ kind }) => kind === 'escalation');
}

/** What became of a mail whose worker ended before it could tell. */
export function cutOff(dataStarted: boolean, mail: Tried, policy: DeliveryPolicy): Attempted {
  if (dataStarted) {
    const outcome = {
      outcome: 'uncertain',
      detail: 'The worker ended before the answer was known.',
    } as const;
    return { outcome, ending: endingAfter(outcome, mail, policy, 0), late: [] };
  }
  return {
    outcome: { outcome: 'not-sent', passing: true, detail: 'The worker ended before the server was ready.' },
    ending: { state: mail.perhapsSent ? 'uncertain' : 'planned', afterMs: 0 },
    late: [],
  };
}

function pauseAfter(tries: number, { firstPause, longestPause }: DeliveryPolicy, dice: number): number {
  const full = Math.min(longestPause, firstPause * 2 ** (tries - 1));
  return Math.round(full * (0.5 + dice / 2));
}

/** How the reminder stands to its time. Nobody was kept waiting for what was not planned before. */
export function timeliness(
  { due_at, planned_at = due_at }: Pick<ClaimedReminder, 'due_at' | 'planned_at'>,
  now: string,
  { lateAfter, tooLateAfter }: DeliveryPolicy,
): 'timely' | 'late' | 'too-late' {
  const behind = (since: string) => Date.parse(now) - Date.parse(since);
  if (behind(due_at) > tooLateAfter) return 'too-late';
  return Math.min(behind(due_at), behind(planned_at)) > lateAfter ? 'late' : 'timely';
}

/** The name of the next message of a mail; what is added to a day's digest after it went out is another message. */
export function nextMessageName({ mailId, messagesBefore }: ClaimedMail): string {
  return messagesBefore === 0 ? mailId : `${mailId}.${messagesBefore + 1}`;
}
