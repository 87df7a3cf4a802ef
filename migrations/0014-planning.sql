-- What planning folds of the log beside due dates: whose turn it is, by which policy, and when the next round is.
alter table reminder_dialogue add column policy json;

alter table reminder_subject
  -- When the due window was fixed, and what of the history decides whose turn it is.
  add column due_since date,
  add column facts json,
  -- Whose turn it is now: kind, party, and the event that made it so.
  add column turns jsonb;

create table reminder_round (
  log_id    text not null,
  id        text not null,
  position  bigint not null,
  -- Null while it is postponed, and once it was held or cancelled.
  starts_on date,
  primary key (log_id, id)
);

-- Logs that were folded further than they were planned: what a long log says is planned when its end is reached, since
-- what was due in between was perhaps moved since.
create table reminder_unplanned (log_id text primary key);

grant select, insert, update, delete on reminder_round, reminder_unplanned to pacta_service;

-- The rows above are folded anew from the beginning; reminders keep their ids, and what was sent stays sent.
delete from reminder_subject;
delete from reminder_dialogue;
delete from checkpoint where subscription = 'reminder-planning';
