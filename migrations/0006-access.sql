-- grants: what each subject was granted, read on every request.
create table access_grant (
  log_id       text not null,
  subject      text not null,
  id           text not null,
  position     bigint not null,
  role         text not null,
  party        text,
  -- Dialogue that it is good for; all of them when null.
  dialogue     text,
  organisation text,
  granted_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  primary key (log_id, subject, id)
);

grant select, insert, update, delete on access_grant to pacta_service;

-- What a key is good for, and until when, is granted in the log from now on. Keys of before were made without
-- anything on record: they end here, and are made anew.
delete from api_key;
alter table api_key
  drop column role,
  drop column party,
  drop column log_id,
  drop column expires_at,
  drop column revoked_at,
  -- What its maker noted about it, to tell it from others.
  add column note text,
  -- True to about a minute.
  add column last_used_at timestamptz;
