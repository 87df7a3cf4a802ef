import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.js';

/** Something that is not as it should be, in a sentence that tells nothing of what is on record. */
export type Finding = string;

/** Findings of one kind that are told; more would say the same, and are counted. */
const TOLD = 20;

/** How much of the log is looked at that cannot be looked at as a whole in passing: that many events, or all. */
export type Extent = number | 'all';

/** Checks of the log by itself, each in one statement, so that it may grow meanwhile. Every row is a finding. */
const checks = (extent: Extent): readonly RawBuilder<unknown>[] => [
  sql`
    select format('The log %s ends at %s by its head, and has %s events up to %s.', log_id,
                  coalesce(h.position, 0), coalesce(e.count, 0), coalesce(e.last, 0)) as finding
      from log_head h full join
           (select log_id, count(*), max(position) as last from event group by log_id) e using (log_id)
     where (coalesce(h.position, 0), coalesce(h.position, 0)) is distinct from (coalesce(e.count, 0), coalesce(e.last, 0))
     order by log_id`,
  sql`
    select format('The head of the log %s was not recorded when its last event was.', log_id) as finding
      from log_head h join event e using (log_id, position)
     where h.recorded_at <> e.recorded_at order by log_id`,
  sql`
    select format('The stream %s of the log %s has %s events with versions from %s to %s.', stream_id, log_id,
                  count(*), min(version), max(version)) as finding
      from event group by log_id, stream_id
    having count(*) <> max(version) or min(version) <> 1
     order by log_id, stream_id`,
  sql`
    with sampled as (${sampleOf(extent)})
    select format('Event %s of the log %s is not the one that was recorded: %s.', position, log_id, why) as finding
      from sampled join event e using (log_id, position), lateral (
           select case
             when leaf_hash <> sha256('\\x00'::bytea || sha256(salt || convert_to(entry, 'UTF8'))
                                      || int8send((extract(epoch from recorded_at) * 1000000)::int8))
               then 'its leaf hash is that of other contents'
             when (entry::json ->> 'log', entry::json ->> 'stream', entry::json ->> 'version', entry::json ->> 'id',
                   entry::json ->> 'type') is distinct from (log_id, stream_id, version::text, id::text, type)
               then 'its columns say something else than its contents' end as why) found
     where why is not null order by log_id, position`,
  sql`
    select format('%s has handled %s events of the log %s, which has %s.', subscription, c.position, log_id,
                  coalesce(h.position, 0)) as finding
      from checkpoint c left join log_head h using (log_id)
     where c.position > coalesce(h.position, 0) order by subscription, log_id`,
];

/** Places of events: all, or some in every part of every log. */
function sampleOf(extent: Extent) {
  if (extent === 'all') return sql`select log_id, position from event`;
  return sql`
    select distinct log_id, 1 + floor(random() * position)::bigint as position
      from log_head, generate_series(1, ${extent}::int) where position > 0`;
}

/**
 * Examines the log: dense, each stream whole, heads and hashes right, no subscription ahead of it. Of each kind the first
 * findings are told, and how many more there are.
 */
export async function examineLog(db: Database, extent: Extent): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks(extent)) {
    const { rows } = await sql<{ finding: Finding; count: number }>`
      select finding, count(*) over () as count from (${check}) found limit ${TOLD}`.execute(db);
    findings.push(...rows.map(({ finding }) => finding));
    const more = (rows[0]?.count ?? 0) - rows.length;
    if (more > 0) findings.push(`And ${more} more of this kind.`);
  }
  return findings;
}
