import type { ClientBase } from 'pg';
import type { Append, Appended } from './append.js';
import { Outrun, WrongVersion } from './overtaken.js';

/** What became of an append: it is in the log, something keeps it out, or it can still be written. */
export type Fate =
  | { readonly outcome: 'written'; readonly appended: Appended }
  | { readonly outcome: 'refused'; readonly error: WrongVersion | Outrun }
  | { readonly outcome: 'open' };

/** What became of each append of a batch, by the ids of its entries. Ask with the log's head locked. */
export async function fatesOf(on: ClientBase, log: string, batch: readonly Append[]): Promise<Fate[]> {
  const last = batch.map((each) => each.entries.at(-1)!);
  const looked = batch.flatMap(({ restsOn = [] }, place) => restsOn.map((each) => ({ ...each, place })));
  const { rows } = await on.query<Row>(FATES, [
    log,
    last.map((entry) => entry.stream),
    last.map((entry) => entry.version),
    last.map((entry) => entry.id),
    looked.map(({ place }) => place + 1),
    looked.map(({ stream }) => stream),
    looked.map(({ version }) => version),
  ]);
  return rows.map((row, place) => fateOf(batch[place]!, row));
}

interface Row {
  readonly current: number;
  /** Where its last entry is, if it is. */
  readonly position: number | null;
  readonly recorded_at: string;
  /** A stream that it rests on and that is not as it was looked at. */
  readonly outrun: string | null;
}

function fateOf({ stream, expectedVersion }: Append, row: Row): Fate {
  const { current, position, recorded_at: recordedAt, outrun } = row;
  if (position !== null) return { outcome: 'written', appended: { position, recordedAt } };
  if (current !== expectedVersion) {
    return { outcome: 'refused', error: new WrongVersion(stream, expectedVersion, current) };
  }
  if (outrun !== null) return { outcome: 'refused', error: new Outrun(outrun) };
  return { outcome: 'open' };
}

const FATES = `
  select coalesce((select max(version) from event where log_id = $1 and stream_id = mine.stream_id), 0) as current,
         event.position, event.recorded_at,
         (select looked.stream_id
            from unnest($5::int[], $6::text[], $7::int[]) as looked (place, stream_id, version)
           where looked.place = mine.place
             and looked.version <> coalesce((select max(version) from event e
                                              where e.log_id = $1 and e.stream_id = looked.stream_id), 0)
           limit 1) as outrun
    from unnest($2::text[], $3::int[], $4::uuid[]) with ordinality as mine (stream_id, version, id, place)
    left join event on event.log_id = $1 and event.stream_id = mine.stream_id
                   and event.version = mine.version and event.id = mine.id
   order by mine.place`;
