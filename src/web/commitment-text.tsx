import { DateShown } from './date-words.js';
import { plain } from './event-telling.js';
import { everyLanguage, languageName, Text } from './language.js';
import { OrganisationName } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { TextStanding } from './text-standing.js';
import { translationStandings } from './translation-words.js';

/** The words of a commitment as they hold today, in every language, and how far they are agreed. */
export function CommitmentText(shown: CommitmentShown) {
  const { commitment } = shown;
  return (
    <section aria-labelledby="text">
      <h2 id="text">
        {commitment.status === 'proposed' ? 'What is said to be promised' : 'What was promised'}
      </h2>
      <Words texts={commitment.text.words} />
      <TextStanding {...shown} />
      <Amendments {...shown} />
      <Translations {...shown} />
    </section>
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

/** Changes of the words from a day on; those that have begun are in the words above. */
function Amendments({ commitment: { amendments }, todays }: CommitmentShown) {
  if (amendments.length === 0) return null;
  const today = todays.map((each) => each.today).toSorted()[0]!;
  return (
    <ul class="plain">
      {amendments.map(({ from, changes: { text, ...others } }) => (
        <li>
          {from <= today ? 'Amended since' : 'To be amended from'} <DateShown on={from} />
          {Object.keys(others).length > 0 && ` (${Object.keys(others).map(plain).join(', ')})`}
          {from > today && text && (
            <>
              : <Text of={text} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The words in other languages: they never stand in for the agreed ones. */
function Translations({ commitment, organisations }: CommitmentShown) {
  return (
    <>
      {commitment.text.translations.map(({ language, standing, title, text, translator, outdated }) => (
        <div class="promise translation">
          <p class="quiet">
            {languageName(language)}, {translationStandings[standing]}
            {translator && ' by '}
            {translator && <OrganisationName code={translator} among={organisations} />}
            {outdated && <strong class="stale"> of earlier words</strong>}
          </p>
          {title && (
            <p lang={language}>
              <strong>{title}</strong>
            </p>
          )}
          <p lang={language}>{text}</p>
        </div>
      ))}
    </>
  );
}
