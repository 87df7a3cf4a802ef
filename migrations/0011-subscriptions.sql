-- Parked logs are retried, views are built beside a running system, and tables are kept fit for how they are written.

alter table checkpoint
  -- While a log is parked: how often it was tried in vain, and when it is tried next.
  add column tries         integer not null default 0,
  add column retry_at      timestamptz,
  -- The subscriber is far behind because it is new: nobody waits for it before it has caught up.
  add column being_built   boolean not null default false;

-- What a process of an earlier version has parked is tried as soon as one of this version runs.
update checkpoint set retry_at = now() where parked_at is not null;

-- Events and what refers to them are only ever added. What makes PostgreSQL vacuum other tables, dead rows, does
-- not happen here, and its default for new rows, a fifth of the table, comes ever more seldom as the log grows: index-only
-- scans would visit the table for a million rows, and one day all of it would be frozen at once. So: a vacuum for every
-- ten thousand rows, however many there are, which reads only the new pages and freezes them for good (rows never change again);
-- statistics likewise.
alter table event set (
  autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0,
  autovacuum_analyze_threshold = 10000,
  autovacuum_analyze_scale_factor = 0.02,
  toast.autovacuum_vacuum_insert_threshold = 10000,
  toast.autovacuum_vacuum_insert_scale_factor = 0,
  toast.autovacuum_freeze_min_age = 0
);

alter table commitment_history set (
  autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0,
  autovacuum_analyze_threshold = 10000,
  autovacuum_analyze_scale_factor = 0.02
);

-- A few rows that are updated thousands of times a second. A new version of a row stays on its page and needs no new entry
-- in the index (HOT) as long as the page has room: so pages are left nearly empty. What piles up while something else
-- holds an old snapshot is removed soon after it ends, and without pauses: these tables are a few pages.
alter table log_head set (
  fillfactor = 10,
  autovacuum_vacuum_threshold = 500,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_cost_delay = 0
);

alter table checkpoint set (
  fillfactor = 20,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_cost_delay = 0
);
