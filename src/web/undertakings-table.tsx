import type { Undertaking } from '../domain/commitment/statement.js';
import { reportCountsUntil } from '../read-models/commitment-standing.js';
import { DateShown } from './date-words.js';
import { Text } from './language.js';
import { NameOf, OrganisationName } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { ToneWord } from './standing-shown.js';
import { healthWords } from './standing-words.js';

/** Who has undertaken what, and what each side last said about it. */
export function UndertakingsTable(shown: CommitmentShown) {
  const { announcement, commitment } = shown;
  return (
    <section aria-labelledby="undertakings">
      <h2 id="undertakings">Who does it, and what they report</h2>
      <table class="parts">
        <caption class="unseen">Undertakings of each party with their last report</caption>
        <thead>
          <tr>
            <th scope="col">Party</th>
            <th scope="col">Lead organisation</th>
            <th scope="col">Last report</th>
          </tr>
        </thead>
        <tbody>
          {commitment.undertakings.map((undertaking) => (
            <tr>
              <th scope="row">
                <NameOf code={undertaking.party} among={announcement.parties} />
              </th>
              <td data-label="Lead">
                <Lead undertaking={undertaking} {...shown} />
              </td>
              <td data-label="Last report">
                <LastReport party={undertaking.party} {...shown} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {commitment.towards && (
        <p class="note">
          Promised to <NameOf code={commitment.towards} among={announcement.parties} />, which holds the key:
          it confirms delivery.
        </p>
      )}
    </section>
  );
}

function Lead({ undertaking, organisations }: CommitmentShown & { undertaking: Undertaking }) {
  const { lead, supporting = [] } = undertaking;
  return (
    <>
      {lead ? (
        <OrganisationName code={lead} among={organisations} />
      ) : (
        <span class="quiet">None named yet</span>
      )}
      {supporting.length > 0 && (
        <span class="aside">
          with{' '}
          {supporting.map((code, index) => (
            <>
              {index > 0 && ', '}
              <OrganisationName code={code} among={organisations} />
            </>
          ))}
        </span>
      )}
    </>
  );
}

function LastReport({ party, commitment, todays }: CommitmentShown & { party: string }) {
  const report = commitment.health.reports.find((each) => each.party === party);
  if (!report) return <span class="quiet">No report yet, which does not mean “not started”</span>;
  const responsible = commitment.undertakings.map((each) => each.party);
  const counts = todays.some(
    (each) => responsible.includes(each.party) && each.today <= reportCountsUntil(report.on),
  );
  const { words, tone } = healthWords(report.health);
  return (
    <>
      <ToneWord tone={tone}>{words}</ToneWord>{' '}
      <span class="quiet">
        <DateShown on={report.on} />
      </span>
      {report.text && (
        <p>
          <Text of={report.text} />
        </p>
      )}
      {!counts && <p class="quiet">Older than 90 days: it no longer counts.</p>}
    </>
  );
}
