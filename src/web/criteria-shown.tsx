import type { CriterionJudged } from '../domain/commitment/events.js';
import { Text } from './language.js';
import { NameOf, nameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';

export const judgementWords: Readonly<Record<CriterionJudged['is'], string>> = {
  met: 'met',
  'not-met': 'not met',
  'not-assessed': 'not assessed',
  'no-longer-applicable': 'no longer applicable',
};

/** What must exist for it to count as delivered, and how each side judges that. */
export function CriteriaShown({ announcement, commitment }: CommitmentShown) {
  const { criteria = [], undertakings, delivery } = commitment;
  if (criteria.length === 0) return null;
  return (
    <>
      <h3>What must exist</h3>
      <table class="parts">
        <caption class="unseen">What must exist, as each side judges it</caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            {undertakings.map(({ party }) => (
              <th scope="col">
                <NameOf code={party} among={announcement.parties} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ id, text }) => (
            <tr>
              <th scope="row">
                <Text of={text} />
              </th>
              {undertakings.map(({ party }) => {
                const judged = delivery.criteria.find(
                  (each) => each.criterion === id && each.party === party,
                );
                return (
                  <td data-label={nameOf(party, announcement.parties)}>
                    {judged ? judgementWords[judged.is] : <span class="quiet">not judged</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
