import { groupedBy } from '../verdict.js';
import type { Account, Attempt, Reminder } from './account.js';

/** A rule that holds of every account: what speaks against it, nothing when it holds. */
export type Rule = (account: Account) => string[];

/** What must be true whenever workers were killed. */
export const rules = {
  'every reminder is delivered, or held for a person who is shown it': (account) =>
    account.reminders
      .filter((reminder) => timesTaken(account, reminder) === 0 && !isHeld(account, reminder))
      .map(({ id }) => `${id} was not delivered`),
  'every reminder ends as sent, and of escalations those that are held': (account) =>
    account.reminders
      .filter((reminder) => reminder.state !== 'sent' && !isHeld(account, reminder))
      .map(({ id, state }) => `${id} is ${state}`),
  'what is said to be sent was taken as often': ({ attempts, taken }) =>
    [...groupedBy(attempts, ({ messageId }) => messageId)]
      .filter(
        ([messageId, all]) =>
          all.filter(({ outcome }) => outcome === 'sent').length >
          taken.filter((message) => message.messageId === messageId).length,
      )
      .map(([messageId]) => `${messageId} was not taken as often as it is said to be sent`),
  'a reminder that is delivered twice is in the same message, with the same Message-ID and the same bytes': ({
    taken,
  }) => {
    const carrying = taken.flatMap(({ carries, messageId, bytes }) =>
      carries.map((id) => ({ id, message: `${messageId} ${bytes}` })),
    );
    return [...groupedBy(carrying, ({ id }) => id)].flatMap(([id, all]) => {
      const messages = new Set(all.map(({ message }) => message));
      return messages.size > 1 ? [`${id} is in ${[...messages].join(' and ')}`] : [];
    });
  },
  'no message is taken twice without an attempt that is uncertain': ({ attempts, taken }) =>
    [...groupedBy(taken, ({ messageId }) => messageId)]
      .map(([messageId, all]) => ({ messageId, more: all.length - 1, doubts: doubtsOf(attempts, messageId) }))
      .filter(({ more, doubts }) => more > doubts.length)
      .map(
        ({ messageId, more, doubts }) => `${messageId} came ${more} times more, with ${doubts.length} doubts`,
      ),
  'the log tells of every doubt about a reminder before it is sent again': (account) =>
    account.attempts
      .filter(({ outcome }) => outcome === 'uncertain')
      .flatMap((doubt) => {
        const next = account.attempts.find(
          ({ messageId, fence }) => messageId === doubt.messageId && fence > doubt.fence,
        );
        return carriedIn(account, doubt.messageId)
          .filter((id) => !isKnown(account, id, doubt, next))
          .map((id) => `the log did not tell in time that ${id} is uncertain since ${doubt.fence}`);
      }),
  'the log tells once that a reminder was sent, and of none that was not': ({ reminders, recorded }) =>
    reminders.flatMap(({ id, kind, state }) => {
      const type = kind === 'escalation' ? 'EscalationRaised' : 'ReminderSent';
      const times = recorded.filter((event) => event.reminder === id && event.type === type).length;
      return times === (state === 'sent' ? 1 : 0) ? [] : [`${id} is ${state}, and ${type} ${times} times`];
    }),
  'no attempt is left open': ({ attempts }) =>
    attempts
      .filter(({ outcome }) => outcome === null)
      .map(({ mail, fence }) => `attempt ${fence} of ${mail} has no outcome`),
} satisfies Readonly<Record<string, Rule>>;

function timesTaken({ taken }: Account, { id }: Reminder): number {
  return taken.filter(({ carries }) => carries.includes(id)).length;
}

function isHeld({ held }: Account, { kind, state, mail }: Reminder): boolean {
  return kind === 'escalation' && state === 'uncertain' && held.includes(mail);
}

function doubtsOf(attempts: readonly Attempt[], messageId: string): Attempt[] {
  return attempts.filter((attempt) => attempt.messageId === messageId && attempt.outcome === 'uncertain');
}

/** Reminders in a message, by what arrived of it; of one that never did nobody can have had it twice. */
function carriedIn({ taken }: Account, messageId: string): readonly string[] {
  return taken.find((message) => message.messageId === messageId)?.carries ?? [];
}

function isKnown({ recorded }: Account, id: string, doubt: Attempt, next: Attempt | undefined): boolean {
  return recorded.some(
    ({ reminder, type, fence, at }) =>
      reminder === id &&
      type === 'ReminderUncertain' &&
      fence === doubt.fence &&
      (next === undefined || at <= next.intentAt),
  );
}
