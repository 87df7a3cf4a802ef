import type { Transaction } from 'kysely';
import type { EventType, PactaEvent } from '../domain/vocabulary.js';
import type { LogDatabase } from '../event-store/database.js';
import type { Subscriber } from '../event-store/subscription.js';
import { type Identity, TouchedRows } from './touched-rows.js';

export type EventOf<Type extends EventType> = Extract<PactaEvent, { type: Type }>;

/** What one event does to rows of one table. */
export interface Effect<Type extends EventType = EventType> {
  readonly table: string;
  readonly rowsOf: (event: EventOf<Type>) => readonly Identity[];
  /** The row after the event, from the row before it; undefined leaves the table as it is. */
  readonly fold: (row: never, event: EventOf<Type>) => object | undefined;
}

/** Every event type and what it does here; {@link ignored} says that it was thought of. */
export type Effects = { readonly [Type in EventType]: readonly Effect<Type>[] };

export const ignored: readonly [] = [];

/** A view of the log in tables of its own, and the answer to one kind of question. */
export interface ReadModel extends Subscriber {
  readonly tables: readonly string[];
  readonly on: Effects;
}

/** A maker of effects on `table`, whose rows are named by `rowsOf`. */
export function effectsOn<Row extends object>(
  table: string,
  rowsOf: (event: PactaEvent) => readonly Identity[],
) {
  return <Type extends EventType>(
    fold: (row: Row | undefined, event: EventOf<Type>) => Row | undefined,
  ): readonly Effect<Type>[] => [{ table, rowsOf: rowsOf as Effect<Type>['rowsOf'], fold }];
}

/** Id of the event's stream within its kind: `ENV-3` of `commitment-ENV-3`. */
export function idIn(kind: string, event: PactaEvent): string {
  return event.stream.slice(kind.length + 1);
}

/**
 * A read model that folds a batch of events in memory and writes each touched table once, so that the live
 * tail and a rebuild of millions run through the same lines.
 */
export function readModel(name: string, on: Effects): ReadModel {
  const tables = [
    ...new Set(
      Object.values(on)
        .flat()
        .map((effect: { table: string }) => effect.table),
    ),
  ];
  return { name, on, tables, handle: (log, events, tx) => project(log, events, on, tx) };
}

async function project(
  log: string,
  events: readonly PactaEvent[],
  on: Effects,
  tx: Transaction<LogDatabase>,
): Promise<void> {
  const touched = new Map<string, TouchedRows>();
  const each = (
    visit: (rows: TouchedRows, identity: Identity, event: PactaEvent, effect: Effect) => void,
  ) => {
    for (const event of events) {
      for (const effect of on[event.type] as readonly Effect[]) {
        const rows = touched.get(effect.table) ?? new TouchedRows(log, effect.table);
        touched.set(effect.table, rows);
        for (const identity of effect.rowsOf(event)) visit(rows, identity, event, effect);
      }
    }
  };
  each((rows, identity) => rows.announce(identity));
  for (const rows of touched.values()) await rows.load(tx);
  each((rows, identity, event, { fold }) =>
    rows.change(identity, event.position, (row) => fold(row as never, event)),
  );
  for (const rows of touched.values()) await rows.save(tx);
}
