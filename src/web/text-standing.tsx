import { concernedParties } from '../domain/commitment/state.js';
import { DateShown } from './date-words.js';
import { Text } from './language.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';

/** How far the words are agreed, and each side's own key to them. */
export function TextStanding(shown: CommitmentShown) {
  const { text } = shown.commitment;
  const turned = text.confirmedBy.length + text.confirmedBefore.length + text.objectedToBy.length > 0;
  return (
    <>
      <p class="note">
        <Agreement {...shown} />
      </p>
      {turned && (
        <ul class="keys plain">
          {concernedParties({ statement: shown.commitment }).map((party) => (
            <li>
              <NameOf code={party} among={shown.announcement.parties} /> <TextKey party={party} {...shown} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Agreement({ commitment: { text, reached, status, standing } }: CommitmentShown) {
  const on = reached['agreed'];
  if (!text.agreedBy) {
    return (
      <>
        <strong>Not agreed{status === 'proposed' && ' yet'}.</strong> The text rests on{' '}
        {standing === 'both-readouts' ? 'each side’s own account' : 'one side’s account'}.
      </>
    );
  }
  return (
    <>
      <strong>Agreed</strong>{' '}
      {text.agreedBy === 'joint-document' ? 'by a joint document' : 'by every responsible party'}
      {on && (
        <>
          , <DateShown on={on} />
        </>
      )}
      .
    </>
  );
}

function TextKey({ party, commitment: { text }, events }: CommitmentShown & { party: string }) {
  if (text.objectedToBy.includes(party)) {
    const objection = events.findLast(
      ({ type, data }) => type === 'CommitmentTextObjected' && data.party === party,
    );
    return (
      <>
        <strong class="late">objects to these words</strong>
        {objection?.type === 'CommitmentTextObjected' && (
          <>
            {' '}
            (<DateShown on={objection.occurredOn} />
            ): <Text of={objection.data.objection} />
          </>
        )}
      </>
    );
  }
  if (text.confirmedBy.includes(party)) return <span class="done">confirmed these words</span>;
  if (text.confirmedBefore.includes(party)) {
    return <span class="stale">confirmed earlier words: its key is stale for these</span>;
  }
  return <span class="quiet">has not confirmed them</span>;
}
