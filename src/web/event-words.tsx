import type { Attendee } from '../domain/follow-up.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import { commitmentEventTold } from './commitment-event-words.js';
import { DateShown } from './date-words.js';
import type { Names, Words } from './event-telling.js';
import { Text } from './language.js';
import { NameOf, OrganisationName } from './names.js';
import { stepInWords } from './reminder-words.js';

/** What happened, in plain words, and what the event says about it. */
export function happened(event: PactaEvent, names: Names): Words {
  const among = names.announcement.parties;
  const party = (code: string) => <NameOf code={code} among={among} />;
  switch (event.type) {
    case 'FollowUpScheduled':
      return {
        what: (
          <>
            Follow-up planned: <Text of={event.data.titles} />
          </>
        ),
        details: event.data.plannedFor && (
          <>
            Planned for <DateShown on={event.data.plannedFor} />
          </>
        ),
      };
    case 'FollowUpHeld':
      return {
        what: 'Follow-up held',
        details: (
          <>
            Held <DateShown on={event.data.on} />. {event.data.subject && <Text of={event.data.subject} />}
            <Met whom={event.data.with} {...names} />
          </>
        ),
      };
    case 'FollowUpRescheduled':
      return {
        what: 'Follow-up moved',
        details: (
          <>
            Now planned for <DateShown on={event.data.plannedFor} />
            {event.data.place && (
              <>
                , <Text of={event.data.place} />
              </>
            )}
          </>
        ),
      };
    case 'FollowUpOutcomeRecorded':
      return {
        what: 'What came of the follow-up',
        details: (
          <>
            <Text of={event.data.outcome} />
            {event.data.nextStep && (
              <>
                {' '}
                Next step: <Text of={event.data.nextStep} />
              </>
            )}
          </>
        ),
      };
    case 'FollowUpCancelled':
      return { what: 'Follow-up cancelled' };
    case 'FollowUpMissed':
      return { what: 'Follow-up missed: it did not take place at its time' };
    case 'ReminderSent':
      return reminded(<>A reminder went to {party(event.data.party)}</>, event.data);
    case 'ReminderUncertain':
      return reminded(
        <>A reminder to {party(event.data.party)} was handed over, and no answer came</>,
        event.data,
      );
    case 'ReminderFailed':
      return reminded(<>A reminder to {party(event.data.party)} could not be delivered</>, event.data);
    case 'EscalationRaised':
      return reminded(<>Put before those above at {party(event.data.party)}</>, event.data);
    case 'ReminderAcknowledged':
      return reminded(<>{party(event.data.party)} has read its reminder</>, event.data);
    case 'ReminderSnoozed':
      return reminded(
        <>
          {party(event.data.party)} put its reminder off to <DateShown on={event.data.until} />
        </>,
        event.data,
      );
    case 'ReminderHandedOver':
      return reminded(<>{party(event.data.party)} handed its reminder to a colleague</>, event.data);
    default:
      // Nothing that is on record is left out for want of words.
      return commitmentEventTold(event.type, event.data, names) ?? { what: event.type };
  }
}

function reminded(what: Words['what'], { step }: { readonly step: string }): Words {
  return { what, details: stepInWords(step) };
}

function Met({ whom, organisations }: Names & { whom: readonly Attendee[] }) {
  if (whom.length === 0) return null;
  return (
    <>
      {' '}
      With{' '}
      {whom.map(({ name, office, organisation }, index) => (
        <>
          {index > 0 && '; '}
          {name}
          {name && office && ', '}
          {office && <Text of={office} />}
          {(name || office) && organisation && ', '}
          {organisation && <OrganisationName code={organisation} among={organisations} />}
        </>
      ))}
      .
    </>
  );
}
