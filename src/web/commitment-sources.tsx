import type { SourceReference } from '../domain/event.js';
import type { CommitmentShown } from './page-contents.js';
import { SourceShown, standings } from './source-shown.js';

/** The documents that a commitment rests on, with the words that they say. */
export function CommitmentSources({ announcement, commitment, sources, organisations }: CommitmentShown) {
  return (
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
              parties={announcement.parties}
              organisations={organisations}
            />
          </li>
        ))}
      </ul>
    </section>
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
