import type { ComponentChildren } from 'preact';
import type { Attendee } from '../domain/follow-up.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import { readersInWords } from './confidentiality-mark.js';
import { DateShown, InstantShown } from './date-words.js';
import { Text } from './language.js';
import { NameOf, OrganisationName, PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { healthWords } from './standing-words.js';

type Names = Pick<CommitmentShown, 'announcement' | 'organisations'>;
type Words = { readonly what: ComponentChildren; readonly details?: ComponentChildren };

/** What happened, in plain words, and what the event says about it. */
export function happened(event: PactaEvent, names: Names): Words {
  const among = names.announcement.parties;
  const party = (code: string) => <NameOf code={code} among={among} />;
  switch (event.type) {
    case 'CommitmentProposed':
      return { what: 'Put on record as proposed' };
    case 'CommitmentTextConfirmed':
      return { what: <>{party(event.data.party)} confirmed the text</> };
    case 'CommitmentAgreed':
      return {
        what:
          event.data.basis === 'joint-document'
            ? 'Agreed by a joint document'
            : 'Agreed: every responsible party has confirmed the text',
      };
    case 'ProgressReported':
      return {
        what: (
          <>
            {party(event.data.party)} reported: {healthWords(event.data.health).words.toLowerCase()}
          </>
        ),
        details: event.data.text && <Text of={event.data.text} />,
      };
    case 'EvidenceSubmitted':
      return {
        what: <>{party(event.data.party)} submitted evidence</>,
        details: <Text of={event.data.evidence.titles} />,
      };
    case 'DeliveryClaimed':
      return {
        what: <>{party(event.data.party)} claimed its share as delivered</>,
        details: event.data.complete && 'With this, every share is claimed.',
      };
    case 'DeliveryAttested':
      return { what: <>{party(event.data.party)} turned its key: it confirms delivery</> };
    case 'CommitmentVerified':
      return { what: 'Verified: every key that is needed has been turned' };
    case 'WithdrawalProposed':
      return { what: <>{party(event.data.party)} asked for the withdrawal</> };
    case 'CommitmentWithdrawn':
      return {
        what: (
          <>
            Withdrawn by <PartyNames codes={event.data.by} among={among} />
          </>
        ),
      };
    case 'ConfidentialityChanged':
      return {
        what: <>{party(event.data.party)} said who may read it</>,
        details: `${readersInWords(event.data.confidentiality, among)}: ${event.data.ground}`,
      };
    case 'PublicationProposed':
      return {
        what: <>{party(event.data.party)} would have it public</>,
        details: event.data.from && (
          <>
            From <InstantShown at={event.data.from} />
          </>
        ),
      };
    case 'EmbargoSet':
      return {
        what: 'Put under embargo',
        details: (
          <>
            Public from <InstantShown at={event.data.until} />
          </>
        ),
      };
    case 'ReleasedToPublic':
      return {
        what: (
          <>
            Made public by <PartyNames codes={event.data.by} among={among} />
          </>
        ),
      };
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
    case 'ReminderSent':
      return {
        what: <>A reminder went to {party(event.data.party)}</>,
        details: reminderSteps[event.data.step] ?? event.data.step,
      };
    default:
      // Nothing that is on record is left out for want of words.
      return { what: event.type };
  }
}

const reminderSteps: Readonly<Record<string, string>> = {
  'T-30': '30 days before the end of the time agreed',
  'T-7': '7 days before the end of the time agreed',
  'T-1': 'The day before the end of the time agreed',
  overdue: 'After the end of the time agreed',
};

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
