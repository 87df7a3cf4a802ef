-- Who may ask. Only a digest of a key's secret is kept; whoever reads this table can use none of them.
create table api_key (
  id          text primary key,
  secret_hash bytea not null,
  role        text not null,
  -- Party that the holder speaks for; a recorder speaks for none.
  party       text,
  -- Dialogue that the key is good for; all of them when null.
  log_id      text,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz,
  revoked_at  timestamptz
);

grant select, insert, update on api_key to pacta_service;
