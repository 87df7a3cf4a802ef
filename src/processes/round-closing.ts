import { askEach, type Process } from './process.js';

/** What the close of a round decided happens to each commitment: it is carried over or lapses (domain.md 6.4). */
export const roundClosing: Process = {
  name: 'round-closing',
  on: {
    async RoundClosed({ stream, data }, ask) {
      const round = Number(stream.slice('round-'.length));
      await askEach(data.carryOver, (id) => ask(id, { type: 'CarryOverCommitment', data: { round } }));
      await askEach(data.lapsed, (id) => ask(id, { type: 'LapseCommitment', data: { round } }));
    },
  },
};
