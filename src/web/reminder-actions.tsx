import type { FunctionComponent } from 'preact';
import { addDays } from '../domain/calendar.js';
import { isEscalation, lastSnoozeDay, MAX_SNOOZES } from '../domain/reminder.js';
import { commitmentAddress } from './addresses.js';
import { DateShown } from './date-words.js';
import { Input, Select } from './form-field.js';
import type { ReminderShown } from './reminder-page.js';
import { roleInWords } from './reminder-words.js';

/** What can be done behind each kind of link: nothing is done until the button is pressed. */
export const reminderActions: Readonly<
  Record<
    ReminderShown['purpose'],
    { readonly title: string; readonly Action: FunctionComponent<ReminderShown> }
  >
> = {
  acknowledge: { title: 'Acknowledge a reminder', Action: Acknowledge },
  snooze: { title: 'Put a reminder off', Action: Snooze },
  'hand-over': { title: 'Hand a reminder over', Action: HandOver },
  done: { title: 'It is done: attach proof', Action: Prove },
};

function Acknowledge({ linked: { acts } }: ReminderShown) {
  if (acts.acknowledged) return <Done>You have acknowledged this reminder. It does not come again.</Done>;
  if (acts.handedTo !== undefined) return <Elsewhere />;
  return (
    <form method="post">
      <p>
        Say that you have read it. This reminder does not come again then; later ones do, as long as the
        commitment calls for them.
      </p>
      <button type="submit">I have read this reminder</button>
    </form>
  );
}

function Snooze(shown: ReminderShown) {
  const { linked, today, errors, commitment } = shown;
  const { acts } = linked;
  if (acts.snoozedUntil)
    return (
      <Done>
        It is put off and comes again on <DateShown on={acts.snoozedUntil} />.
      </Done>
    );
  if (acts.handedTo !== undefined) return <Elsewhere />;
  const why = whyNotSnoozed(shown);
  if (why) return <p>{why}</p>;
  const last = commitment && lastSnoozeDay(today, endOf(commitment));
  return (
    <form method="post">
      <Input
        name="until"
        label="Remind me again on"
        hint={
          <>
            {last && (
              <>
                Up to <DateShown on={last} />.{' '}
              </>
            )}
            A reminder can be put off twice; this is the {acts.snoozed === 0 ? 'first' : 'second'} time.
          </>
        }
        errors={errors}
        input={{ type: 'date', required: true, min: addDays(today, 1), ...(last && { max: last }) }}
      />
      <button type="submit">Put it off</button>
    </form>
  );
}

function whyNotSnoozed({ linked: { acts, named }, commitment, today }: ReminderShown): string | undefined {
  if (isEscalation(named.step)) return 'An escalation cannot be put off; it ends with an answer.';
  if (acts.acknowledged) return 'You have acknowledged this reminder; it does not come again.';
  if (acts.snoozed >= MAX_SNOOZES) return 'It was put off twice and cannot be put off again.';
  if (commitment && lastSnoozeDay(today, endOf(commitment)) === undefined)
    return 'The time agreed has ended: a reminder of it cannot be put off. A progress report, a request for more time or a claim of delivery answers it.';
  return undefined;
}

/** Last day of the time agreed, where a deadline can pass. */
function endOf({ due }: NonNullable<ReminderShown['commitment']>): string | undefined {
  return due.kind === 'target' ? undefined : due.window?.end;
}

function HandOver({ linked: { acts }, colleagues, handedTo, errors }: ReminderShown) {
  if (acts.handedTo !== undefined)
    return <Done>You have handed it to {handedTo ?? 'a colleague'}, who is reminded from now on.</Done>;
  if (colleagues.length === 0)
    return (
      <p>
        Nobody else of your side can be reminded. Your secretariat names contacts; ask it to name whoever this
        concerns.
      </p>
    );
  return (
    <form method="post">
      <Select
        name="to"
        label="Hand it to"
        hint="They get this reminder at their own hour. The record says that it was handed over, and names nobody."
        errors={errors}
        value=""
        options={[
          { value: '', label: 'Choose a colleague' },
          ...colleagues.map(({ id, name, role }) => ({ value: id, label: `${name}, ${roleInWords(role)}` })),
        ]}
      />
      <button type="submit">Hand it over</button>
    </form>
  );
}

/**
 * Evidence and claims are on the record in a side's name and take a role of it, which a link in a mail is not: whoever has
 * the mail may have been sent it by someone else. So this page leads there, and takes nothing itself.
 */
function Prove({ announcement, linked: { named } }: ReminderShown) {
  const path = `/v1/dialogues/${announcement.slug}/commitments/${named.commitment}`;
  return (
    <>
      <p>
        Delivery is on record when your side claims it, with evidence, and the other side confirms it. A claim
        speaks for your side, so it takes your key; this mail alone is not enough.
      </p>
      <ol class="steps">
        <li>
          Put the evidence where the other side can reach it, and submit its address:{' '}
          <code>POST {path}/evidence</code>
        </li>
        <li>
          Claim delivery: <code>POST {path}/delivery-claims</code>
        </li>
        <li>Reminders of your share stop at once, and the other side is asked to confirm.</li>
      </ol>
      <p>
        <a href={commitmentAddress(announcement.slug, named.commitment)}>
          See {named.commitment} with its evidence
        </a>{' '}
        or <a href="/docs">how the API takes evidence and claims</a>. Without a key, ask your secretariat: it
        can claim for you.
      </p>
    </>
  );
}

function Elsewhere() {
  return <Done>You have handed this reminder to a colleague, who has it now.</Done>;
}

function Done({ children }: { children: preact.ComponentChildren }) {
  return (
    <p class="done" role="status">
      {children}
    </p>
  );
}
