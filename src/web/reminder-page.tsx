import type { ComponentChildren } from 'preact';
import type { Dialogue } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import type { LinkPurpose } from '../reminders/links.js';
import type { Colleague, LinkedReminder, NextReminder } from '../reminders/linked-reminder.js';
import { commitmentAddress } from './addresses.js';
import { CountedTo, DueWords, timeLeft } from './due-phrases.js';
import { Fact } from './fact.js';
import type { FieldErrors } from './form-field.js';
import { Text } from './language.js';
import { InventedNotice, pageOf } from './layout.js';
import { nameOf } from './names.js';
import { reminderActions } from './reminder-actions.js';
import { stepInWords } from './reminder-words.js';

/** What the page behind a link in a reminder shows. */
export interface ReminderShown {
  readonly purpose: Exclude<LinkPurpose, 'preferences' | 'unsubscribe'>;
  readonly linked: LinkedReminder;
  readonly announcement: Dialogue;
  /** As the public sees it; undefined for one that is withheld, of which only the reference is told (domain.md 6.7). */
  readonly commitment: CommitmentAnswer | undefined;
  readonly colleagues: readonly Colleague[];
  /** Name of the colleague who has it now. */
  readonly handedTo: string | undefined;
  readonly next: NextReminder | undefined;
  /** The day it is for the recipient. */
  readonly today: string;
  readonly errors: FieldErrors;
  /** Why it could not be done, where no field is at fault. */
  readonly refusal?: string | undefined;
}

/** The page behind a link in a reminder: what it is about, and one thing that can be done about it. */
export function reminderPage(shown: ReminderShown): string {
  const { title, Action } = reminderActions[shown.purpose];
  const { named } = shown.linked;
  return pageOf({
    title: `${title}: ${named.commitment}`,
    children: (
      <article class="act">
        <InventedNotice of={shown.announcement} />
        <div class="opening">
          <p class="reference">{title}</p>
          <h1>
            {named.commitment}
            {shown.commitment && (
              <>
                {' '}
                <Text of={shown.commitment.titles} />
              </>
            )}
          </h1>
          <p class="lead">
            <Text of={shown.announcement.titles} />
          </p>
        </div>
        <About {...shown} />
        <section class="action" aria-labelledby="action">
          <h2 id="action">{title}</h2>
          {shown.refusal && <p class="wrong">{shown.refusal}</p>}
          {shown.linked.isCancelled && shown.linked.acts.handedTo === undefined ? (
            <p>
              This reminder no longer stands: what it asked for was done, or the commitment was changed since.
              There is nothing to do about it.
            </p>
          ) : (
            <Action {...shown} />
          )}
          <Next {...shown} />
        </section>
      </article>
    ),
  });
}

function About({ announcement, commitment, linked: { named, recipient } }: ReminderShown) {
  const party = nameOf(named.party, announcement.parties);
  return (
    <dl class="facts">
      {commitment ? (
        <>
          <Fact term="Due">
            <DueWords due={commitment.due} />
            <span class="counted">
              <CountedTo due={commitment.due} />
            </span>
          </Fact>
          <Fact term="Time">{timeLeft(commitment) ?? 'No deadline is running'}</Fact>
          <Fact term="This reminder">{stepInWords(named.step)}</Fact>
        </>
      ) : (
        <Fact term="Not public">What it says is shown to those who may read it.</Fact>
      )}
      <Fact term="For">
        {recipient.name}, {party}
      </Fact>
      <Fact term="Commitment">
        <a href={commitmentAddress(announcement.slug, named.commitment)}>{named.commitment} on record</a>
      </Fact>
    </dl>
  );
}

function Next({ commitment, next, linked }: ReminderShown) {
  if (!commitment || !next) return null;
  return (
    <Note>
      The next reminder of {next.commitment} to you: {lower(stepInWords(next.step))}, on{' '}
      {dayAndHour(next.dueAt, linked.recipient.zone)}. A claim of delivery stops it.
    </Note>
  );
}

function Note({ children }: { children: ComponentChildren }) {
  return <p class="note">{children}</p>;
}

/** "20 January 2026, 09:00 (Asia/Kolkata)". */
function dayAndHour(instant: string, zone: string): string {
  const at = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return `${at.format(new Date(instant)).replace(' at ', ', ')} (${zone.replaceAll('_', ' ')})`;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
