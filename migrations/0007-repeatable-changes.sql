-- Changes that their caller may repeat: what was asked under an Idempotency-Key, and what was answered.
-- Digests only: neither keys nor bodies can be read from here. Rows go a week after they were last asked for.
create table repeatable_change (
  -- SHA-256 of caller and key, so that nobody meets the key of another.
  key          bytea primary key,
  -- SHA-256 of method, path and body.
  request      bytea not null,
  -- Id within the kind of stream; where it was chosen for the caller, the same at every repeat.
  id           text not null,
  -- Carried by the events, so that the log itself knows what is done.
  causation_id uuid not null,
  -- Position of the log up to which none of its events is there: where it was when this was first asked for, or
  -- refused last.
  since        bigint not null,
  asked_at     timestamptz not null default now(),
  -- The answer; absent while nothing was done, and after a crash that came between.
  status       integer,
  version      integer,
  position     bigint
);

create index repeatable_change_asked on repeatable_change (asked_at);

grant select, insert, update, delete on repeatable_change to pacta_service;
