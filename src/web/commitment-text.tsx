import type { SourceReference } from '../domain/event.js';
import { DateShown } from './date-words.js';
import { DifferingAccounts } from './differing-accounts.js';
import { everyLanguage, languageName } from './language.js';
import { PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { SourceShown, standings } from './source-shown.js';

/** The words of a commitment, how far they are agreed, and where they come from. */
export function CommitmentText(shown: CommitmentShown) {
  const { announcement, commitment, sources, organisations } = shown;
  const { parties } = announcement;
  return (
    <>
      <section aria-labelledby="text">
        <h2 id="text">
          {commitment.status === 'proposed' ? 'What is said to be promised' : 'What was promised'}
        </h2>
        <Words texts={commitment.text.words} />
        <p class="note">
          <Agreement commitment={commitment} parties={parties} />
        </p>
      </section>
      <DifferingAccounts {...shown} />
      <section aria-labelledby="sources">
        <h2 id="sources">Where it comes from</h2>
        {commitment.standing && (
          <p class="note">
            Strongest source: <strong>{standings[commitment.standing].toLowerCase()}</strong>.
          </p>
        )}
        {commitment.sources.length === 0 && <p class="quiet">No source is on record.</p>}
        <ul class="sources">
          {together(commitment.sources).map(({ document, references }) => (
            <li>
              <SourceShown
                id={document}
                references={references}
                sources={sources}
                parties={parties}
                organisations={organisations}
              />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Words({ texts }: { texts: CommitmentShown['commitment']['text']['words'] }) {
  const all = everyLanguage(texts);
  return (
    <>
      {all.map(({ language, words }) => (
        <div class="promise">
          {all.length > 1 && <p class="quiet">{languageName(language)}</p>}
          <p lang={language}>{words}</p>
        </div>
      ))}
    </>
  );
}

type AgreementProps = Pick<CommitmentShown, 'commitment'> & Pick<CommitmentShown['announcement'], 'parties'>;

function Agreement({ commitment: { text, reached, status, standing }, parties }: AgreementProps) {
  const { agreedBy, confirmedBy } = text;
  const on = reached['agreed'];
  const confirmed = confirmedBy.length > 0 && (
    <>
      {' '}
      Text confirmed by <PartyNames codes={confirmedBy} among={parties} />.
    </>
  );
  if (!agreedBy) {
    return (
      <>
        <strong>Not agreed{status === 'proposed' && ' yet'}.</strong> The text rests on{' '}
        {standing === 'both-readouts' ? 'each side’s own account' : 'one side’s account'}.{confirmed}
      </>
    );
  }
  return (
    <>
      <strong>Agreed</strong>{' '}
      {agreedBy === 'joint-document' ? 'by a joint document' : 'by every responsible party'}
      {on && (
        <>
          , <DateShown on={on} />
        </>
      )}
      .{confirmed}
    </>
  );
}

/** References gathered under the document that they are made to, in the order of its first mention. */
function together(references: readonly SourceReference[]) {
  const documents = [...new Set(references.map(({ document }) => document))];
  return documents.map((document) => ({
    document,
    references: references.filter((each) => each.document === document),
  }));
}
