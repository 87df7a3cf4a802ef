import { commitment } from '../domain/commitment/commitment.js';
import type { LookedUpStreams } from '../event-store/looked-up-streams.js';
import { askEach, type Process } from './process.js';

/**
 * What is grouped under a focus area that is merged into another goes there with it (domain.md 6.2). Where an area is
 * split, only people can say what belongs to which part.
 */
export function focusAreaMerging(streams: Pick<LookedUpStreams, 'all'>): Process {
  return {
    name: 'focus-area-merging',
    on: {
      async FocusAreaMerged({ log, stream, data: { into } }, ask) {
        const merged = stream.slice('focus-area-'.length);
        const { states } = await streams.all(commitment, log);
        const grouped = new Map(
          [...states].flatMap(([id, state]) =>
            state?.statement.focusAreas.includes(merged) ? [[id, state.statement.focusAreas] as const] : [],
          ),
        );
        await askEach([...grouped.keys()], (id) => {
          const codes = grouped.get(id)!.map((code) => (code === merged ? into : code));
          const focusAreas = [...new Set(codes)];
          return ask(id, { type: 'MoveCommitmentToFocusArea', data: { focusAreas } });
        });
      },
    },
  };
}
