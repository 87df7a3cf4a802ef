import type { Party } from '../domain/dialogue.js';
import type { Quotation, SourceReference } from '../domain/event.js';
import type { SourceRegistration, Standing } from '../domain/source-document.js';
import { DateShown } from './date-words.js';
import { Text } from './language.js';
import { NameOf } from './names.js';

const standings: Readonly<Record<Standing, string>> = {
  'joint-outcome-document': 'Joint outcome document',
  memorandum: 'Memorandum',
  'agreed-minutes': 'Agreed minutes',
  readout: 'One side’s account',
  'press-report': 'Press report',
};

interface SourceProps {
  readonly id: string;
  readonly references: readonly SourceReference[];
  readonly sources: readonly SourceRegistration[];
  readonly parties: readonly Party[];
}

/** A source document with how much it can carry, and what it says in the places referred to. */
export function SourceShown({ id, references, sources, parties }: SourceProps) {
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
      {source?.reports && <SecondHand reports={source.reports} sources={sources} />}
    </>
  );
}

/** A source by its title, with its address where it has one. */
export function SourceTitle({ source: { titles, address } }: { source: SourceRegistration }) {
  if (!address) return <Text of={titles} />;
  return (
    <a href={address} rel="external noreferrer">
      <Text of={titles} />
    </a>
  );
}

/** Only the exact words stand in quotation marks. */
function Quoted({ text, language, verbatim }: Quotation) {
  return (
    <figure class="quoted">
      <blockquote lang={language}>{verbatim ? <q>{text.trim()}</q> : text.trim()}</blockquote>
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
