-- What the log means, per question. Everything here can be thrown away and folded again from the log.

-- focus-area-status: how each focus area stands. Narrow rows, since dashboards count them every few seconds.
create table dialogue (
  log_id       text primary key,
  position     bigint not null,
  announcement json not null
);

create table focus_area (
  log_id   text not null,
  code     text not null,
  position bigint not null,
  names    json not null,
  scope    json,
  primary key (log_id, code)
);

create table commitment_standing (
  log_id          text not null,
  commitment      text not null,
  position        bigint not null,
  status          text not null,
  nature          text not null,
  responsible     text[] not null,
  focus_areas     text[] not null,
  due_end         date,
  -- The latest report of each side, and until when reports of each kind count (90 days).
  reports         json not null,
  on_track_until  date,
  at_risk_until   date,
  off_track_until date,
  primary key (log_id, commitment)
);

-- commitment-details: everything about one commitment as it stands.
create table commitment_details (
  log_id     text not null,
  commitment text not null,
  position   bigint not null,
  document   json not null,
  primary key (log_id, commitment)
);

-- commitment-history: which events concern a commitment, wherever they were recorded.
create table commitment_history (
  log_id     text not null,
  commitment text not null,
  position   bigint not null,
  primary key (log_id, commitment, position)
);

-- dialogue-record: rounds, sources, follow-ups and organisations as they stand.
create table dialogue_record (
  log_id   text not null,
  kind     text not null,
  id       text not null,
  position bigint not null,
  -- Place in the order in which they came on record.
  first    bigint not null,
  document json not null,
  primary key (log_id, kind, id)
);

grant select, insert, update, delete
   on dialogue, focus_area, commitment_standing, commitment_details, commitment_history, dialogue_record
   to pacta_service;
