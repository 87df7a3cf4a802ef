import { commitment } from '../domain/commitment/commitment.js';
import type { Due, DueTerms } from '../domain/due.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { LookedUpStreams } from '../event-store/looked-up-streams.js';
import { type Ask, askEach, type Process } from './process.js';

/** "By the next round" becomes a day when that round is scheduled, and another when it moves (domain.md 6.5). */
export function dueResolution(streams: Pick<LookedUpStreams, 'all'>): Process {
  const all = async ({ log }: PactaEvent, ask: Ask) => {
    const { states } = await streams.all(commitment, log);
    const waiting = [...states].filter(([, state]) => state?.due.current.precision === 'next-round');
    await askEach(
      waiting.map(([id]) => id),
      (id) => resolve(id, ask),
    );
  };
  const one = async ({ stream, data }: PactaEvent & { data: { due: Due | DueTerms } }, ask: Ask) => {
    if (data.due.precision === 'next-round') await resolve(stream.slice('commitment-'.length), ask);
  };
  return {
    name: 'due-resolution',
    on: {
      RoundScheduled: all,
      RoundRescheduled: all,
      RoundPostponed: all,
      // It may have been held on another day than it was planned for, or while it was postponed.
      RoundHeld: all,
      RoundCancelled: all,
      CommitmentProposed: one,
      DueDateSet: one,
      ExtensionGranted: one,
      CommitmentReopened: one,
    },
  };
}

function resolve(id: string, ask: Ask): Promise<void> {
  return ask(id, { type: 'ResolveDueDate', data: {} });
}
