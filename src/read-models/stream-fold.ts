import type { PactaEvent } from '../domain/vocabulary.js';
import type { ReadModel } from './projection.js';
import { TouchedRows } from './touched-rows.js';

/** A read model cannot make anything of an event. */
export class Unfoldable extends Error {
  override readonly name = 'Unfoldable';

  constructor(
    readonly model: ReadModel,
    readonly event: PactaEvent,
    override readonly cause: unknown,
  ) {
    super(`${model.name} cannot fold event ${event.position} of the log ${event.log}: ${String(cause)}`);
  }
}

/** A view that is folded, and whether it takes an event into account. */
export interface Folded {
  readonly model: ReadModel;
  takes(event: PactaEvent): boolean;
}

/**
 * Folds the events of one log that come stream by stream. No row is told of by two streams, so that rows are complete when
 * their stream has ended: however long the log, only the rows of one stream are worked on.
 */
export class StreamFold {
  private readonly open = new Map<string, TouchedRows>();
  private stream: string | undefined;

  /** @param onComplete is handed each row as JSON, once. */
  constructor(
    private readonly log: string,
    private readonly views: readonly Folded[],
    private readonly onComplete: (table: string, row: string) => void,
  ) {
    for (const table of views.flatMap(({ model }) => model.tables)) this.open.set(table, new TouchedRows());
  }

  /** Throws {@link Unfoldable}. */
  fold(event: PactaEvent): void {
    if (event.stream !== this.stream) this.endStream();
    this.stream = event.stream;
    for (const view of this.views) {
      if (!view.takes(event)) continue;
      try {
        for (const effect of view.model.effectsOf(event)) this.open.get(effect.table)!.fold(effect, event);
      } catch (error) {
        throw new Unfoldable(view.model, event, error);
      }
    }
  }

  /** Hands out the rows of the last stream. */
  endStream(): void {
    for (const [table, rows] of this.open) {
      for (const { row } of rows.changes(this.log)) this.onComplete(table, JSON.stringify(row));
      rows.clear();
    }
  }
}
