-- What people do about their reminders, and how long a reminder waits.
alter table reminder
  -- The contact that handed it over to this one: a plan of people, kept as long as the commitment calls for it.
  add column handed_from text,
  -- A reminder of something long overdue waits since it was planned, not since it fell due.
  add column planned_at timestamptz not null default now();
