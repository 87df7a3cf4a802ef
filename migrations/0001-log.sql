-- The log: the truth that everything else is a subscriber of.

-- One row per log. An append takes its positions by updating this row, so positions are dense and
-- in commit order, and recorded_at never goes back within a log.
create table log_head (
  log_id      text primary key,
  position    bigint not null default 0,
  recorded_at timestamptz not null default '-infinity'
);

create table event (
  log_id      text not null,
  position    bigint not null,
  stream_id   text not null,
  version     integer not null,
  id          uuid not null,
  type        text not null,
  -- Canonical JSON (RFC 8785), the exact characters that were hashed.
  entry       text not null,
  salt        bytea not null,
  -- RFC 6962 leaf hash: sha256(0x00 || sha256(salt || entry) || microseconds of recorded_at).
  leaf_hash   bytea not null,
  recorded_at timestamptz not null,
  primary key (log_id, position),
  constraint event_stream_version unique (log_id, stream_id, version)
);

create table checkpoint (
  subscription text not null,
  log_id       text not null,
  position     bigint not null default 0,
  -- Set when an event could not be handled: this log waits, the others go on.
  parked_at    timestamptz,
  parked_why   text,
  primary key (subscription, log_id)
);

-- What the service may do. Nobody but the owner can change or remove an event.
grant usage on schema pacta to pacta_service;
grant select, insert, update on log_head to pacta_service;
grant select, insert on event to pacta_service;
grant select, insert, update on checkpoint to pacta_service;
