import type { CommitmentEvent, DataOf } from '../domain/commitment/events.js';
import { DateShown } from './date-words.js';
import { by, plain, type Telling, text } from './event-telling.js';
import { languageName, Text } from './language.js';
import { OrganisationName, PartyNames } from './names.js';
import { translationStandings } from './translation-words.js';

type WordingEvent =
  | 'CommitmentProposed'
  | 'CommitmentTextConfirmed'
  | 'CommitmentTextObjected'
  | 'CommitmentAgreed'
  | 'CommitmentAmended'
  | 'CommitmentCorrected'
  | 'CommitmentReclassified'
  | 'CommitmentTranslated'
  | 'CommitmentMovedToFocusArea'
  | 'UndertakingAssigned'
  | 'UndertakingTransferred'
  | 'FocalPointNamed';

/** What was promised, in which words, and by whom. */
export const wordingEventWords: Telling<WordingEvent> = {
  // The words of then: amendments and corrections show what came in their place.
  CommitmentProposed: ({ text: words }) => ({ what: 'Put on record as proposed', details: text(words) }),
  CommitmentTextConfirmed: by('confirmed the text'),
  CommitmentTextObjected: by('objected to the text', ({ objection }) => text(objection)),
  CommitmentAgreed: ({ basis }) => ({
    what:
      basis === 'joint-document'
        ? 'Agreed by a joint document'
        : 'Agreed: every responsible party has confirmed the text',
  }),
  CommitmentAmended: ({ from, changes }) => ({
    what: (
      <>
        Amended from <DateShown on={from} />
      </>
    ),
    details: <Reworded {...changes} />,
  }),
  CommitmentCorrected: ({ changes }) => ({ what: 'Record corrected', details: <Reworded {...changes} /> }),
  CommitmentReclassified: ({ type, strength }) => ({
    what: 'Sorted anew',
    details: [type, strength]
      .filter((each) => each !== undefined)
      .map(plain)
      .join(', '),
  }),
  CommitmentTranslated: ({ language, standing, text: words }) => ({
    what: `Translated into ${languageName(language)} (${translationStandings[standing]})`,
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
  UndertakingAssigned: by('named who does its share', ({ lead, supporting = [] }, { organisations }) =>
    [lead, ...supporting]
      .filter((each) => each !== undefined)
      .map((each, index) => (
        <>
          {index > 0 && ', '}
          <OrganisationName code={each} among={organisations} />
        </>
      )),
  ),
  UndertakingTransferred: by('gave its share to another organisation', ({ from, to }, { organisations }) => (
    <>
      From <OrganisationName code={from} among={organisations} /> to{' '}
      <OrganisationName code={to} among={organisations} />
    </>
  )),
  FocalPointNamed: by('named its focal point'),
};

function Reworded(changes: DataOf<CommitmentEvent, 'CommitmentCorrected'>['changes']) {
  const { titles, text: words, ...others } = changes;
  const told = Object.keys(others).map((member) => `new ${plain(member)}`);
  return (
    <>
      {titles && <Text of={titles} />} {words && <Text of={words} />}{' '}
      {told.length > 0 && `(${told.join(', ')})`}
    </>
  );
}
