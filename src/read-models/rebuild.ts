import type { Database } from '../event-store/database.js';
import { openDatabase, openOwnerPool } from '../event-store/database.js';
import { replaceTables } from '../event-store/replace-tables.js';
import { headOf } from '../event-store/read.js';
import { isThere, makeShadow, removeShadows } from '../event-store/shadow.js';
import { checkpointOf } from '../event-store/checkpoint.js';
import { logsBehind, step } from '../event-store/subscription.js';
import { RebuildRefused, whileAlone } from '../event-store/while-alone.js';
import type { ReadModel } from './projection.js';
import { rebuildLog } from './rebuild-log.js';

/** Views to fold anew, and whom to tell how far that is. */
export interface Rebuild {
  /** Logs in as the owner of the schema: tables are made and exchanged. */
  readonly ownerUrl: string;
  readonly models: readonly ReadModel[];
  readonly onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildProgress {
  readonly step: 'folding' | 'catching-up' | 'done';
  /** Events behind and events in all, those among them that say nothing to these views included. */
  readonly events: number;
  readonly of: number;
}

/** Events folded in one transaction when catching up; fewer than the live tail's would cost more than they wait. */
const CATCH_UP = 1000;

/** Rounds of catching up with writers before they are made to wait for the last one. */
const ROUNDS = 20;

/**
 * Folds views anew from the beginning of every log, beside the live ones: those go on answering and following until the
 * new ones are complete and take their place in one short transaction. A rebuild that is cut off changes nothing; the next one
 * removes what it left. Throws {@link RebuildRefused} when another one is running, when the schema changes meanwhile, or when
 * the new views would be behind the live ones. Returns the number of events in all logs.
 */
export async function rebuild({ ownerUrl, models, onProgress = () => undefined }: Rebuild): Promise<number> {
  const owner = openDatabase(openOwnerPool(ownerUrl));
  try {
    return await whileAlone(owner, async (session) => {
      await removeShadows(session);
      const shadow = await makeShadow(
        session,
        models.flatMap(({ tables }) => tables),
      );
      const db = openDatabase(openOwnerPool(ownerUrl, 2, shadow.schema));
      try {
        const events = await foldLogs(db, models, onProgress);
        for (let rounds = 0; rounds < ROUNDS && (await catchUp(db, models)) > CATCH_UP; rounds++) {
          onProgress({ step: 'catching-up', events, of: events });
        }
        await replaceTables(
          session,
          shadow,
          models.map(({ name }) => name),
          async () => {
            await catchUp(db, models);
          },
        );
        onProgress({ step: 'done', events, of: events });
        return events;
      } catch (error) {
        // Where the session is gone as well, that is what happened.
        if (await isThere(session, shadow).catch(() => true)) throw error;
        throw new RebuildRefused('The schema has changed meanwhile; rebuild again.');
      } finally {
        await db.destroy();
        // Where the session is gone the next rebuild does it.
        await removeShadows(session).catch(() => undefined);
      }
    });
  } finally {
    await owner.destroy();
  }
}

async function foldLogs(
  db: Database,
  models: readonly ReadModel[],
  onProgress: (progress: RebuildProgress) => void,
): Promise<number> {
  const heads = await db.selectFrom('log_head').select(['log_id', 'position']).orderBy('log_id').execute();
  const of = heads.reduce((sum, { position }) => sum + position, 0);
  let behind = 0;
  for (const { log_id: log, position: upTo } of heads) {
    let folded = 0;
    const onFolded = (count: number) => {
      folded = Math.min(folded + count, upTo);
      onProgress({ step: 'folding', events: behind + folded, of });
    };
    await rebuildLog(db, { log, upTo, models, onFolded });
    behind += upTo;
  }
  return of;
}

/**
 * Deals with what has come until now, and not with what comes meanwhile: a writer may be as fast. Returns how many events
 * that were. An event that cannot be folded is left where it is.
 */
async function catchUp(db: Database, models: readonly ReadModel[]): Promise<number> {
  const behind: {
    readonly model: ReadModel;
    readonly log: string;
    readonly from: number;
    readonly to: number;
  }[] = [];
  for (const model of models) {
    for (const log of await logsBehind(db, model.name)) {
      const from = await checkpointOf(db, model.name, log);
      behind.push({ model, log, from, to: await headOf(db, log) });
    }
  }
  for (const { model, log, from, to } of behind) {
    for (let position = from; position < to;) {
      const result = await step(db, model, log, CATCH_UP);
      position = result.outcome === 'moved' ? result.position : to;
    }
  }
  return behind.reduce((sum, { from, to }) => sum + to - from, 0);
}
