import { CommandHandler } from '@event-driven-io/emmett';
import { commitment, type CommitmentState } from '../../src/domain/commitment/commitment.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import { seal } from '../../src/event-store/entry.js';
import { emmettEvent, type EmmettEvent, openEmmett } from './emmett.js';
import type { Ground } from './ground.js';
import { life, LIVES } from './lives.js';
import { openPactaLog } from './pacta-log.js';
import { circumstance, entryOf, LOG } from './record.js';
import { around, reportProgress, runReport } from './reporting.js';
import type { Result } from './result.js';
import { alternate, rateOf } from './rounds.js';

const CALLERS = 32;

/** Streams that take turns, and how long each is at first. */
const STREAMS = 1000;
const LENGTH = 10;

/** A unilateral commitment of the side that reports. */
const [KIND] = Array.from({ length: LIVES }, (_, kind) => kind);

/** Single-event appends to streams that exist, each decided by the same rules on the state of its stream. */
export async function decide(ground: Ground): Promise<Result[]> {
  const log = openPactaLog(ground, await ground.pactaDatabase('decide'));
  const { store } = await openEmmett(ground, 'decide_emmett');
  const lived = life(KIND!, LENGTH);
  const idOf = (count: number) => `NAV-${count % STREAMS}`;

  const entries = (stream: string) =>
    lived.map(({ fact, actor, occurredOn }, index) =>
      seal(entryOf(LOG, stream, index + 1, fact, circumstance({ actor, occurredOn }))),
    );
  const told = lived.map(({ fact, actor, occurredOn }) =>
    emmettEvent(fact, circumstance({ actor, occurredOn })),
  );
  await eachStream(async (stream) => {
    await log.appender.append(LOG, { stream, expectedVersion: 0, entries: entries(stream) });
    await store.appendToStream(stream, told);
  });

  const handle = CommandHandler<CommitmentState, EmmettEvent>({
    initialState: () => commitment.initial,
    evolve: (state, event) =>
      commitment.evolve(state, { ...event, ...event.metadata } as never as StatedEvent),
  });
  const emmett = (count: number) => {
    const said = circumstance();
    return handle(store, `commitment-${idOf(count)}`, (state) =>
      commitment.decide(state, reportProgress, around(said)).map((fact) => emmettEvent(fact as never, said)),
    );
  };
  return [
    {
      what: `single-event appends, ${CALLERS} callers, existing streams, decided`,
      against: "emmett's command handler",
      unit: '/s',
      compared: await alternate(
        ground.pace,
        (seconds) => rateOf(CALLERS, seconds, (count) => runReport(log.runner, LOG, idOf(count))),
        (seconds) => rateOf(CALLERS, seconds, emmett),
      ),
      wanted: { least: 6 },
    },
  ];
}

async function eachStream(act: (stream: string) => Promise<void>): Promise<void> {
  for (let count = 0; count < STREAMS; count += 50) {
    const some = Array.from({ length: 50 }, (_, index) => `commitment-NAV-${count + index}`);
    await Promise.all(some.map(act));
  }
}
