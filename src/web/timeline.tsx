import type { Role } from '../domain/actor.js';
import { isMarked } from '../domain/confidentiality.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import { readersInWords } from './confidentiality-mark.js';
import { DateShown, InstantShown } from './date-words.js';
import { happened } from './event-words.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';
import { SourceTitle } from './source-title.js';

const roles: Readonly<Record<Role, string>> = {
  recorder: 'Recorder, of no side',
  secretariat: 'Secretariat',
  'desk-officer': 'Desk officer',
  'focal-point': 'Focal point',
  'co-chair': 'Co-chair',
  auditor: 'Auditor',
  system: 'Pacta itself',
};

/** Everything that happened to a commitment, in the order in which it was recorded. */
export function Timeline(shown: CommitmentShown) {
  const { events } = shown;
  return (
    <section class="history" aria-labelledby="history">
      <h2 id="history">History</h2>
      <p class="note">
        {events.length === 1 ? 'One entry' : `${events.length} entries`}, in the order in which they came on
        record. Each is dated by when it was true; when it was recorded stands at its end.
      </p>
      <ol class="timeline">
        {events.map((event) => (
          <EventShown event={event} shown={shown} />
        ))}
      </ol>
    </section>
  );
}

function EventShown({ event, shown }: { event: PactaEvent; shown: CommitmentShown }) {
  const { what, details } = happened(event, shown);
  return (
    <li id={`entry-${event.position}`}>
      <p class="when">
        <DateShown on={event.occurredOn} />
      </p>
      <div class="entry">
        <h3>{what}</h3>
        {details && <p>{details}</p>}
        {event.reason && <p>Reason: {event.reason}</p>}
        {isMarked(event) && (
          <p class="withheld">{readersInWords(event.confidentiality, shown.announcement.parties)}.</p>
        )}
        <p class="quiet">
          <Who event={event} shown={shown} />
        </p>
        <From event={event} shown={shown} />
        <p class="recorded">
          Recorded <InstantShown at={event.recordedAt} /> as{' '}
          <a href={`#entry-${event.position}`}>entry {event.position}</a>
        </p>
      </div>
    </li>
  );
}

function Who({ event: { actor, onBehalfOf }, shown }: { event: PactaEvent; shown: CommitmentShown }) {
  const among = shown.announcement.parties;
  return (
    <>
      {roles[actor.role]}
      {actor.party && (
        <>
          {' '}
          of <NameOf code={actor.party} among={among} />
        </>
      )}
      {onBehalfOf && (
        <>
          , on behalf of <NameOf code={onBehalfOf} among={among} />
        </>
      )}
    </>
  );
}

function From({ event, shown }: { event: PactaEvent; shown: CommitmentShown }) {
  const documents = [...new Set(event.sources?.map(({ document }) => document))];
  if (documents.length === 0) return null;
  return (
    <p class="quiet">
      Source:{' '}
      {documents.map((document, index) => {
        const source = shown.sources.find(({ id }) => id === document);
        return (
          <>
            {index > 0 && '; '}
            {source ? <SourceTitle source={source} /> : document}
          </>
        );
      })}
    </p>
  );
}
