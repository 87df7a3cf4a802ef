-- A rebuild may change what a view says while the log has not moved. Entity tags count the rebuilds, so that whoever
-- polls with what was said before hears of it.
alter table checkpoint
  -- How often the view was rebuilt.
  add column rebuilds integer not null default 0;
