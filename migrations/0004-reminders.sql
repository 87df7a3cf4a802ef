-- Who is reminded of what, and what became of it. The truth is here; the queue only says when to look.

-- The directory: personal data, outside the log, so that it can be erased.
create table contact (
  log_id  text not null,
  id      text not null,
  party   text not null,
  name    text not null,
  address text not null,
  zone    text not null,
  -- Local hour at which this person wants to be reminded.
  hour    integer not null,
  primary key (log_id, id)
);

-- reminder-planning: what can fall due, which parties still owe it, and where their days end.
create table reminder_dialogue (
  log_id   text primary key,
  position bigint not null,
  -- Zone by code of the party.
  zones    json not null
);

create table reminder_subject (
  log_id      text not null,
  commitment  text not null,
  position    bigint not null,
  due_version integer not null,
  due_end     date,
  precision   text not null,
  responsible text[] not null,
  awaiting    text[] not null,
  primary key (log_id, commitment)
);

create table reminder (
  -- Derived from log, commitment, due version, step and recipient: planned once, sent once.
  id          text primary key,
  log_id      text not null,
  commitment  text not null,
  due_version integer not null,
  step        text not null,
  contact     text not null,
  party       text not null,
  due_at      timestamptz not null,
  state       text not null check (state in ('planned', 'sending', 'sent', 'failed', 'skipped', 'cancelled')),
  -- After a failure, or an outcome that is not known, it is not tried before this.
  not_before  timestamptz,
  tries       integer not null default 0,
  -- Counts claims: a worker that lost its claim cannot write an outcome.
  fence       integer not null default 0,
  lease_until timestamptz,
  -- Whether the log has the event that it was sent.
  on_record   boolean not null default false
);

create index reminder_of on reminder (log_id, commitment);
create index reminder_to_do on reminder (due_at) where state in ('planned', 'sending') or (state = 'sent' and not on_record);

-- One row per attempt, written before a connection is opened.
create table delivery_attempt (
  reminder_id text not null references reminder (id),
  fence       integer not null,
  message_id  text not null,
  intent_at   timestamptz not null default now(),
  finished_at timestamptz,
  outcome     text check (outcome in ('sent', 'not-sent', 'uncertain')),
  detail      text,
  primary key (reminder_id, fence)
);

grant select, insert, update, delete on contact, reminder_dialogue, reminder_subject to pacta_service;
grant select, insert, update on reminder, delivery_attempt to pacta_service;
