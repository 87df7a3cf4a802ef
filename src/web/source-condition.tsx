import type { SourceCopy, Translation } from '../domain/source-document/events.js';
import type { OrganisationDocument } from '../read-models/documents/organisation-document.js';
import type { RegisteredSource } from '../read-models/documents/source-document.js';
import { DateShown, InstantShown } from './date-words.js';
import { languageName, Text } from './language.js';
import { OrganisationName } from './names.js';
import { SourceTitle } from './source-title.js';
import { translationStandings } from './translation-words.js';

interface ConditionProps {
  readonly source: RegisteredSource;
  readonly sources: readonly RegisteredSource[];
  readonly organisations: readonly OrganisationDocument[];
}

/** What became of a document since it was registered: its copies, translations, dead address and successor. */
export function SourceCondition({ source, sources, organisations }: ConditionProps) {
  const { retrievedAt, copies, translations, unreachable, replacedBy } = source;
  const successor = sources.find(({ id }) => id === replacedBy);
  const dead = unreachable.at(-1);
  return (
    <>
      {retrievedAt && (
        <p class="quiet">
          Read at its address <InstantShown at={retrievedAt} />
        </p>
      )}
      {replacedBy && (
        <p class="quiet">
          Replaced by {successor ? <SourceTitle source={successor} /> : replacedBy}. Both stay on record.
        </p>
      )}
      {dead && (
        <p class="quiet">
          Its address led nowhere on <DateShown on={dead.on} />.
          {copies.length === 0 && ' No archived copy is on record.'}
          {dead.note && (
            <>
              {' '}
              <Text of={dead.note} />
            </>
          )}
        </p>
      )}
      {copies.map((copy) => (
        <p class="quiet">
          <CopyShown copy={copy} />
        </p>
      ))}
      {translations.map((translation) => (
        <p class="quiet">
          <TranslationShown translation={translation} organisations={organisations} />
        </p>
      ))}
    </>
  );
}

function CopyShown({ copy: { address, place, retrievedAt } }: { copy: SourceCopy }) {
  return (
    <>
      {address ? (
        <a href={address} rel="external noreferrer">
          Archived copy
        </a>
      ) : (
        'Archived copy'
      )}
      {place && `, ${place}`}, of <InstantShown at={retrievedAt} />
    </>
  );
}

function TranslationShown({
  translation: { language, standing, translator, address },
  organisations,
}: Pick<ConditionProps, 'organisations'> & { translation: Translation }) {
  const what = `${languageName(language)}: ${translationStandings[standing]}`;
  return (
    <>
      {address ? (
        <a href={address} rel="external noreferrer" hreflang={language}>
          {what}
        </a>
      ) : (
        what
      )}
      {translator && ' by '}
      {translator &&
        ('organisation' in translator ? (
          <OrganisationName code={translator.organisation} among={organisations} />
        ) : (
          <Text of={translator.words} />
        ))}
    </>
  );
}
