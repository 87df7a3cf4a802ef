import { languageName } from './language.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { SourceTitle } from './source-title.js';

/** What the readouts of one meeting say differently, side by side. */
export function DifferingAccounts({ announcement, commitment, sources }: CommitmentShown) {
  const { differingAccounts } = commitment;
  if (!differingAccounts) return null;
  const sides = Math.max(...differingAccounts.map(({ accounts }) => accounts.length));
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{sides > 2 ? 'The sides’' : 'The two sides’'} accounts differ</h2>
      <p class="note">
        Each side has published its own account of the meeting, in other words than the other. Both are kept.
      </p>
      {differingAccounts.map(({ meeting, language, accounts }) => (
        <>
          <h3>
            {'round' in meeting ? `Round ${meeting.round}` : `Follow-up ${meeting.followUp}`}, in{' '}
            {languageName(language)}
          </h3>
          <div class="accounts">
            {accounts.map(({ party, quotations }) => (
              <div>
                <p>
                  <strong>
                    <NameOf code={party} among={announcement.parties} />
                  </strong>
                </p>
                {quotations.map(({ document, text }) => {
                  const source = sources.find(({ id }) => id === document);
                  return (
                    <figure class="quoted">
                      <blockquote lang={language}>
                        <q>{text}</q>
                      </blockquote>
                      <figcaption>{source ? <SourceTitle source={source} /> : document}</figcaption>
                    </figure>
                  );
                })}
              </div>
            ))}
          </div>
        </>
      ))}
    </section>
  );
}
