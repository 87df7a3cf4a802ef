import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { listAddress } from './addresses.js';
import { DateShown } from './date-words.js';
import { CountedTo, days, DueWords, FirstDue, timeLeft } from './due-phrases.js';
import { Fact } from './fact.js';
import { NameOf, PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { LinkedCommitments } from './linked-commitments.js';

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
  const { announcement, commitment, focusAreas, predecessors } = shown;
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
          <FirstDue {...commitment} />
        </Fact>
        {time && (
          <Fact term="Time">
            {time}
            <OverdueInAll {...commitment} />
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
        {predecessors.length > 0 && (
          <Fact term="In place of">
            <LinkedCommitments of={predecessors} dialogue={announcement.slug} />
          </Fact>
        )}
        <CarriedOver {...commitment} />
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

/** Days overdue under earlier dates do not go away with a later one. */
function OverdueInAll({ dueHistory: { daysOverdue }, timeliness }: CommitmentAnswer) {
  if (daysOverdue === 0 || daysOverdue === -(timeliness?.daysLeft ?? 0)) return null;
  return <span class="counted late">{days(daysOverdue)} overdue in all</span>;
}

function CarriedOver({ carriedOver }: CommitmentAnswer) {
  if (carriedOver.length === 0) return null;
  const rounds = new Intl.ListFormat('en-GB').format(carriedOver.map(String));
  return (
    <Fact term="Carried over">
      At the close of round{carriedOver.length > 1 && 's'} {rounds}
    </Fact>
  );
}

const endings = { withdrawn: 'Withdrawn', superseded: 'Replaced', lapsed: 'Lapsed' } as const;

function Ending({ announcement, commitment, successors }: CommitmentShown) {
  const { withdrawalAskedBy, withdrawalReason, reached, status } = commitment;
  if (!(status in endings)) return null;
  return (
    <Fact term={endings[status as keyof typeof endings]}>
      <DateShown on={reached[status]!} />
      {status === 'withdrawn' && (
        <>
          {' '}
          by <PartyNames codes={withdrawalAskedBy} among={announcement.parties} />
          {withdrawalReason && <span class="counted">{withdrawalReason}</span>}
        </>
      )}
      {status === 'superseded' && (
        <>
          {' '}
          by <LinkedCommitments of={successors} dialogue={announcement.slug} />
        </>
      )}
    </Fact>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
