import type { RoundDocument } from '../read-models/documents/round-document.js';
import { DateShown } from './date-words.js';
import { Text } from './language.js';

type Rounds = { readonly among: readonly RoundDocument[] };

/** The round held last, with what its close left to the next one. */
export function LastRound({ among }: Rounds) {
  const round = inOrder(among)
    .filter(({ held }) => held)
    .at(-1);
  if (!round?.held) return <span class="quiet">None held yet</span>;
  const { number, place, held, outcomeDocuments, closed } = round;
  return (
    <>
      Round {number}, <Text of={held.place ?? place} />, <DateShown on={held.on} />
      {outcomeDocuments.length > 0 && (
        <span class="quiet aside">{counted(outcomeDocuments.length, 'outcome document')} adopted</span>
      )}
      {closed && (
        <span class="quiet aside">
          Closed <DateShown on={closed.on} />: {counted(closed.carryOver.length, 'commitment')} carried over
          {closed.lapsed.length > 0 && `, ${closed.lapsed.length} lapsed`}
        </span>
      )}
    </>
  );
}

/** The round that is to come, however often it was moved; or that it will not. */
export function NextRound({ among }: Rounds) {
  const rounds = inOrder(among);
  const next = rounds.find(({ status }) => status === 'scheduled' || status === 'postponed');
  if (next) return <Coming round={next} />;
  const last = rounds.at(-1);
  if (!last?.cancelled) return <span class="quiet">None scheduled on record</span>;
  return (
    <>
      <span class="quiet">None scheduled on record</span>
      <span class="quiet aside">
        Round {last.number} was cancelled{last.cancelled.reason && `: ${last.cancelled.reason}`}
      </span>
    </>
  );
}

function Coming({ round: { number, place, plannedFor, status, moves } }: { round: RoundDocument }) {
  const first = moves[0]?.from;
  const reason = moves.at(-1)?.reason;
  return (
    <>
      Round {number}, <Text of={place} />,{' '}
      {status === 'postponed' ? 'postponed, without a new date' : <DateShown on={plannedFor} />}
      {first && (
        <span class="quiet aside">
          First planned for <DateShown on={first} />
          {reason && `. Reason given: ${reason}`}
        </span>
      )}
    </>
  );
}

function inOrder(rounds: readonly RoundDocument[]): RoundDocument[] {
  return rounds.toSorted((a, b) => a.number - b.number);
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
