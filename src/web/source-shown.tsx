import type { Party } from '../domain/dialogue.js';
import type { Quotation, SourceReference } from '../domain/event.js';
import type { CitedStanding } from '../read-models/cited-sources.js';
import type { OrganisationDocument } from '../read-models/documents/organisation-document.js';
import type { RegisteredSource } from '../read-models/documents/source-document.js';
import { DateShown } from './date-words.js';
import { NameOf } from './names.js';
import { SourceCondition } from './source-condition.js';
import { SourceTitle } from './source-title.js';

export const standings: Readonly<Record<CitedStanding, string>> = {
  'joint-outcome-document': 'Joint outcome document',
  memorandum: 'Memorandum',
  'agreed-minutes': 'Agreed minutes',
  'both-readouts': 'Each side’s own account of one meeting',
  readout: 'One side’s account',
  'press-report': 'Press report',
};

interface SourceProps {
  readonly id: string;
  readonly references: readonly SourceReference[];
  readonly sources: readonly RegisteredSource[];
  readonly parties: readonly Party[];
  readonly organisations: readonly OrganisationDocument[];
}

/** A source document with how much it can carry, and what it says in the places referred to. */
export function SourceShown({ id, references, sources, parties, organisations }: SourceProps) {
  const source = sources.find((each) => each.id === id);
  return (
    <>
      <p class="source">
        {source ? <SourceTitle source={source} /> : id}
        {source && (
          <span class="quiet">
            {standings[source.standing]}
            {source.issuer && (
              <>
                {' '}
                (<NameOf code={source.issuer} among={parties} />)
              </>
            )}
            , <DateShown on={source.date} />
          </span>
        )}
      </p>
      {references.map(({ place, quotation }) => (
        <>
          {place && <p class="quiet">{place}</p>}
          {quotation && <Quoted {...quotation} />}
        </>
      ))}
      {source && <SourceCondition source={source} sources={sources} organisations={organisations} />}
      {source?.reports && <SecondHand reports={source.reports} sources={sources} />}
    </>
  );
}

/** Only the exact words stand in quotation marks. */
function Quoted({ text, prefix, suffix, language, verbatim }: Quotation) {
  return (
    <figure class="quoted">
      <blockquote lang={language}>
        {prefix && <span class="quiet">… {prefix.trim()} </span>}
        {verbatim ? <q>{text.trim()}</q> : text.trim()}
        {suffix && <span class="quiet"> {suffix.trim()} …</span>}
      </blockquote>
      <figcaption>
        {verbatim ? 'Word for word' : 'Restated in other words; the exact words are not at hand'}
      </figcaption>
    </figure>
  );
}

function SecondHand({ reports, sources }: Pick<SourceProps, 'sources'> & { reports: readonly string[] }) {
  const reported = sources.filter(({ id }) => reports.includes(id));
  return (
    <p class="quiet">
      At second hand. It tells of:{' '}
      {reported.map((source, index) => (
        <>
          {index > 0 && '; '}
          <SourceTitle source={source} />
        </>
      ))}
      .
    </p>
  );
}
