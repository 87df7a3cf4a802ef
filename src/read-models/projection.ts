import type { RawBuilder } from 'kysely';
import type { EventType, Facts, PactaEvent, StreamKind } from '../domain/vocabulary.js';
import type { Subscriber } from '../event-store/subscription.js';
import { loadRows, savingRows } from './stored-rows.js';
import { type Change, type Identity, TouchedRows } from './touched-rows.js';

export type EventOf<Type extends EventType> = Extract<PactaEvent, { type: Type }>;

/** What one event does to rows of one table. */
export interface Effect<Type extends EventType = EventType> {
  readonly table: string;
  rowsOf(event: EventOf<Type>): readonly Identity[];
  /** The row after the event, from the row before it; undefined leaves the table as it is. */
  fold(row: object | undefined, event: EventOf<Type>): object | undefined;
}

/** Each event type of these kinds of streams, and what it does here; {@link ignored} says that it was thought of. */
export type EffectsOn<Kind extends StreamKind> = {
  readonly [Type in Facts[Kind]['type']]: readonly Effect<Type>[];
};

type EffectsByType = Readonly<Partial<Record<EventType, readonly Effect[]>>>;

/** What is said of kinds of streams as a whole, instead of type by type. */
interface Wholly<Ignored extends StreamKind, Alike extends StreamKind> {
  /** Kinds that this view has nothing to say about. */
  readonly ignores: readonly Ignored[];
  /** Kinds of which every event does the same here. */
  readonly alike?: Readonly<Record<Alike, readonly Effect[]>>;
}

export const ignored: readonly [] = [];

/** A view of the log in tables of its own, and the answer to one kind of question. */
export interface ReadModel extends Subscriber {
  readonly tables: readonly string[];
  readonly ignores: readonly StreamKind[];
  readonly alike: Readonly<Partial<Record<StreamKind, readonly Effect[]>>>;
  readonly on: EffectsByType;
  /** What an event does here. No row is told of by events of two streams: a rebuild goes stream by stream. */
  effectsOf(event: PactaEvent): readonly Effect[];
  /** The rows that a batch of events changes, from those that `find` finds of a table. */
  fold(events: readonly PactaEvent[], find: FindRows): Promise<Touched>;
}

/** Tells rows that are sought as they are before a batch. */
export type FindRows = (table: string, rows: TouchedRows) => Promise<void>;

/** Rows that a batch of events concerns, by their table. */
export type Touched = ReadonlyMap<string, TouchedRows>;

/** A maker of effects on `table`, whose rows are named by `rowsOf`. */
export function effectsOn<Row extends object>(
  table: string,
  rowsOf: (event: PactaEvent) => readonly Identity[],
) {
  return <Type extends EventType>(
    fold: (row: Row | undefined, event: EventOf<Type>) => Row | undefined,
  ): readonly Effect<Type>[] => [{ table, rowsOf, fold }] as never;
}

/** Id of the event's stream within its kind: `ENV-3` of `commitment-ENV-3`. */
export function idIn(kind: string, event: PactaEvent): string {
  return event.stream.slice(kind.length + 1);
}

/**
 * A read model that folds a batch of events in memory and writes each touched table once, so that the live
 * tail and a rebuild of millions run through the same lines.
 */
export function readModel<const Ignored extends StreamKind, const Alike extends StreamKind = never>(
  name: string,
  { ignores, alike }: Wholly<Ignored, Alike>,
  typed: EffectsOn<Exclude<StreamKind, Ignored | Alike>>,
): ReadModel {
  const on: EffectsByType = typed;
  const wholly = Object.entries<readonly Effect[]>(alike ?? {}).map(
    ([kind, effects]) => [`${kind}-`, effects] as const,
  );
  const effectsOf = (event: PactaEvent) =>
    on[event.type] ?? wholly.find(([prefix]) => event.stream.startsWith(prefix))?.[1] ?? ignored;
  const effects = [...Object.values<readonly Effect[]>(on), ...wholly.map(([, each]) => each)].flat();
  return {
    name,
    ignores,
    alike: alike ?? {},
    on,
    tables: [...new Set(effects.map(({ table }) => table))],
    effectsOf,
    fold: (events, find) => fold(events, effectsOf, find),
    async handle(log, events, tx) {
      const touched = await fold(events, effectsOf, (table, rows) => loadRows(tx, log, table, rows));
      for (const changed of changedIn(log, touched)) await savingChanged(changed).execute(tx);
    },
  };
}

async function fold(
  events: readonly PactaEvent[],
  effectsOf: ReadModel['effectsOf'],
  find: FindRows,
): Promise<Touched> {
  const touched = new Map<string, TouchedRows>();
  for (const event of events) {
    for (const effect of effectsOf(event)) {
      const rows = touched.get(effect.table) ?? new TouchedRows();
      touched.set(effect.table, rows);
      for (const identity of effect.rowsOf(event)) rows.announce(identity, comesWith(event, identity));
    }
  }
  await Promise.all([...touched].map(([table, rows]) => find(table, rows)));
  for (const event of events) {
    for (const effect of effectsOf(event)) touched.get(effect.table)!.fold(effect, event);
  }
  return touched;
}

/** True of a row that is named by the event's position, or is told of by a stream that begins with the event. */
function comesWith(event: PactaEvent, identity: Identity): boolean {
  return event.version === 1 || 'position' in identity;
}

/** What has changed in one table. */
interface ChangedTable {
  readonly table: string;
  /** Columns that name a row. */
  readonly keys: readonly string[];
  readonly changes: readonly Change[];
}

/** What has changed, by table; tables in which nothing has are left out. */
export function changedIn(log: string, touched: Touched): ChangedTable[] {
  return [...touched]
    .map(([table, rows]) => ({ table, keys: rows.keys, changes: rows.changes(log) }))
    .filter(({ changes }) => changes.length > 0);
}

/** The statement that writes it, where the condition holds. */
export function savingChanged(
  { table, keys, changes }: ChangedTable,
  condition?: RawBuilder<boolean>,
): RawBuilder<unknown> {
  return savingRows(
    table,
    keys,
    changes.map(({ row }) => row),
    condition,
  );
}
