import type { ComponentChildren } from 'preact';
import { concernedParties } from '../domain/commitment/state.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import { commitmentEventTold } from './commitment-event-words.js';
import { DateShown } from './date-words.js';
import { disputables } from './dispute-words.js';
import { dueShown, plain } from './event-telling.js';
import { Text } from './language.js';
import { NameOf, PartyNames } from './names.js';
import type { CommitmentShown } from './page-contents.js';

/** What is contested, and what one side has asked that another has not answered: the first thing to know. */
export function WaitingSection(shown: CommitmentShown) {
  const matters = [...disputesOf(shown), ...requestOf(shown), ...proposalsOf(shown), ...wishesOf(shown)];
  if (matters.length === 0) return null;
  return (
    <section class="waiting" aria-labelledby="waiting">
      <h2 id="waiting">Contested or waiting for an answer</h2>
      <ul class="plain">
        {matters.map((matter) => (
          <li>{matter}</li>
        ))}
      </ul>
    </section>
  );
}

function disputesOf({ announcement, commitment, events }: CommitmentShown): ComponentChildren[] {
  return commitment.disputes
    .filter(({ settled }) => !settled)
    .map(({ id, party, about, text }) => (
      <>
        <strong>
          <NameOf code={party} among={announcement.parties} /> disputes {disputables[about]}
        </strong>
        <Since event={events.find((each) => each.type === 'DisputeRaised' && each.data.id === id)} />:{' '}
        <Text of={text} />
      </>
    ));
}

function requestOf(shown: CommitmentShown): ComponentChildren[] {
  const { announcement, commitment, events } = shown;
  const { requested } = commitment.dueHistory;
  if (!requested) return [];
  const { party, due, reasonCode, grantedBy } = requested;
  const event = events.findLast(({ type }) => type === 'ExtensionRequested');
  return [
    <>
      <strong>
        <NameOf code={party} among={announcement.parties} /> asked for more time
      </strong>
      <Since event={event} />: to be due {dueShown(due)} ({plain(reasonCode)}). {event?.reason}{' '}
      <Answer from={othersThan([party, ...grantedBy], shown)} {...shown} />
    </>,
  ];
}

function proposalsOf(shown: CommitmentShown): ComponentChildren[] {
  return shown.commitment.proposed.flatMap(({ digest, by }) => {
    const event = shown.events.find(
      (each) => each.type === 'JointDecisionProposed' && each.data.digest === digest,
    );
    if (event?.type !== 'JointDecisionProposed') return [];
    const { what, details } = commitmentEventTold(event.type, event.data, shown)!;
    return [
      <>
        <strong>{what}</strong>
        <Since event={event} />: {details} <Answer from={othersThan(by, shown)} {...shown} />
      </>,
    ];
  });
}

function wishesOf(shown: CommitmentShown): ComponentChildren[] {
  const { announcement, commitment, events } = shown;
  const { withdrawalAskedBy, status, publicationAskedBy = [] } = commitment;
  const withdrawal = withdrawalAskedBy.length > 0 && status !== 'withdrawn' && (
    <>
      <strong>
        <PartyNames codes={withdrawalAskedBy} among={announcement.parties} /> asked for the withdrawal
      </strong>
      <Since event={events.findLast(({ type }) => type === 'WithdrawalProposed')} />.{' '}
      <Answer
        from={commitment.undertakings
          .map(({ party }) => party)
          .filter((party) => !withdrawalAskedBy.includes(party))}
        {...shown}
      />
    </>
  );
  const publication = publicationAskedBy.length > 0 && (
    <>
      <strong>
        <PartyNames codes={publicationAskedBy.map(({ party }) => party)} among={announcement.parties} /> would
        have it public
      </strong>
      .{' '}
      <Answer
        from={othersThan(
          publicationAskedBy.map(({ party }) => party),
          shown,
        )}
        {...shown}
      />
    </>
  );
  return [withdrawal, publication].filter((each) => each !== false);
}

function Since({ event }: { event: PactaEvent | undefined }) {
  if (!event) return null;
  return (
    <>
      {' '}
      (<DateShown on={event.occurredOn} />)
    </>
  );
}

function Answer({ from, announcement }: Pick<CommitmentShown, 'announcement'> & { from: readonly string[] }) {
  if (from.length === 0) return null;
  return (
    <span class="quiet">
      Waits for the answer of <PartyNames codes={from} among={announcement.parties} />.
    </span>
  );
}

/** The sides of the commitment whose word is still to come. */
function othersThan(parties: readonly string[], { commitment }: CommitmentShown): string[] {
  return concernedParties({ statement: commitment }).filter((party) => !parties.includes(party));
}
