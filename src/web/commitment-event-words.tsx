import type { ComponentChildren } from 'preact';
import type { CommitmentEvent, DataOf, PartyStatement } from '../domain/commitment/events.js';
import type { Due } from '../domain/due.js';
import type { LanguageMap } from '../domain/event.js';
import { readersInWords } from './confidentiality-mark.js';
import { DateShown, InstantShown } from './date-words.js';
import { CountedTo, DueWords } from './due-phrases.js';
import type { Words } from './event-words.js';
import { Text } from './language.js';
import { NameOf, OrganisationName, PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { healthWords } from './standing-words.js';

type Type = CommitmentEvent['type'];
type Names = Pick<CommitmentShown, 'announcement' | 'organisations' | 'focusAreas'>;
type Tell<T extends Type> = (data: DataOf<CommitmentEvent, T>, names: Names) => Words;

/** "India reported …": what one party did. */
const by =
  <Data extends PartyStatement>(did: string, details?: (data: Data) => ComponentChildren) =>
  (data: Data, names: Names): Words => ({
    what: (
      <>
        <Party code={data.party} {...names} /> {did}
      </>
    ),
    details: details?.(data),
  });

const text = (words: LanguageMap | undefined) => words && <Text of={words} />;
const codes = (all: readonly string[]) => all.join(', ');
const plain = (code: string) => code.replaceAll('-', ' ');

const dueShown = (due: Due) => (
  <>
    <DueWords due={due} /> <CountedTo due={due} />
  </>
);

/** What each event of a commitment is in plain words; the compiler refuses one that was forgotten. */
export const commitmentEventWords: { readonly [T in Type]: Tell<T> } = {
  CommitmentProposed: () => ({ what: 'Put on record as proposed' }),
  CommitmentTextConfirmed: by('confirmed the text'),
  CommitmentTextObjected: by('objected to the text', ({ objection }) => text(objection)),
  CommitmentAgreed: ({ basis }) => ({
    what:
      basis === 'joint-document'
        ? 'Agreed by a joint document'
        : 'Agreed: every responsible party has confirmed the text',
  }),
  JointDecisionProposed: by(
    'proposed a decision that takes the other side’s word too',
    ({ decision }) => jointDecisions[decision] ?? decision,
  ),
  CommitmentAmended: ({ from, changes }) => ({
    what: (
      <>
        Amended from <DateShown on={from} />
      </>
    ),
    details: <Reworded {...changes} />,
  }),
  CommitmentCorrected: ({ changes }) => ({
    what: 'Record corrected',
    details: <Reworded {...changes} />,
  }),
  CommitmentReclassified: ({ type, strength }) => ({
    what: 'Sorted anew',
    details: [type, strength]
      .filter((each) => each !== undefined)
      .map(plain)
      .join(', '),
  }),
  CommitmentTranslated: ({ language, standing, text: words }) => ({
    what: `Translated (${standing})`,
    details: <Text of={{ [language]: words }} />,
  }),
  CommitmentMovedToFocusArea: ({ from, to }, { focusAreas }) => ({
    what: 'Moved to another focus area',
    details: (
      <>
        From <PartyNames codes={from} among={focusAreas} /> to <PartyNames codes={to} among={focusAreas} />
      </>
    ),
  }),
  CommitmentSplit: ({ into }) => ({ what: `Split into ${codes(into)}` }),
  CommitmentMerged: ({ into }) => ({ what: `Merged into ${into}` }),
  UndertakingAssigned: ({ party, lead }, names) => ({
    what: (
      <>
        <Party code={party} {...names} /> named who does its share
      </>
    ),
    details: lead && <OrganisationName code={lead} among={names.organisations} />,
  }),
  UndertakingTransferred: ({ party, from, to }, names) => ({
    what: (
      <>
        <Party code={party} {...names} /> gave its share to another organisation
      </>
    ),
    details: (
      <>
        From <OrganisationName code={from} among={names.organisations} /> to{' '}
        <OrganisationName code={to} among={names.organisations} />
      </>
    ),
  }),
  FocalPointNamed: by('named its focal point'),
  DueDateSet: ({ due }) => ({ what: 'Due date set', details: dueShown(due) }),
  DueDateResolved: ({ window, round }) => ({
    what:
      round === undefined
        ? 'The event that the due date waits for happened'
        : `Due date follows round ${round}`,
    details: window ? (
      <>
        Counted to <DateShown on={window.end} />
      </>
    ) : (
      'No day to count to until the round has a date'
    ),
  }),
  ExtensionRequested: by('asked for more time', ({ due, reasonCode }) => (
    <>
      {dueShown(due)} ({plain(reasonCode)})
    </>
  )),
  ExtensionGranted: ({ party, grantedBy, due, complete }, names) => ({
    what: (
      <>
        <Party code={grantedBy} {...names} /> granted <Party code={party} {...names} /> more time
      </>
    ),
    details: complete ? dueShown(due) : 'The date moves when every other side has granted it.',
  }),
  ExtensionRefused: ({ party, refusedBy }, names) => ({
    what: (
      <>
        <Party code={refusedBy} {...names} /> refused <Party code={party} {...names} /> more time
      </>
    ),
  }),
  DueDateBroughtForward: ({ due }) => ({ what: 'Due date brought forward', details: dueShown(due) }),
  WorkStarted: by('began work'),
  ProgressReported: ({ party, health, text: words }, names) => ({
    what: (
      <>
        <Party code={party} {...names} /> reported: {healthWords(health).words.toLowerCase()}
      </>
    ),
    details: text(words),
  }),
  NoProgressReported: by('reported that there is nothing to report', ({ text: words }) => text(words)),
  CommitmentPaused: by('let work rest', ({ reasonCode }) => plain(reasonCode)),
  CommitmentResumed: by('took work up again'),
  EvidenceSubmitted: by('submitted evidence', ({ evidence }) => text(evidence.titles)),
  EvidenceWithdrawn: by('withdrew evidence', ({ evidence }) => evidence),
  DeliveryClaimed: by(
    'claimed its share as delivered',
    ({ complete }) => complete && 'With this, every share is claimed.',
  ),
  DeliveryClaimRetracted: by('retracted its claim'),
  DeliveryAttested: by('turned its key: it confirms delivery'),
  AttestationDeclined: by('declined to confirm delivery'),
  CommitmentVerified: () => ({ what: 'Verified: every key that is needed has been turned' }),
  DisputeRaised: by('raised a dispute', ({ about, text: words }) => (
    <>
      About the {plain(about)}: {text(words)}
    </>
  )),
  DisputeSettled: ({ id, how, text: words }) => ({
    what: `Dispute ${id} settled: ${plain(how)}`,
    details: text(words),
  }),
  WithdrawalProposed: by('asked for the withdrawal'),
  CommitmentWithdrawn: ({ by: parties }, { announcement }) => ({
    what: (
      <>
        Withdrawn by <PartyNames codes={parties} among={announcement.parties} />
      </>
    ),
  }),
  CommitmentSuperseded: ({ by: successors }) => ({ what: `Replaced by ${codes(successors)}` }),
  CommitmentLapsed: ({ round }) => ({ what: `Let lapse at the close of round ${round}` }),
  CommitmentCarriedOver: ({ round }) => ({ what: `Carried over at the close of round ${round}` }),
  CommitmentReaffirmed: ({ round }) => ({ what: round ? `Reaffirmed at round ${round}` : 'Reaffirmed' }),
  CommitmentReopened: ({ due }) => ({ what: 'Taken up again', details: dueShown(due) }),
  ConfidentialityChanged: ({ party, confidentiality, ground }, names) => ({
    what: (
      <>
        <Party code={party} {...names} /> said who may read it
      </>
    ),
    details: `${readersInWords(confidentiality, names.announcement.parties)}: ${ground}`,
  }),
  PublicationProposed: by('would have it public', ({ from }) => from && <InstantShown at={from} />),
  EmbargoSet: ({ until }) => ({
    what: 'Put under embargo',
    details: (
      <>
        Public from <InstantShown at={until} />
      </>
    ),
  }),
  ReleasedToPublic: ({ by: parties }, { announcement }) => ({
    what: (
      <>
        Made public by <PartyNames codes={parties} among={announcement.parties} />
      </>
    ),
  }),
  AssessmentRecorded: ({ assessor, stage }, { organisations }) => ({
    what: `Assessed from outside (${stage})`,
    details: <OrganisationName code={assessor} among={organisations} />,
  }),
  AssessmentRevised: ({ assessor, stage }, { organisations }) => ({
    what: `Assessment from outside revised (${stage})`,
    details: <OrganisationName code={assessor} among={organisations} />,
  }),
};

const jointDecisions: Readonly<Record<string, string>> = {
  CommitmentAmended: 'To amend the words',
  CommitmentSplit: 'To split it',
  CommitmentMerged: 'To merge it into another',
  CommitmentSuperseded: 'To replace it',
  CommitmentReopened: 'To take it up again',
  DueDateSet: 'To set a due date',
  DueDateBroughtForward: 'To bring the due date forward',
};

function Party({ code, announcement }: { code: string } & Pick<Names, 'announcement'>) {
  return <NameOf code={code} among={announcement.parties} />;
}

function Reworded(changes: DataOf<CommitmentEvent, 'CommitmentCorrected'>['changes']) {
  const { titles, text: words, ...others } = changes;
  return (
    <>
      {titles && <Text of={titles} />} {words && <Text of={words} />}{' '}
      {Object.keys(others).map(plain).join(', ')}
    </>
  );
}
