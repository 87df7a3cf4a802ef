import type { PactaEvent } from '../domain/vocabulary.js';
import { movingAtOnce, type Place } from '../event-store/checkpoint.js';
import type { Store } from '../event-store/database.js';
import { runPrepared } from '../event-store/prepared.js';
import { KnownRows } from './known-rows.js';
import { changedIn, type ReadModel, savingChanged } from './projection.js';
import { loadRows } from './stored-rows.js';
import type { TouchedRows } from './touched-rows.js';

/**
 * Steps of all read models along a log in one round trip: what the events come to is known before the transaction begins,
 * from rows that this process has written itself. That nobody else has been there since the statement makes sure of.
 */
export class StepsAtOnce {
  private readonly known = new KnownRows();
  /** The transaction of the last step along each log that was taken here: what is known is of then. */
  private readonly knownSince = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly models: readonly ReadModel[],
  ) {}

  /**
   * Moves all read models from a place in the log past `events`, and tells where they are then. Undefined when somebody else has
   * been there; nothing has changed then. Throws what keeps the events from being folded or written.
   */
  async step(log: string, from: Place, events: readonly PactaEvent[]): Promise<Place | undefined> {
    if (this.knownSince.get(log) !== from.movedBy) this.known.forget(log);
    const reached = await this.move(log, from, events).catch((error: unknown) => {
      this.known.forget(log);
      throw error;
    });
    if (reached) this.knownSince.set(log, reached.movedBy);
    else this.known.forget(log);
    return reached;
  }

  private async move(log: string, from: Place, events: readonly PactaEvent[]): Promise<Place | undefined> {
    const touched = await Promise.all(
      this.models.map((model) => model.fold(events, (table, rows) => this.find(log, table, rows))),
    );
    const { position } = events.at(-1)!;
    const names = this.models.map(({ name }) => name);
    const changed = touched.flatMap((tables) => changedIn(log, tables));
    const [moved] = await runPrepared(
      this.store,
      movingAtOnce(names, log, from, position, (isOurs) =>
        changed.map((each) => savingChanged(each, isOurs)),
      ),
    );
    if (!moved) return undefined;
    for (const { table, keys, changes } of changed) {
      // No later event concerns a row that is named by a position.
      if (!keys.includes('position')) this.known.note(log, table, changes);
    }
    return { position, movedBy: moved.movedBy };
  }

  private async find(log: string, table: string, rows: TouchedRows): Promise<void> {
    this.known.tell(log, table, rows);
    await loadRows(this.store.db, log, table, rows);
  }
}
