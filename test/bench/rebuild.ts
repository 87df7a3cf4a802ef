import { performance } from 'node:perf_hooks';
import type { ReadEvent } from '@event-driven-io/emmett';
import {
  pongoSingleStreamProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Recorded } from '../../src/domain/event.js';
import { commitmentDetails } from '../../src/read-models/commitment-details.js';
import { type CommitmentDocument, documentAfter } from '../../src/read-models/commitment-document.js';
import { commitmentStanding } from '../../src/read-models/commitment-standing.js';
import { focusAreaStatus } from '../../src/read-models/focus-area-status.js';
import { type Emmett, emmettEvent, type EmmettEvent, openEmmett } from './emmett.js';
import { filledLog } from './filled-log.js';
import { asOwner, type Ground } from './ground.js';
import { life, LIVES } from './lives.js';
import { rebuildViews } from './rebuilding.js';
import { circumstance } from './record.js';
import type { Result } from './result.js';
import { alternate } from './rounds.js';
import { commitmentOf } from './seed.js';

/** Events of each commitment, here and there. */
const EVENTS = 100;

/** The views of how commitments stand and of all about them, folded anew from the whole log. */
export async function rebuild(ground: Ground): Promise<Result[]> {
  const { database, log, events } = await filledLog(ground, ground.events);
  const emmett = await openEmmett(ground, 'rebuild_emmett');
  // A short run asks less of the peer, which rebuilds no faster from more.
  const commitments = ground.events >= 1_000_000 ? 200 : 30;
  await tell(emmett, commitments);
  const ours = async () => events / (await rebuildViews(database, log, [focusAreaStatus, commitmentDetails]));
  return [
    {
      what: `rebuild of the status and details views from ${events.toLocaleString('en')} events`,
      against: `emmett rebuilding one such projection from ${(commitments * EVENTS).toLocaleString('en')}`,
      unit: 'events/s',
      compared: await alternate({ rounds: 2, seconds: 0 }, ours, () => rebuildEmmett(emmett, commitments)),
      wanted: { least: 50 },
    },
  ];
}

/** Puts the same lives on record there. */
async function tell({ store }: Emmett, commitments: number): Promise<void> {
  for (let commitment = 0; commitment < commitments; commitment++) {
    const id = commitmentOf(commitment);
    const events = life(commitment % LIVES, EVENTS).map(({ fact, actor, occurredOn }) =>
      emmettEvent(fact, circumstance({ actor, occurredOn })),
    );
    await store.appendToStream(`commitment-${id}`, events);
  }
}

interface ProjectedDocument {
  readonly [member: string]: unknown;
  readonly details?: CommitmentDocument;
  readonly standing?: object;
}

/** Both views in one document for each commitment, folded by the very code that ours are folded by. */
function projected(before: ProjectedDocument | null, { metadata, ...fact }: ReadEvent<EmmettEvent>) {
  const marks = { confidentiality: 'public', position: Number(metadata.globalPosition) };
  const event = { ...fact, ...metadata, ...marks } as never as Recorded<CommitmentEvent>;
  const [standing] = commitmentStanding[event.type];
  return {
    details: documentAfter(before?.details, event)!,
    standing: standing?.fold(before?.standing, event as never) ?? before?.standing ?? {},
  };
}

let rebuilds = 0;

/** A rebuild into a collection of its own: the second one of the same projection would find itself caught up. */
async function rebuildEmmett({ url }: Emmett, commitments: number): Promise<number> {
  const collectionName = `commitments_${++rebuilds}`;
  const projection = pongoSingleStreamProjection<ProjectedDocument, EmmettEvent>({
    collectionName,
    canHandle: Object.keys(commitmentStanding) as EmmettEvent['type'][],
    evolve: projected,
  });
  const consumer = rebuildPostgreSQLProjections({ connectionString: url, projections: [projection] });
  const start = performance.now();
  await consumer.start();
  const seconds = (performance.now() - start) / 1000;
  await consumer.close();
  await mustHaveAll(url, collectionName, commitments);
  return (commitments * EVENTS) / seconds;
}

/** A projection that has left something out was not rebuilt. */
async function mustHaveAll(url: string, collection: string, wanted: number): Promise<void> {
  const { rows } = await asOwner(url, (client) =>
    client.query<{ commitments: number; events: number }>(
      `select count(*)::int as commitments, sum((data->'details'->'heads'->0->>'events')::int)::int as events
         from ${collection}`,
    ),
  );
  const { commitments, events } = rows[0]!;
  if (commitments === wanted && events === wanted * EVENTS) return;
  throw new Error(`The peer's projection has ${commitments} commitments with ${events} events.`);
}
