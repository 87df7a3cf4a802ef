import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { seal } from '../../src/event-store/entry.js';
import { emmettEvent, openEmmett } from './emmett.js';
import type { Ground } from './ground.js';
import { openPactaLog } from './pacta-log.js';
import { insertPlain, openPlainTable } from './plain-table.js';
import { alternate, rateOf } from './rounds.js';
import type { Result } from './result.js';
import { circumstance, entryOf, LOG, newId, proposal, quoting, report } from './record.js';

/** Appends to streams that must not exist: of single events by many callers, and of ten events by a few. */
export async function append(ground: Ground): Promise<Result[]> {
  const { appender } = openPactaLog(ground, await ground.pactaDatabase('append'));
  const { store } = await openEmmett(ground, 'append_emmett');
  const plain = await openPlainTable(ground, 'append_plain');

  const ours = (events: number) => () => {
    const { stream, facts, around } = said(events);
    const entries = facts.map((fact, index) => seal(entryOf(LOG, stream, index + 1, fact, around)));
    return appender.append(LOG, { stream, expectedVersion: 0, entries });
  };
  const emmett = (events: number) => () => {
    const { stream, facts, around } = said(events);
    const appended = facts.map((fact) => emmettEvent(fact, around));
    return store.appendToStream(stream, appended, { expectedStreamVersion: STREAM_DOES_NOT_EXIST });
  };
  const inserts = () => {
    const { stream, facts, around } = said(1);
    return insertPlain(plain, entryOf(LOG, stream, 1, facts[0]!, around));
  };
  const by = (callers: number, act: () => Promise<unknown>) => (seconds: number) =>
    rateOf(callers, seconds, act);

  const results: Result[] = [];
  for (const [callers, least] of [[32, 6] as const, [128, 8] as const]) {
    results.push({
      what: `single-event appends, ${callers} callers, new streams`,
      against: 'emmett appendToStream',
      unit: '/s',
      compared: await alternate(ground.pace, by(callers, ours(1)), by(callers, emmett(1))),
      wanted: { least },
    });
    results.push({
      what: `single-event appends, ${callers} callers, new streams`,
      against: 'one prepared INSERT per event',
      unit: '/s',
      compared: await alternate(ground.pace, by(callers, ours(1)), by(callers, inserts)),
      wanted: { least: 1.5 },
    });
  }
  results.push({
    what: '10 events per append, 8 callers',
    against: 'emmett appendToStream',
    unit: 'appends/s',
    compared: await alternate(ground.pace, by(8, ours(10)), by(8, emmett(10))),
    wanted: { least: 2 },
  });
  return results;
}

/** A new commitment, and as many reports on it as make up the number. */
function said(events: number) {
  const id = newId();
  const facts = Array.from({ length: events }, (_, index) => (index === 0 ? proposal(id) : report()));
  return { stream: `commitment-${id}`, facts, around: circumstance(quoting) };
}
