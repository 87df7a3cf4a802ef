import type { Assessment } from '../domain/commitment/events.js';
import type { Party } from '../domain/dialogue.js';
import { NameOf, OrganisationName } from './names.js';
import type { CommitmentShown } from './page-contents.js';

const scoreWords: Readonly<Record<string, string>> = {
  '-1': 'no compliance (−1)',
  '0': 'work in progress (0)',
  '1': 'full compliance (+1)',
};

/** What others think of it: beside the parties' own word, never in place of it. */
export function AssessmentsShown({ announcement, commitment, organisations }: CommitmentShown) {
  const { assessments } = commitment;
  if (assessments.length === 0) return null;
  return (
    <section aria-labelledby="assessments">
      <h2 id="assessments">Assessed from outside</h2>
      <ul class="plain">
        {assessments.map((assessment) => (
          <li>
            <OrganisationName code={assessment.assessor} among={organisations} />
            <span class="aside">
              <AssessmentScores of={assessment} parties={announcement.parties} />
            </span>
          </li>
        ))}
      </ul>
      <p class="note">It turns no key and counts for no side.</p>
    </section>
  );
}

/** "Interim, manual of 2026. Aldovia: full compliance (+1)". */
export function AssessmentScores({ of, parties }: { of: Assessment; parties: readonly Party[] }) {
  const { stage, manual, scores } = of;
  return (
    <>
      {Object.entries(scores).map(([party, score], index) => (
        <>
          {index > 0 && '; '}
          <NameOf code={party} among={parties} />: {scoreWords[score]}
        </>
      ))}
      . {stage === 'final' ? 'Final' : 'Interim'} score by the manual “{manual}”.
    </>
  );
}
