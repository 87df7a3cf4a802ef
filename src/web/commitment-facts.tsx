import { listAddress } from './addresses.js';
import { DateShown } from './date-words.js';
import { CountedTo, DueWords, timeLeft } from './due-phrases.js';
import { Fact } from './fact.js';
import { NameOf, PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';

const types: Readonly<Record<CommitmentShown['commitment']['type'], string>> = {
  action: 'action',
  output: 'output',
  'outcome-target': 'outcome target',
  process: 'process',
  'information-exchange': 'exchange of information',
  'legal-step': 'legal step',
  funding: 'funding',
};

/** The facts of a commitment beside its text. */
export function CommitmentFacts(shown: CommitmentShown) {
  const { announcement, commitment, focusAreas } = shown;
  const { due, nature, strength, type, verb, round } = commitment;
  const time = timeLeft(commitment);
  return (
    <aside aria-label="Facts">
      <dl class="facts">
        <Fact term="Due">
          <DueWords due={due} />
          <span class="counted">
            <CountedTo due={due} />
          </span>
        </Fact>
        {time && (
          <Fact term="Time">
            {time}
            <Zones {...shown} />
          </Fact>
        )}
        <Fact term="Responsible">
          <PartyNames
            codes={commitment.undertakings.map(({ party }) => party)}
            among={announcement.parties}
          />
          {nature === 'joint' ? ', jointly' : ', alone'}
        </Fact>
        <Fact term={commitment.focusAreas.length === 1 ? 'Focus area' : 'Focus areas'}>
          <ul class="plain">
            {commitment.focusAreas.map((code) => (
              <li>
                <a href={listAddress(announcement.slug, { focusArea: code })}>
                  <NameOf code={code} among={focusAreas} />
                </a>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact term="Kind">
          {sentence(types[type])}, {strength}
          {verb && <span class="counted">Operative verb: “{verb}”</span>}
        </Fact>
        {round && <Fact term="Comes from">Round {round}</Fact>}
        <Ending {...shown} />
      </dl>
    </aside>
  );
}

function Zones({ announcement, commitment: { timeliness } }: CommitmentShown) {
  if (timeliness?.daysLeft === undefined) return null;
  const zones = new Set(timeliness.zones.map((zone) => zone.replaceAll('_', ' ')));
  const many = zones.size > 1 && announcement.parties.length > 1;
  return (
    <span class="counted">
      Days counted in {[...zones].join(' and ')}
      {many && '; a day has ended when it has ended in each'}
    </span>
  );
}

function Ending({ announcement, commitment }: CommitmentShown) {
  const { withdrawalAskedBy, withdrawalReason, reached } = commitment;
  if (withdrawalAskedBy.length === 0) return null;
  const on = reached['withdrawn'];
  return (
    <Fact term={on ? 'Withdrawn' : 'Withdrawal asked'}>
      by <PartyNames codes={withdrawalAskedBy} among={announcement.parties} />
      {on && (
        <>
          , <DateShown on={on} />
        </>
      )}
      {withdrawalReason && <span class="counted">{withdrawalReason}</span>}
    </Fact>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
