-- What became of a mail, as the log is told of it.
alter table reminder
  -- Sent much later than planned, and marked so.
  add column late boolean not null default false,
  -- Why it was given up, and the server's reply code.
  add column failed_why text check (failed_why in ('refused', 'gave-up', 'malformed', 'too-late')),
  add column failed_code integer;

drop index reminder_to_do;
create index reminder_to_do on reminder (due_at) where state in ('planned', 'sending', 'uncertain');
create index reminder_not_on_record on reminder (due_at)
 where not on_record and state in ('sent', 'uncertain', 'failed');
