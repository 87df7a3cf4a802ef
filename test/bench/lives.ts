import type { Actor } from '../../src/domain/actor.js';
import { addDays } from '../../src/domain/calendar.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { digestOf } from '../../src/event-store/entry.js';
import { parties, proposed, quoting } from './record.js';

/** A fact in a commitment's life, with who stated it when. */
export interface Lived {
  readonly fact: CommitmentEvent;
  readonly actor: Actor;
  readonly occurredOn: string;
}

const recorder: Actor = { id: 'key-recorder', role: 'recorder' };
const officerOf = (party: string): Actor => ({ id: `key-officer-${party}`, role: 'desk-officer', party });
const secretariatOf = (party: string): Actor => ({
  id: `key-secretariat-${party}`,
  role: 'secretariat',
  party,
});

/** Lives differ in who owes what to whom, and in how it goes. */
const shapes: readonly Pick<Proposal, 'nature' | 'undertakings' | 'towards'>[] = [
  { nature: 'unilateral', undertakings: [{ party: 'ALD' }], towards: 'MER' },
  { nature: 'unilateral', undertakings: [{ party: 'MER' }], towards: 'ALD' },
  { nature: 'joint', undertakings: [{ party: 'ALD' }, { party: 'MER' }], towards: undefined },
];
const healths = ['on-track', 'at-risk', 'off-track'] as const;

/** How many different lives there are. */
export const LIVES = shapes.length * healths.length;

/** What the domain decides on a commitment's commands from the proposal on, `length` facts of it; the same for the same `kind`. */
export function life(kind: number, length: number): Lived[] {
  const shape = shapes[kind % shapes.length]!;
  const health = healths[Math.floor(kind / shapes.length) % healths.length]!;
  const party = shape.undertakings[0]!.party;
  const other = party === 'ALD' ? 'MER' : 'ALD';
  const proposal = { ...proposed(''), ...shape };
  const lived: Lived[] = [];
  let state = commitment.initial;
  let day = addDays('2023-01-09', kind);

  const ask = (command: CommitmentCommand, actor: Actor) => {
    const around = { actor, now: `${day}T09:00:00Z`, parties, digestOf, jointSource: true, ...quoting };
    for (const fact of commitment.decide(state, command, { reason: 'As discussed.', ...around })) {
      state = commitment.evolve(state, { ...fact, actor, occurredOn: day } as StatedEvent);
      lived.push({ fact, actor, occurredOn: day });
    }
    day = addDays(day, 9);
  };
  ask({ type: 'ProposeCommitment', data: proposal }, recorder);
  ask({ type: 'AgreeCommitment', data: {} }, recorder);
  ask({ type: 'StartWork', data: { party } }, officerOf(party));
  for (let turn = 1; lived.length < length; turn++) {
    for (const command of turnOf(turn, party, health)) ask(command, officerOf(party));
    if (turn % 3 === 0) ask({ type: 'GrantExtension', data: { party: other } }, secretariatOf(other));
  }
  return lived.slice(0, length);
}

/** Reports, with a piece of evidence now and then, and every third time also a wish for more time. */
function turnOf(turn: number, party: string, health: (typeof healths)[number]): CommitmentCommand[] {
  const report = (index: number): CommitmentCommand => ({
    type: 'ReportProgress',
    data: {
      party,
      health: (turn + index) % 3 === 0 ? health : 'on-track',
      text: { en: `Stage ${turn}, step ${index}: the upper pass is being dug.` },
    },
  });
  const evidence = {
    id: `report-${turn}`,
    titles: { en: `Site report ${turn}` },
    digest: digestOf(`site report ${turn}`),
  };
  const later = addDays('2027-01-15', turn * 30);
  return [
    ...[0, 1, 2].map(report),
    { type: 'SubmitEvidence', data: { party, evidence } },
    ...[3, 4].map(report),
    ...(turn % 3 === 0
      ? [
          {
            type: 'RequestExtension' as const,
            data: {
              party,
              due: { precision: 'day' as const, day: later },
              reasonCode: 'dependency-late' as const,
            },
          },
        ]
      : []),
  ];
}
