import { partiesNow, type Party } from '../domain/dialogue.js';
import type { CountName } from '../read-models/standing-today.js';
import { listAddress } from './addresses.js';
import { CountNotes } from './count-notes.js';
import { countWords } from './count-words.js';
import { CountShown, CountsTable } from './counts-table.js';
import { DateShown } from './date-words.js';
import { Fact } from './fact.js';
import { InventedNotice } from './layout.js';
import { Text } from './language.js';
import { NameOf } from './names.js';
import type { DialogueShown } from './page-contents.js';
import { LastRound, NextRound } from './rounds-shown.js';

/** The totals that say at a glance how a dialogue stands. */
const figures: readonly CountName[] = ['proposed', 'open', 'dueSoon', 'overdue', 'claimed', 'verified'];

/** One dialogue: who, since when, how it stands and how each of its focus areas does. */
export function DialogueSection({ announcement, status, rounds }: DialogueShown) {
  const { slug, titles, invented } = announcement;
  return (
    <section class={invented ? 'dialogue example' : 'dialogue'} id={slug} aria-labelledby={`${slug}-title`}>
      <InventedNotice of={announcement} />
      <h2 id={`${slug}-title`}>
        <Text of={titles} />
      </h2>
      <DialogueFacts announcement={announcement} status={status} rounds={rounds} />
      <dl class="figures">
        {figures.map((count) => (
          <div>
            <dt>{countWords[count].label}</dt>
            <dd>
              <CountShown count={count} number={status.totals[count]} dialogue={slug} filter={{}} />
            </dd>
          </div>
        ))}
      </dl>
      {status.totals.proposed > 0 && (
        <p class="note">
          What is proposed rests on one side’s account. It counts as agreed once a joint document or every
          responsible party confirms its text, and is neither due nor overdue before.
        </p>
      )}
      {status.withheld !== undefined && (
        <p class="note">
          Besides, {status.withheld} commitments are shared by the parties and not public. They are in none of
          these numbers.
        </p>
      )}
      {status.focusAreas.length > 0 && <CountsTable {...status} />}
      <CountNotes {...status} />
      <p class="all">
        <a href={listAddress(slug)}>All commitments of this dialogue</a>
      </p>
    </section>
  );
}

function DialogueFacts({ announcement, status, rounds }: DialogueShown) {
  const { parties, level, umbrella, cadence, concluded } = announcement;
  const present = partiesNow(announcement);
  const former = parties.filter((party) => !present.includes(party));
  return (
    <dl class="facts">
      <Fact term="Parties">
        <PartyList of={present} />
        {former.map(({ code, left }) => (
          <span class="quiet aside">
            <NameOf code={code} among={parties} /> left <DateShown on={left!} />
          </span>
        ))}
      </Fact>
      <Fact term="Level">
        {level}
        {cadence && `, ${cadence.toLowerCase()}`}
      </Fact>
      {umbrella && (
        <Fact term="Part of">
          <Text of={umbrella} />
        </Fact>
      )}
      {concluded && (
        <Fact term="Concluded">
          <DateShown on={concluded.on} />
          {concluded.reason && <span class="quiet aside">{concluded.reason}</span>}
        </Fact>
      )}
      <Fact term="Last round">
        <LastRound among={rounds} />
      </Fact>
      {!concluded && (
        <Fact term="Next round">
          <NextRound among={rounds} />
        </Fact>
      )}
      <Fact term="Today">
        {status.todays
          .filter(({ party }) => present.some(({ code }) => code === party))
          .map(({ party, today }) => (
            <span class="today">
              <NameOf code={party} among={parties} /> <DateShown on={today} />{' '}
              <span class="quiet">{parties.find(({ code }) => code === party)?.zone.replace('_', ' ')}</span>
            </span>
          ))}
      </Fact>
    </dl>
  );
}

function PartyList({ of: parties }: { of: readonly Party[] }) {
  return (
    <>
      {parties.map(({ code }, index) => (
        <>
          {index > 0 && ', '}
          <NameOf code={code} among={parties} />
        </>
      ))}
    </>
  );
}
