import { AssessmentScores } from './assessments-shown.js';
import { readersInWords } from './confidentiality-mark.js';
import { InstantShown } from './date-words.js';
import { by, dueShown, type Names, type Telling } from './event-telling.js';
import { OrganisationName, PartyNames } from './names.js';
import { LinkedCommitments } from './linked-commitments.js';

type EndingEvent =
  | 'CommitmentSplit'
  | 'CommitmentMerged'
  | 'WithdrawalProposed'
  | 'CommitmentWithdrawn'
  | 'CommitmentSuperseded'
  | 'CommitmentLapsed'
  | 'CommitmentCarriedOver'
  | 'CommitmentReaffirmed'
  | 'CommitmentReopened'
  | 'ConfidentialityChanged'
  | 'PublicationProposed'
  | 'EmbargoSet'
  | 'ReleasedToPublic'
  | 'AssessmentRecorded'
  | 'AssessmentRevised';

/** How it ended or went on, who may read it, and what others think of it. */
export const endingEventWords: Telling<EndingEvent> = {
  CommitmentSplit: ({ into }, names) => ({ what: <>Split into {linked(into, names)}</> }),
  // A successor that the reader may not know of is left out of the event.
  CommitmentMerged: ({ into }: { into?: string }, names) => ({
    what: <>Merged into {linked(into ? [into] : [], names)}</>,
  }),
  WithdrawalProposed: by('asked for the withdrawal'),
  CommitmentWithdrawn: ({ by: parties }, { announcement }) => ({
    what: (
      <>
        Withdrawn by <PartyNames codes={parties} among={announcement.parties} />
      </>
    ),
  }),
  CommitmentSuperseded: ({ by: successors }, names) => ({
    what: <>Replaced by {linked(successors, names)}</>,
  }),
  CommitmentLapsed: ({ round }) => ({ what: `Let lapse at the close of round ${round}` }),
  CommitmentCarriedOver: ({ round }) => ({ what: `Carried over at the close of round ${round}` }),
  CommitmentReaffirmed: ({ round }) => ({ what: round ? `Reaffirmed at round ${round}` : 'Reaffirmed' }),
  CommitmentReopened: ({ due }) => ({ what: 'Taken up again', details: dueShown(due) }),
  ConfidentialityChanged: by(
    'said who may read it',
    ({ confidentiality, ground }, { announcement }) =>
      `${readersInWords(confidentiality, announcement.parties)}: ${ground}`,
  ),
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
  AssessmentRecorded: (assessment, names) => ({
    what: (
      <>
        <OrganisationName code={assessment.assessor} among={names.organisations} /> assessed it from outside
      </>
    ),
    details: <AssessmentScores of={assessment} parties={names.announcement.parties} />,
  }),
  AssessmentRevised: (assessment, names) => ({
    what: (
      <>
        <OrganisationName code={assessment.assessor} among={names.organisations} /> revised its assessment
      </>
    ),
    details: <AssessmentScores of={assessment} parties={names.announcement.parties} />,
  }),
};

function linked(ids: readonly string[], { announcement }: Names) {
  return <LinkedCommitments of={ids.map((id) => ({ id }))} dialogue={announcement.slug} />;
}
